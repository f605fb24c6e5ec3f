"""In which languages the API has a council's service."""

from __future__ import annotations

import pytest

from tests.page_client import PageClient

COUNCILS = "/api/v1/councils"


@pytest.mark.parametrize(
    ("slug", "languages"),
    [("northfold", {"en", "cy"}), ("kent", {"en", "cy"}), ("gwynedd", {"en", "cy"}), ("brackwater", {"en"})],
)
def test_a_councils_service_is_there_in_its_languages_and_no_other(
    client: PageClient, slug: str, languages: set[str]
) -> None:
    [service] = client.get(f"{COUNCILS}/{slug}").get_json()["services"]
    assert set(service["languages"]) == languages
    for language in ("en", "cy"):
        here = f"{COUNCILS}/{slug}/blue-badge/{language}"
        for response in (client.get(here), client.post(f"{here}/check", json={"answers": {}})):
            assert response.status_code == (200 if language in languages else 404)
            assert language in languages or response.get_json()["code"] == "unknown-language"


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("gwynedd", {"en": "Gwynedd Council", "cy": "Cyngor Gwynedd"}),
        ("kent", {"en": "Kent County Council", "cy": None}),
        ("strathorran", {"en": "Strathorran Council", "cy": None}),
    ],
)
def test_a_council_has_the_names_that_there_are(client: PageClient, slug: str, name: dict[str, str | None]) -> None:
    assert client.get(f"{COUNCILS}/{slug}").get_json()["name"] == name


@pytest.mark.parametrize("slug", ["brackwater", "strathorran"])
def test_one_in_english_only_says_nothing_in_welsh(client: PageClient, slug: str) -> None:
    assert '"cy":"' not in client.get(f"{COUNCILS}/{slug}").get_data(as_text=True).replace(": ", ":")
