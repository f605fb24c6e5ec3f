"""Where numbers are generated, every page says so; where they are real, none does."""

from __future__ import annotations

import pytest

from app.desk.access import Role
from tests.desk.conftest import Staff

SAID = "Its numbers were generated"


@pytest.mark.parametrize("address", ["/desk/", "/desk/{place}/people", "/desk/{place}/log"])
@pytest.mark.parametrize(("place", "example"), [("northfold", True), ("argleton", True), ("kent", False)])
def test_a_page_says_that_numbers_are_generated_to_an_example_council_alone(
    address: str, place: str, example: bool, staff: Staff
) -> None:
    page = staff.signed_in(Role.MANAGER, place).get(address.format(place=place))
    assert page.status_code == 200
    assert (SAID in page.text) is example


def test_those_who_see_all_councils_are_told_nothing_of_the_kind(staff: Staff) -> None:
    assert SAID not in staff.signed_in(Role.NATIONAL).get("/desk/").text
