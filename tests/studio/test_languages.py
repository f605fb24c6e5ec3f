"""In which languages a council's pages are, as it is chosen in the studio."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.councils.council_file import CouncilFile
from app.engine.document import load_document
from app.settings import ROOT
from app.studio.fields import FIELDS
from app.studio.package import Package, pack
from tests.page_client import PageClient, parse
from tests.studio.form import begin, errors, fields_of, preview, send, summary, unzipped

OUTSIDE_WALES = ("kent", "northfold", "strathorran", "glasgow", "northern-ireland")
IN_WALES = ("gwynedd", "aberwennol")
ENGLISH_ONLY = {"languages": "en"}
WELSH = {field.name for field in FIELDS if field.welsh}


def choices(html: str, name: str) -> dict[str, bool]:
    """The choices of that name, and whether each is made."""
    radios = [each for each in parse(html).iter("input") if each.get("name") == name and each.get("type") == "radio"]
    return {each.get("value", ""): each.get("checked") is not None for each in radios}


@pytest.mark.parametrize("slug", OUTSIDE_WALES)
def test_a_council_outside_wales_chooses_its_languages(client: PageClient, slug: str) -> None:
    fields = begin(client, slug)
    said = "en" if slug == "strathorran" else ""
    assert fields["languages"] == said
    assert choices(send(client, fields | ENGLISH_ONLY).text, "languages") == {"": False, "en": True}
    assert choices(send(client, fields | {"languages": ""}).text, "languages") == {"": True, "en": False}


@pytest.mark.parametrize("slug", IN_WALES)
def test_one_in_wales_has_no_choice_and_fields_for_welsh(client: PageClient, slug: str) -> None:
    fields = begin(client, slug)
    assert "languages" not in fields
    assert fields.keys() >= WELSH


def test_one_in_wales_that_has_left_welsh_out_is_told_and_can_put_it_right(client: PageClient) -> None:
    package = pack(Package("gwynedd", b"languages:\n  - en\n"))
    opened = send(client, {}, "open", folder=(package, "gwynedd.zip")).text
    assert set(errors(opened)) == set(summary(opened)) == {"languages"}
    assert parse(opened).find(".//input[@id='languages']") is not None
    mended = send(client, fields_of(opened) | {"languages": ""}, "download")
    assert "languages" not in unzipped(mended.data)["gwynedd/council.yaml"].decode()


def test_the_choice_is_in_the_folder_and_comes_back_with_it(client: PageClient, tmp_path: Path) -> None:
    fields = begin(client, "kent") | ENGLISH_ONLY | {"words.start.en": "Come in."}
    folder = send(client, fields, "download").data
    path = tmp_path / "council.yaml"
    path.write_bytes(unzipped(folder)["kent/council.yaml"])
    assert load_document(path, CouncilFile).content.languages == ("en",)
    opened = send(client, {}, "open", folder=(folder, "kent.zip")).text
    assert fields_of(opened) == fields_of(send(client, fields).text)


def test_where_pages_are_in_both_a_text_in_english_alone_is_told_at_the_field_for_welsh(client: PageClient) -> None:
    typed = {"words.start.en": "Come in.", "contacts.opening_hours.en": "Mondays", "footer.2.text.en": "Us",
             "footer.2.link": "https://a.example", "notices.1.text.en": "Shut."}  # fmt: skip
    fields = begin(client, "kent") | typed
    told = errors(send(client, fields, "download").text)
    assert set(told) == {"words-start-cy", "contacts-opening_hours-cy", "footer-2-text-cy", "notices-1-text-cy"}
    assert set(told.values()) == {
        "Your pages are in Welsh too, so write this text in Welsh (cy), or have your pages in English only "
        "(languages: [en])"
    }
    assert errors(send(client, fields | ENGLISH_ONLY).text) == {}


def test_welsh_that_is_not_wanted_now_is_not_in_the_folder_and_not_lost(client: PageClient) -> None:
    fields = begin(client) | ENGLISH_ONLY
    page = send(client, fields).text
    assert errors(page) == {}
    text = unzipped(send(client, fields, "download").data)["northfold/council.yaml"].decode()
    assert " cy:" not in text
    again = fields_of(page) | {"languages": ""}
    assert {name: again[name] for name in WELSH} == {name: fields[name] for name in WELSH}
    assert errors(send(client, again).text) == {}


def test_welsh_in_a_folder_of_pages_in_english_only_is_told_with_its_line(client: PageClient) -> None:
    path = ROOT / "councils/examples/northfold/council.yaml"
    text = path.read_bytes().replace(b"languages: [en, cy]", b"languages: [en]")
    told = errors(send(client, {}, "open", folder=(pack(Package("northfold", text)), "northfold.zip")).text)
    assert "northfold/council.yaml:7: unread-welsh: no page shows this text" in told["folder"]


@pytest.mark.parametrize("sent", ["fr", "en\r\nen", "cy", "no", "<b>"])
def test_a_choice_that_is_none_is_told_and_keeps_the_folder_back(client: PageClient, sent: str) -> None:
    response = send(client, begin(client, "kent") | {"languages": sent}, "download")
    assert response.mimetype == "text/html"
    assert set(errors(response.text)) == {"languages"}


def test_the_pages_are_shown_in_either_language(client: PageClient) -> None:
    fields = begin(client)
    assert choices(send(client, fields | {"spoken": "cy"}).text, "spoken") == {"en": False, "cy": True}
    for language, said in (("en", "You can also do this check"), ("cy", "Gallwch hefyd wneud y gwiriad hwn")):
        page = send(client, fields | {"spoken": language}).text
        for shown in ("start", "question", "outcome"):
            assert parse(preview(page, shown)).get("lang") == language
        assert said in preview(page, "start")


@pytest.mark.parametrize("spoken", ["cy", "xx", "../en", ""])
def test_pages_in_english_only_are_shown_in_english_whatever_is_asked_for(client: PageClient, spoken: str) -> None:
    page = send(client, begin(client, "kent") | ENGLISH_ONLY | {"spoken": spoken}).text
    assert choices(page, "spoken") == {}
    assert parse(preview(page, "start")).get("lang") == "en"
