"""What a deployment decides, read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy.engine import URL

from app.councils.origin import is_host
from app.councils.wording import check_line
from app.engine.problem import ProblemFound
from app.tallies.database import DatabaseAddressError, read_address

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""The service's hosts where none are set: this machine only."""

ROOT = Path(__file__).parent.parent
VAR = ROOT / "var"
"""Where a checkout keeps what is of this machine alone."""


class SettingsError(Exception):
    """A setting that is missing or cannot be used; the text says what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service runs with.

    ``state_keys`` seal the citizen's state, and ``receipt_keys`` receipts: the first seals, all open. ``desk_keys``
    sign the desk's cookie in the same manner; without them nobody signs in. ``providers`` is the file that says where
    the staff of which council do. ``unavailable`` turns every page into "the service is unavailable". ``service_hosts``
    are the hosts that speak for every council; on any other that no council has as its own, nothing is served.
    ``preview`` opens the checker on other days; beside keys for the state it raises SettingsError, since who has those
    serves people. ``operator`` says who runs the service, and how to reach them; the privacy notice names them.
    ``words`` are those of the pages. Without a ``database`` and a ``spool`` nothing is counted, and there is nothing to
    see at the desk.
    """

    state_keys: tuple[str, ...] = ()
    receipt_keys: tuple[str, ...] = ()
    desk_keys: tuple[str, ...] = ()
    providers: Path | None = None
    rules: Path = ROOT / "rules"
    councils: Path = ROOT / "councils"
    words: Path = ROOT / "templates" / "words"
    database: URL | None = None
    spool: Path | None = None
    service_hosts: tuple[str, ...] = LOOPBACK
    examples: bool = False
    unavailable: bool = False
    preview: bool = False
    operator: str | None = None

    def __post_init__(self) -> None:
        if self.preview and self.state_keys:
            message = "PREVIEW=1 is not for a service that people use; take it out, or take STATE_KEYS out"
            raise SettingsError(message)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Reads the variables of these names in capitals (EXAMPLE_COUNCILS for examples); raises SettingsError."""
        state_keys, receipt_keys = _keys(environment, "STATE_KEYS"), _keys(environment, "RECEIPT_KEYS")
        desk_keys = _keys(environment, "DESK_KEYS")
        if set(state_keys) & set(receipt_keys):
            message = "RECEIPT_KEYS: a key of STATE_KEYS stands here too; receipts need keys of their own"
            raise SettingsError(message)
        if set(desk_keys) & {*state_keys, *receipt_keys}:
            message = "DESK_KEYS: a key of STATE_KEYS or RECEIPT_KEYS stands here too; the desk needs keys of its own"
            raise SettingsError(message)
        return cls(
            state_keys=state_keys,
            receipt_keys=receipt_keys,
            desk_keys=desk_keys,
            providers=Path(environment["PROVIDERS"]) if environment.get("PROVIDERS") else None,
            rules=Path(environment.get("RULES", ROOT / "rules")),
            councils=Path(environment.get("COUNCILS", ROOT / "councils")),
            words=Path(environment.get("WORDS", ROOT / "templates" / "words")),
            database=_database(environment),
            spool=Path(environment.get("SPOOL") or VAR / "spool"),
            service_hosts=_hosts(environment),
            examples=_switch(environment, "EXAMPLE_COUNCILS"),
            unavailable=_switch(environment, "UNAVAILABLE"),
            preview=_switch(environment, "PREVIEW"),
            operator=_operator(environment),
        )


def _keys(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in environment.get(name, "").split(",") if key.strip())
    for number, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            message = f"{name}: key {number} is not a Fernet key; make one with Fernet.generate_key()"
            raise SettingsError(message) from error
    if len(set(keys)) < len(keys):
        message = f"{name}: a key stands twice; name each key once, the newest first"
        raise SettingsError(message)
    return keys


def _database(environment: Mapping[str, str]) -> URL:
    try:
        return read_address(environment.get("DATABASE_URL") or f"sqlite:///{VAR / 'tallies.sqlite3'}")
    except DatabaseAddressError as error:
        message = f"DATABASE_URL: {error}"
        raise SettingsError(message) from error


def _hosts(environment: Mapping[str, str]) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in environment.get("SERVICE_HOSTS", "").split(",") if host.strip())
    for host in hosts:
        if host not in LOOPBACK and not is_host(host):
            message = (
                f"SERVICE_HOSTS: {host!r} is not the name of a host; write checker.example, without https:// or port"
            )
            raise SettingsError(message)
    return hosts or LOOPBACK


def _operator(environment: Mapping[str, str]) -> str | None:
    text = environment.get("OPERATOR")
    try:
        return check_line(text) if text else None
    except ProblemFound as error:
        message = f"OPERATOR: {error}"
        raise SettingsError(message) from error


def _switch(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "0")
    if value not in ("0", "1"):
        message = f"{name} is 0 or 1, not {value!r}"
        raise SettingsError(message)
    return value == "1"
