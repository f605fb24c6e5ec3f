from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.settings import ROOT
from tests.conftest import Clock
from tests.councils.factory import write_council, write_councils

COLUMNS = "id,gss,snac,local_custodian_code,tier_id,parent_local_authority_id,slug,country_name,homepage_url,name"
MYSOCIETY = "local-authority-code,official-name,gss-code,end-date,local-authority-type,gov-uk-slug"


def run(app: Flask, *args: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["councils", *map(str, args)])


def parsed(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.output)
    return found


def codes(found: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [(Path(each["file"]).name, each["line"], each["code"]) for each in found]


def test_the_register_in_the_repository_is_right_and_says_what_needs_a_look(app: Flask) -> None:
    result = run(app, "check")
    assert result.exit_code == 0
    *noted, now, then = result.output.splitlines()
    assert all(": note: " in line for line in noted)
    nations = "in england, 1 in northern_ireland, 32 in scotland, 22 in wales"
    assert now == f"From 2026-11-21: 208 councils issue badges (153 {nations}), for 175 others too."
    assert then == f"From 2027-04-01: 209 councils issue badges (154 {nations}), for 164 others too."
    told = parsed(run(app, "check", "--json"))
    assert told["problems"] == []
    assert {each["code"] for each in told["notes"]} == {"no-code", "no-website", "plain-http", "no-page"}
    assert [each["others"] for each in told["councils"]] == [175, 164]
    first = told["notes"][0]
    line = (ROOT / "councils/register/issuing_authorities.csv").read_text().splitlines()[first["line"] - 1]
    assert (first["code"], line.split(",")[0]) == ("no-code", "east-surrey")


def test_a_fault_is_told_with_its_line_and_what_to_write(app: Flask, tmp_path: Path) -> None:
    folder = write_councils(tmp_path, authorities=("eastshire,Eastshire,,england,E1,county,,,,2027-04-01,nowhere",))
    result = run(app, "check", folder)
    assert result.exit_code == 1
    file = folder / "register/issuing_authorities.csv"
    assert result.output.splitlines() == [
        f"{file}:4: bad-code: 'E1' is not a GSS code; write a capital and eight digits, or nothing",
        f"{file}:4: unknown-heir: 'nowhere' issues no badges; write slugs of the issuing authorities, spaced",
    ]
    told = parsed(run(app, "check", folder, "--json"))
    assert (codes(told["problems"])[0], told["notes"], told["councils"]) == (
        ("issuing_authorities.csv", 4, "bad-code"),
        [],
        [],
    )


def test_a_fault_in_a_councils_own_folder_is_told_beside_the_register(app: Flask, tmp_path: Path) -> None:
    folder = write_councils(tmp_path)
    write_council(folder, "northshire", "links:\n  apply: javascript:alert(1)\n")
    write_council(folder / "examples", "inventham", "colour: red\n")
    result = run(app, "check", folder, "--json")
    assert result.exit_code == 1
    assert {(Path(each["file"]).parent.name, each["line"]) for each in parsed(result)["problems"]} >= {
        ("northshire", 2),
        ("inventham", 1),
    }
    assert parsed(result)["councils"][0]["authorities"] == {"england": 1, "wales": 1}


NOTED = {
    "newshire,Newshire Council,,england,,unitary,https://newshire.example,,2027-04-01,,": ["no-code"],
    "newshire,Newshire Council,,england,,unitary,https://newshire.example,,2028-04-01,,": [],
    "newshire,Newshire Council,,england,E10000002,unitary,,,2027-04-01,,": ["no-website"],
    "oldshire,Oldshire Council,,england,E10000002,county,https://o.example,,,2027-04-01,": ["no-heir"],
    "powys,Powys,,wales,W06000002,unitary,https://powys.example,,,,": ["no-welsh-name"],
    "oldshire,Oldshire Council,,england,,county,,,,2025-04-01,northshire": [],
}


@pytest.mark.parametrize(("row", "expected"), NOTED.items())
def test_what_needs_a_look_is_noted_and_is_no_fault(app: Flask, tmp_path: Path, row: str, expected: list[str]) -> None:
    folder = write_councils(tmp_path, authorities=(row,))
    result = run(app, "check", folder, "--json")
    assert result.exit_code == 0
    of_row = [
        code for file, line, code in codes(parsed(result)["notes"]) if (file, line) == ("issuing_authorities.csv", 4)
    ]
    assert of_row == expected


def test_the_changes_are_listed_in_order_with_who_takes_over(app: Flask) -> None:
    lines = run(app, "changes").output.splitlines()
    assert lines[:4] == [
        "2027-04-01",
        "  begins: East Surrey Council (east-surrey)",
        "  begins: West Surrey Council (west-surrey)",
        "  ends: Surrey County Council (surrey); then east-surrey, west-surrey",
    ]
    assert len(lines) == 15
    [change] = parsed(run(app, "changes", "--json"))["changes"]
    assert (change["day"], change["begin"]) == ("2027-04-01", ["east-surrey", "west-surrey"])
    assert change["end"][1] == {"slug": "elmbridge", "replaced_by": ["east-surrey"]}


def test_a_register_without_changes_says_so_and_a_wrong_one_what_is_wrong(app: Flask, tmp_path: Path) -> None:
    folder = write_councils(tmp_path)
    assert run(app, "changes", folder).output == "No council begins or ends on a day of its own.\n"
    (folder / "register/lower_tier_councils.csv").unlink()
    result = run(app, "changes", folder)
    assert (result.exit_code, "unreadable" in result.output) == (1, True)


def source(folder: Path, *lines: str) -> Path:
    path = folder / "source.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_copy_of_local_links_manager_is_compared(app: Flask, tmp_path: Path) -> None:
    file = source(
        tmp_path,
        COLUMNS,
        "1,E10000001,,,1,,northshire,England,https://www.northshire.example/,Northshire County Council",
        "2,E07000001,,,2,1,upton,England,http://upton.example/,Upton District Council",
        '3,W06000009,,,3,,newtown,Wales,https://newtown.example/,"Newtown, Town of"',
    )
    folder = write_councils(tmp_path)
    assert run(app, "compare", file, "--councils", folder).output.splitlines() == [
        "gwent: only in the register: Gwent Council",
        "newtown: only in the file: Newtown, Town of",
        "northshire: website: 'https://northshire.example' here, 'https://www.northshire.example/' in the file",
        "upton: name: 'Upton Borough Council' here, 'Upton District Council' in the file",
        "4 differences",
    ]


def test_a_copy_of_mysocietys_list_is_compared_by_its_councils_of_today(app: Flask, tmp_path: Path) -> None:
    file = source(
        tmp_path,
        MYSOCIETY,
        "NSH,Northshire County Council,E10000009,,CTY,northshire",
        "UPT,Upton Borough Council,E07000001,,NMD,",
        "GWE,Gwent Council,W06000001,,WPA,gwent",
        "OLD,Oldtown Borough Council,E07000009,2023-04-01,NMD,oldtown",
        "GMC,Greater Metropolis,E47000001,,COMB,",
    )
    found = parsed(run(app, "compare", file, "--councils", write_councils(tmp_path), "--json"))
    assert found["differences"] == [
        {"slug": "northshire", "column": "gss_code", "here": "E10000001", "there": "E10000009"}
    ]


@pytest.mark.parametrize(
    ("content", "code"), [(b"a,b\n", "bad-columns"), (b"\xff\xfe", "unreadable"), (b"", "bad-columns")]
)
def test_a_file_that_is_no_source_is_refused(app: Flask, tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "source.csv"
    file.write_bytes(content)
    result = run(app, "compare", file)
    assert (result.exit_code, code in result.output) == (1, True)


def test_the_register_compared_with_itself_has_no_difference(app: Flask, tmp_path: Path) -> None:
    councils = app.extensions["site"].councils.register.councils.values()
    rows = [
        f'1,{each.gss_code or ""},,,1,,{each.slug},,{getattr(each, "website", "") or ""},"{each.name}"'
        for each in councils
    ]
    result = run(app, "compare", source(tmp_path, COLUMNS, *rows))
    assert result.output.splitlines() == [
        "east-surrey: only in the file: East Surrey Council",
        "west-surrey: only in the file: West Surrey Council",
        "2 differences",
    ]


def test_the_check_is_of_the_day_that_it_is(app: Flask, clock: Clock) -> None:
    clock.pass_by(days=200)
    [line] = [line for line in run(app, "check").output.splitlines() if line.startswith("From ")]
    assert line.startswith("From 2027-06-09: 209 councils")


def test_the_copy_of_a_good_folder_is_good(app: Flask, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "councils", tmp_path / "councils")
    assert run(app, "check", tmp_path / "councils").exit_code == 0
