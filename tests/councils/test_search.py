from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.councils.councils import Councils
from app.councils.register_file import load_register
from app.councils.spelling import plain, short
from tests.councils.factory import NATIONS, write_councils

TODAY = date(2026, 11, 21)
FOUND = {
    "Kent": ["kent"],
    "kent county council": ["kent"],
    "Adur": ["adur"],
    "Westmorland": ["westmorland-and-furness"],
    "furness": ["westmorland-and-furness"],
    "TELFORD and Wrekin": ["telford-and-wrekin"],
    "telford & wrekin": ["telford-and-wrekin"],
    "brighton hove": ["brighton-and-hove"],
    "Hammersmith and Fulham": ["hammersmith-and-fulham"],
    "kings lynn": ["kings-lynn-and-west-norfolk"],
    "King’s Lynn": ["kings-lynn-and-west-norfolk"],
    "St. Helens": ["st-helens"],
    "stoke on trent": ["stoke-on-trent"],
    "Camden Council": ["camden"],
    "camden london borough": ["camden"],
    "City of Leeds": ["leeds"],
    "Herefordshire County Council": ["herefordshire"],
    "wight": ["isle-of-wight"],
    "scilly": ["isles-of-scilly"],
    "caerdydd": ["cardiff"],
    "Ynys Môn": ["isle-of-anglesey"],
    "ynys mon": ["isle-of-anglesey"],
    "Cyngor Sir Gâr": ["carmarthenshire"],
    "Northern Ireland": ["northern-ireland"],
    "kingston upon hull": ["kingston-upon-hull"],
    "belfast": ["belfast"],
    "hull": ["kingston-upon-hull", "solihull"],
    "newcastle": ["newcastle-upon-tyne", "newcastle-under-lyme"],
    "york": ["york", "east-riding-of-yorkshire", "north-yorkshire"],
    "derby": ["derby", "derbyshire", "derbyshire-dales", "north-east-derbyshire", "south-derbyshire"],
    "hampton": ["north-northamptonshire", "southampton", "west-northamptonshire", "wolverhampton"],
    "council": [],
    "  &  ": [],
    "": [],
    "Western Isles": ["eilean-siar"],
    "na h-eileanan an iar": ["eilean-siar"],
    "Comhairle na Gaidhealtachd": ["highland"],
    "comhairle earra ghaidheal": ["argyll-and-bute"],
    "BCP": ["bournemouth-christchurch-poole"],
    "Sir Benfro": ["pembrokeshire"],
    "Cyngor Sir Penfro": ["pembrokeshire"],
    "sir gaerfyrddin": ["carmarthenshire"],
    "Cyngor Dinas Caerdydd": ["cardiff"],
    "abertawe": ["swansea"],
    "Atlantis": [],
    "*": [],
}


@pytest.mark.parametrize(("typed", "slugs"), FOUND.items())
def test_what_people_type_finds_the_place(councils: Councils, typed: str, slugs: list[str]) -> None:
    assert [place.slug for place in councils.search(typed, TODAY)] == slugs


def test_every_place_is_found_first_by_its_full_name(councils: Councils) -> None:
    for place in councils.listed(TODAY, "en"):
        for language in ("en", "cy"):
            assert councils.search(place.name(language), TODAY)[0] == place


def test_a_district_found_leads_to_the_county(councils: Councils) -> None:
    place = councils.search("adur", TODAY)[0]
    assert (place.name("en"), place.issuer, place.issues) == ("Adur District Council", "west-sussex", False)


def test_a_place_is_found_only_on_its_days(councils: Councils) -> None:
    found = [place.slug for place in councils.search("surrey", date(2027, 4, 1))]
    assert found == ["east-surrey", "west-surrey"]


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("Surrey County Council", ["east-surrey", "west-surrey"]),
        ("Elmbridge", ["east-surrey"]),
        ("Surrey Heath Borough Council", ["west-surrey"]),
        ("reigate", ["east-surrey"]),
        ("kent", ["kent"]),
    ],
)
def test_after_a_change_the_names_of_before_find_who_took_over(
    councils: Councils, typed: str, slugs: list[str]
) -> None:
    assert [place.slug for place in councils.search(typed, date(2027, 4, 1))] == slugs


def test_a_name_of_its_own_comes_before_a_name_of_before(tmp_path: Path) -> None:
    rows = (
        "oldshire,Oldshire Council,,england,,county,,,,2027-04-01,northshire",
        "oldshire-valley,Oldshire Valley Council,,england,,county,,,,,",
    )
    register = load_register(write_councils(tmp_path, authorities=rows) / "register", NATIONS)
    after = register.on(date(2027, 4, 1))
    assert [place.slug for place in after.search("oldshire")] == ["oldshire-valley", "northshire"]
    assert [place.slug for place in after.named("Oldshire Council")] == ["northshire"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Kent County Council", "kent"),
        ("The Highland Council", "highland"),
        ("City of London Corporation", "london"),
        ("City of Bradford Metropolitan District Council", "bradford"),
        ("City and County of Swansea Council", "swansea"),
        ("London Borough of Hammersmith & Fulham", "hammersmith fulham"),
        ("Royal Borough of Windsor and Maidenhead", "windsor maidenhead"),
        ("Borough Council of King's Lynn and West Norfolk", "kings lynn west norfolk"),
        ("Council of the Isles of Scilly", "isles of scilly"),
        ("Comhairle nan Eilean Siar", "eilean siar"),
        ("Derry City and Strabane District Council", "derry city strabane"),
        ("Cyngor Bwrdeistref Sirol Rhondda Cynon Taf", "rhondda cynon taf"),
        ("Dinas a Sir Abertawe", "abertawe"),
        ("Cyngor Sir Ynys Môn", "ynys mon"),
    ],
)
def test_titles_do_not_count_for_the_order(name: str, bare: str) -> None:
    assert short(name) == bare


def test_the_list_is_in_the_order_of_bare_names(councils: Councils) -> None:
    listed = [place.slug for place in councils.listed(TODAY, "en")]
    assert (listed[0], listed[-1]) == ("aberdeen", "york")
    assert listed.index("bath-and-north-east-somerset") - listed.index("barnet") == 5
    welsh = [place.slug for place in councils.listed(TODAY, "cy")]
    assert welsh.index("aberdeenshire") + 1 == welsh.index("swansea")  # Abertawe
    assert sorted(welsh) == sorted(listed)


def test_accents_case_and_punctuation_are_ignored() -> None:
    assert plain("  Cyngor SIR Gâr, (Council) & Co.") == "sir gar co"
