from __future__ import annotations

from pathlib import Path

import pytest

from app.councils.register_file import load_register
from app.councils.slug import RESERVED
from app.engine.problem import LoadError
from tests.councils.factory import NATIONS, where, write_councils

AUTHORITY_FAULTS = {
    "northshire,Northshire Again,,england,E10000002,county,,,,,": "duplicate-slug",
    "East Shire,East Shire,,england,E10000002,county,,,,,": "bad-slug",
    "a--b,East Shire,,england,E10000002,county,,,,,": "bad-slug",
    ",East Shire,,england,E10000002,county,,,,,": "bad-slug",
    "desk,Desk Council,,england,E10000002,county,,,,,": "reserved-slug",
    "blue-badge,Blue Council,,england,E10000002,county,,,,,": "reserved-slug",
    "eastshire,Eastshire,,france,E10000002,county,,,,,": "bad-nation",
    "eastshire,,,england,E10000002,county,,,,,": "bad-name",
    "eastshire,Eastshire  Council,,england,E10000002,county,,,,,": "bad-name",
    "eastshire,Eastshire,Cyngor\u202eCouncil,england,E10000002,county,,,,,": "bad-name",
    "eastshire,Eastshire,,england,E10000002,,,,,,": "bad-name",
    "eastshire,Eastshire,,england,E1,county,,,,,": "bad-code",
    "eastshire,Eastshire,,england,E10000001,county,,,,,": "duplicate-code",
    "eastshire,Eastshire,,england,E10000002,county,www.eastshire.example,,,,": "bad-link",
    "eastshire,Eastshire,,england,E10000002,county,,javascript:alert(1),,,": "bad-link",
    "eastshire,Eastshire,,england,E10000002,county,,,1 April 2027,,": "bad-date",
    "eastshire,Eastshire,,england,E10000002,county,,,20270401,,": "bad-date",
    "eastshire,Eastshire,,england,E10000002,county,,,,2027-02-30,": "bad-date",
    "eastshire,Eastshire,,england,E10000002,county,,,2027-04-01,2027-04-01,": "bad-date",
    "eastshire,Eastshire,,england,E10000002,county,,,,2027-04-01,nowhere": "unknown-heir",
    "eastshire,Eastshire,,england,E10000002,county,,,,2027-04-01,upton": "unknown-heir",
    "eastshire,Eastshire,,england,E10000002,county,,,,,gwent": "heir-without-end",
    "eastshire,Eastshire,,england,E10000002,county,,,,2027-04-01,eastshire": "heir-absent",
    "eastshire,Eastshire, East,,england,E10000002,county,,,,,": "bad-row",
}
DISTRICT_FAULTS = {
    "upton,Upton Again,england,E07000002,northshire,,,": "duplicate-slug",
    "northshire,Northshire District,england,E07000002,northshire,,,": "slug-collision",
    "static,Static District,england,E07000002,northshire,,,": "reserved-slug",
    "downton,Downton,england,E07000002,southshire,,,": "unknown-issuer",
    "downton,Downton,england,E07000002,upton,,,": "unknown-issuer",
    "downton,Downton,england,E07000002,gwent,,,": "other-nation",
    "downton,Downton,france,E07000002,northshire,,,": "bad-nation",
    "downton,Downton,england,E10000001,northshire,,,": "duplicate-code",
    "downton,Downton,england,E07000002,northshire,soon,,": "bad-date",
}


@pytest.mark.parametrize(("row", "code"), AUTHORITY_FAULTS.items())
def test_a_fault_among_the_authorities_is_told_with_its_line(tmp_path: Path, row: str, code: str) -> None:
    folder = write_councils(tmp_path, authorities=(row,)) / "register"
    with pytest.raises(LoadError) as caught:
        load_register(folder, NATIONS, {"blue-badge"})
    assert where(caught.value) == [("issuing_authorities.csv", 4, code)]


@pytest.mark.parametrize(("row", "code"), DISTRICT_FAULTS.items())
def test_a_fault_among_the_districts_is_told_with_its_line(tmp_path: Path, row: str, code: str) -> None:
    folder = write_councils(tmp_path, districts=(row,)) / "register"
    with pytest.raises(LoadError) as caught:
        load_register(folder, NATIONS)
    assert where(caught.value) == [("lower_tier_councils.csv", 3, code)]


