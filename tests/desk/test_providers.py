from __future__ import annotations

from pathlib import Path

import pytest

from app import create_app
from app.desk.access import NATIONAL, Role
from app.desk.providers import load_providers
from app.engine.problem import LoadError
from app.settings import Settings
from tests.conftest import KEY, RECEIPT_KEY
from tests.desk.conftest import DESK_KEY

COUNCILS = {"kent", "northfold"}
TENANT = "00000000-0000-4000-8000-000000000000"
GOOD = f"""\
councils:
  kent:
    issuer: https://login.microsoftonline.com/{TENANT}/v2.0
    tenant: {TENANT}
    client_id: kent-client
    client_secret: kent-secret
    roles:
      Desk.Manager: manager
      Desk.Viewer: viewer
  northfold:
    issuer: https://id.northfold.example/realm
    client_id: northfold-client
    client_secret: northfold-secret
national:
  issuer: https://id.everybody.example
  client_id: national-client
  client_secret: national-secret
  roles:
    Desk.National: national
"""


def load(folder: Path, text: str) -> list[str]:
    """What is wrong in the file, as its author is told it."""
    path = folder / "providers.yaml"
    path.write_text(text)
    with pytest.raises(LoadError) as found:
        load_providers(path, COUNCILS)
    return [f"{problem.line}: {problem.code}: {problem.message}" for problem in found.value.problems]


def test_the_file_says_where_each_councils_staff_sign_in(tmp_path: Path) -> None:
    (tmp_path / "providers.yaml").write_text(GOOD)
    found = load_providers(tmp_path / "providers.yaml", COUNCILS)
    assert set(found) == {"kent", "northfold", NATIONAL}
    assert found["kent"].tenant == TENANT
    assert found["kent"].role_of(["Desk.Viewer", "Desk.Manager"]) is Role.MANAGER
    assert found["northfold"].role_of(["Desk.Manager"]) is None
    assert found[NATIONAL].role_of(["Desk.National"]) is Role.NATIONAL
    assert "secret" not in repr(found["kent"])


ISSUER = f"https://login.microsoftonline.com/{TENANT}/v2.0"
ENTRA = "https://login.microsoftonline.com"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (ISSUER, f"{ENTRA}/common/v2.0", "3: shared-issuer: '{}' lets in people of every organisation; write that of"),
        (ISSUER, f"{ENTRA}/organizations/v2.0", "3: shared-issuer: '{}' lets in people of every organisation"),
        (ISSUER, f"{ENTRA}/consumers/v2.0", "3: shared-issuer: '{}' lets in people of every organisation"),
        (ISSUER, f"{ENTRA}/Common/v2.0", "3: shared-issuer: '{}' lets in people of every organisation"),
        (ISSUER, "https://LOGIN.microsoftonline.com/common", "3: shared-issuer: '{}' lets in people of every"),
        (ISSUER, f"{ENTRA}:443//common/v2.0", "3: shared-issuer: '{}' lets in people of every organisation"),
        (ISSUER, ENTRA, "3: shared-issuer: '{}' lets in people of every organisation"),
        (ISSUER, "https://sts.windows.net/common/", "3: shared-issuer: '{}' lets in people of every organisation"),
        (ISSUER, "http://id.council.example", "3: bad-issuer: '{}' is no issuer; write the address that your provider"),
        (ISSUER, "https://id.council.example/?a=b", "3: bad-issuer: '{}' is no issuer"),
        (ISSUER, "https://me@id.council.example", "3: bad-issuer: '{}' is no issuer"),
        (ISSUER, "id.council.example", "3: bad-issuer: '{}' is no issuer"),
        (ISSUER, "https://[", "3: bad-issuer: '{}' is no issuer"),
        (
            ISSUER,
            f"{ENTRA}/11111111-1111-4111-8111-111111111111/v2.0",
            "4: wrong-tenant: the issuer is that of another",
        ),
        ("  kent:\n", "  surrey:\n", "2: unknown-reference: there is no council 'surrey'; write its short name"),
        (
            "Manager: manager",
            "Manager: national",
            "8: unknown-value: 'national' is no role here; write one of viewer, ",
        ),
        (
            "Manager: manager",
            "Manager: boss",
            "8: unknown-value: 'boss' is no role here; write one of viewer, assessor",
        ),
        (
            "National: national",
            "National: viewer",
            "19: unknown-value: 'viewer' is no role here; write one of national",
        ),
        ("    client_id: kent-client\n", "", "2: missing-key: the key 'client_id' is missing; add it"),
        ("    client_id: kent-client\n", "    client: kent-client\n", "5: unknown-key: the key 'client' is not known"),
        ("kent-client", "12", "5: unquoted: YAML does not read 12 as text; write '12' in quotes"),
        ("kent-client", "''", "5: wrong-shape: client_id: string should have at least 1 character"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_line_and_what_to_write(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in GOOD
    found = load(tmp_path, GOOD.replace(old, new, 1))
    assert any(each.startswith(told.format(new)) for each in found), found


def test_a_service_with_a_wrong_file_does_not_start(tmp_path: Path) -> None:
    path = tmp_path / "providers.yaml"
    path.write_text(GOOD.replace(ISSUER, f"{ENTRA}/common/v2.0"))
    wrong = Settings(state_keys=(KEY,), receipt_keys=(RECEIPT_KEY,), desk_keys=(DESK_KEY,), providers=path)
    with pytest.raises(SystemExit, match="shared-issuer"):
        create_app(wrong)
    with pytest.raises(SystemExit, match="cannot be read"):
        create_app(Settings(desk_keys=(DESK_KEY,), providers=tmp_path / "nothing.yaml"))
