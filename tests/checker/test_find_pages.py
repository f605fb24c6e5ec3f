from __future__ import annotations

import pytest

from tests.page_client import PageClient, parse, text_of

FIND = "/blue-badge/en/find-your-council"
CONFIRM = "/blue-badge/en/confirm-your-council"


def test_every_council_is_in_the_list_once(client: PageClient) -> None:
    options = [each.get("value") for each in parse(client.get(FIND).text).iter("option")]
    assert options[0] == ""
    assert len(options) == len(set(options)) == 384
    assert not {"northfold", "argleton", "brackwater"} & set(options)


@pytest.mark.parametrize(
    ("query", "heading", "onward"),
    [
        ({"council": "kent"}, "Kent County Council issues Blue Badges in this area", "/kent/blue-badge/en/start"),
        ({"council": "adur"}, "West Sussex County Council issues Blue Badges in the area of Adur District Council",
         "/west-sussex/blue-badge/en/start"),
        ({"council": "belfast"}, "Department for Infrastructure (Blue Badge Unit) issues Blue Badges in the area of "
         "Belfast City Council", "/northern-ireland/blue-badge/en/start"),
        ({"council": "", "typed": "adur"}, "West Sussex County Council issues Blue Badges in the area of "
         "Adur District Council", "/west-sussex/blue-badge/en/start"),
        ({"council": "", "typed": "York"}, "City of York Council issues Blue Badges in this area",
         "/york/blue-badge/en/start"),
    ],
)  # fmt: skip
def test_a_place_leads_to_who_issues_badges_there(
    client: PageClient, query: dict[str, str], heading: str, onward: str
) -> None:
    root = parse(client.get(CONFIRM, query_string=query).text)
    assert text_of(root.findall(".//h1")[0]) == heading
    links = [each.get("href") for each in root.iter("a")]
    assert onward in links
    assert "find-your-council" in links
    assert client.get(onward).status_code == 200


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({}, "Select a council from the list"),
        ({"council": ""}, "Select a council from the list"),
        ({"council": "northfold"}, "Select a council from the list"),
        ({"council": "../etc"}, "Select a council from the list"),
        ({"council": "", "typed": "zzz"}, "Select a council from the list, or check the spelling of ‘zzz’"),
        ({"council": "", "typed": "sussex"}, "Select a council from the list, because more than one matches ‘sussex’"),
        ({"council": "", "typed": "<zz>" * 200}, "Select a council from the list, or check the spelling"),
    ],
)
def test_a_choice_that_leads_nowhere_says_what_to_do(client: PageClient, query: dict[str, str], error: str) -> None:
    response = client.get(CONFIRM, query_string=query)
    root = parse(response.text)
    summary = root.find(".//*[@class='govuk-error-summary']//a")
    assert response.status_code == 200
    assert summary is not None
    assert text_of(summary).startswith(error)
    assert summary.get("href") == "#council"


@pytest.mark.parametrize("base", ["/blue-badge/en/", "/kent/blue-badge/en/", "/embed/northfold/blue-badge/en/"])
@pytest.mark.parametrize("name", ["privacy", "cookies", "accessibility"])
def test_the_statements_are_there_for_every_council_and_none(client: PageClient, base: str, name: str) -> None:
    html = client.get(base + name).text
    assert "{" not in html.replace("{.", "")


def test_the_front_door_leads_to_the_list(client: PageClient) -> None:
    assert client.get("/").headers["Location"] == FIND