OTHER_NAME_FAULTS = {
    "nowhere,Nowhere,seen on a page": "unknown-council",
    "upton,,seen on a page": "bad-name",
    "upton,Upton <b>,seen on a page": "bad-name",
    "upton,Old Upton,": "bad-name",
    "upton,Old Upton": "bad-row",
}


@pytest.mark.parametrize(("row", "code"), OTHER_NAME_FAULTS.items())
def test_a_fault_among_the_other_names_is_told_with_its_line(tmp_path: Path, row: str, code: str) -> None:
    folder = write_councils(tmp_path) / "register"
    (folder / "other_names.csv").write_text(f"slug,name,source\ngwent,Old Gwent,a page\n{row}\n")
    with pytest.raises(LoadError) as caught:
        load_register(folder, NATIONS)
    assert where(caught.value) == [("other_names.csv", 3, code)]


@pytest.mark.parametrize(("start", "wrong"), [("2027-03-31", False), ("2027-04-01", False), ("2027-04-02", True)])
def test_who_takes_over_is_there_on_the_day(tmp_path: Path, start: str, *, wrong: bool) -> None:
    rows = (
        "oldshire,Oldshire,,england,,county,,,,2027-04-01,newshire",
        f"newshire,Newshire,,england,,unitary,,,{start},,",
    )
    folder = write_councils(tmp_path, authorities=rows) / "register"
    try:
        load_register(folder, NATIONS)
        found = []
    except LoadError as error:
        found = where(error)
    assert found == ([("issuing_authorities.csv", 4, "heir-absent")] if wrong else [])


def test_a_district_cannot_outlast_its_issuer(tmp_path: Path) -> None:
    folder = write_councils(
        tmp_path,
        authorities=("oldshire,Oldshire,,england,E10000002,county,,,,2027-04-01,",),
        districts=(
            "downton,Downton,england,E07000002,oldshire,,2027-04-01,",
            "midton,Midton,england,E07000003,oldshire,,2027-04-02,",
        ),
    )
    with pytest.raises(LoadError) as caught:
        load_register(folder / "register", NATIONS)
    assert where(caught.value) == [("lower_tier_councils.csv", 4, "issuer-ended")]


def test_all_faults_of_both_files_are_told_at_once(tmp_path: Path) -> None:
    authorities, districts = list(AUTHORITY_FAULTS)[:3], list(DISTRICT_FAULTS)[:2]
    folder = write_councils(tmp_path, authorities=tuple(authorities), districts=tuple(districts))
    with pytest.raises(LoadError) as caught:
        load_register(folder / "register", NATIONS)
    assert where(caught.value) == [
        ("issuing_authorities.csv", 4, "duplicate-slug"),
        ("issuing_authorities.csv", 5, "bad-slug"),
        ("issuing_authorities.csv", 5, "duplicate-code"),
        ("issuing_authorities.csv", 6, "bad-slug"),
        ("issuing_authorities.csv", 6, "duplicate-code"),
        ("lower_tier_councils.csv", 3, "duplicate-slug"),
        ("lower_tier_councils.csv", 4, "duplicate-code"),
        ("lower_tier_councils.csv", 4, "slug-collision"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "unreadable"),
        (b"", "bad-columns"),
        (b"slug,name\n", "bad-columns"),
        (b"\xff\xfe", "not-utf-8"),
        (b'slug,"name\n', "not-csv"),
    ],
)
def test_a_file_that_is_no_register_is_told(tmp_path: Path, content: bytes | None, code: str) -> None:
    folder = write_councils(tmp_path) / "register"
    path = folder / "lower_tier_councils.csv"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(LoadError) as caught:
        load_register(folder, NATIONS)
    assert where(caught.value) == [("lower_tier_councils.csv", 1, code)]


def test_the_services_own_addresses_are_kept() -> None:
    assert {"api", "desk", "static", "embed", "healthz", "en", "cy", "find", "robots.txt"} <= RESERVED
