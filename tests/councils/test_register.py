from __future__ import annotations

from collections import Counter
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.councils.councils import Councils
from app.councils.register_file import load_register
from tests.councils.factory import NATIONS, write_councils

TODAY = date(2026, 11, 21)
CHANGE = date(2027, 4, 1)
EVE = CHANGE - timedelta(days=1)
SURREY_DISTRICTS = {
    *("elmbridge", "epsom-and-ewell", "guildford", "mole-valley", "reigate-and-banstead", "runnymede"),
    *("spelthorne", "surrey-heath", "tandridge", "waverley", "woking"),
}


def test_every_issuing_authority_is_there_once_in_its_nation(councils: Councils) -> None:
    listing = councils.register.on(TODAY)
    counts = Counter(each.nation for each in listing.authorities.values())
    assert counts == {"england": 153, "wales": 22, "scotland": 32, "northern_ireland": 1}
    assert len(listing.listed("en")) == len({place.slug for place in listing.listed("en")}) == 208 + 175


def test_every_other_council_leads_to_an_issuer_in_its_nation(councils: Councils) -> None:
    listing = councils.register.on(TODAY)
    districts = [place for place in listing.listed("en") if not place.issues]
    issuers = [listing.authorities[place.issuer] for place in districts]
    assert Counter(issuer.nation for issuer in issuers) == {"england": 164, "northern_ireland": 11}
    assert all(listing.authority(place.slug) is None for place in districts)


def test_every_code_is_given_once_and_fits_the_nation(councils: Councils) -> None:
    authorities = councils.register.on(TODAY).authorities.values()
    codes = [each.gss_code or "" for each in authorities]
    assert len(set(codes)) == 208
    initials = {(each.nation, (each.gss_code or "?")[0]) for each in authorities}
    assert initials == {("england", "E"), ("wales", "W"), ("scotland", "S"), ("northern_ireland", "N")}


def test_every_council_in_wales_has_a_welsh_name(councils: Councils) -> None:
    for each in councils.register.on(TODAY).authorities.values():
        assert (each.name_cy is not None) == (each.nation == "wales"), each.slug


@pytest.mark.parametrize(
    ("day", "authorities", "places"),
    [(date.min, 208, 383), (TODAY, 208, 383), (EVE, 208, 383), (CHANGE, 209, 373)],
)
def test_a_day_has_its_own_councils(councils: Councils, day: date, authorities: int, places: int) -> None:
    listing = councils.register.on(day)
    assert (len(listing.authorities), len(listing.listed("en"))) == (authorities, places)


def test_surrey_issues_up_to_the_eve_of_the_change_and_its_successors_from_then_on(
    councils: Councils,
) -> None:
    slugs = ("surrey", "east-surrey", "west-surrey")
    assert [councils.get(slug, EVE) is not None for slug in slugs] == [True, False, False]
    assert [councils.get(slug, CHANGE) is not None for slug in slugs] == [False, True, True]
    assert councils.successors("surrey", EVE) == ()
    assert [each.slug for each in councils.successors("surrey", CHANGE)] == ["east-surrey", "west-surrey"]


def test_surreys_districts_go_with_it(councils: Councils) -> None:
    before = {place.slug for place in councils.listed(EVE, "en") if place.issuer == "surrey" and not place.issues}
    assert before == SURREY_DISTRICTS
    for slug in SURREY_DISTRICTS:
        assert councils.place(slug, CHANGE) is None
        assert len(councils.successors(slug, CHANGE)) == 1
    assert councils.successors("elmbridge", CHANGE)[0].slug == "east-surrey"
    assert councils.successors("woking", CHANGE)[0].slug == "west-surrey"


def test_nobody_succeeds_a_council_that_goes_on_or_never_was(councils: Councils) -> None:
    assert councils.successors("kent", CHANGE) == councils.successors("atlantis", CHANGE) == ()


def test_a_start_and_an_end_hold_to_the_day(tmp_path: Path) -> None:
    row = "newton,Newton Council,,england,,unitary,,,2030-01-01,2031-01-01,"
    register = load_register(write_councils(tmp_path, authorities=(row,)) / "register", NATIONS)
    days = (date(2029, 12, 31), date(2030, 1, 1), date(2030, 12, 31), date(2031, 1, 1))
    assert [register.on(day).place("newton") is not None for day in days] == [False, True, True, False]


def test_a_register_cannot_be_changed(councils: Councils) -> None:
    authority = councils.register.on(TODAY).authorities["kent"]
    with pytest.raises(FrozenInstanceError):
        authority.name = "Sussex"  # type: ignore[misc]
