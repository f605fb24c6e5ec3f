from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from app.councils.councils import Councils, load_councils
from app.councils.folder import REGISTER
from app.settings import ROOT
from app.studio.fields import FIELDS
from app.studio.package import Package, pack
from tests.page_client import PageClient, parse, text_of
from tests.studio.form import begin, errors, fields_of, png, preview, send, summary, unzipped

DAY = date(2026, 11, 21)
EXAMPLES = ("aberwennol", "argleton", "brackwater", "lough-fenn", "northfold", "strathorran")
HOSTILE = (
    "<script>alert(1)</script>",
    "{{7*7}}",
    "[x](javascript:alert(1))",
    "\u202egnp.exe",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='x",
    "\x00\x1b[31m",
    "x" * 5_000,
    "a: b\n- c\n? d\n&x *x !!python/object:os.system []",
)
BAD = {
    "name.en": "a  b",
    "name.cy": "<b>",
    "links.website": "http://www.council.example",
    "contacts.phone": "1234",
    "contacts.email": "nobody",
    "contacts.address": "Fine\n<bad>",
    "contacts.opening_hours.en": "<i>",
    "contacts.opening_hours.cy": "{}",
    "fee": "ten pounds",
    "decides_within_weeks": "soon",
    "colours.brand": "red; }",
    "words.start.en": "# Heading",
    "words.start.cy": "<b>x</b>",
    "notices.from": "tomorrow",
    "notices.until": "2027-02-30",
    "notices.text.en": "![x](https://x.example/x.png)",
    "notices.text.cy": "`x`",
    "footer.text.en": "<b>",
    "footer.text.cy": "{}",
    "footer.link": "javascript:alert(1)",
    "hosts": "fine.council.example\nhttps://council.example",
    "embedders": "https://*.council.example",
}  # fmt: skip
UNSEEN = {"example", "nation", "tier", "logo_shows_name", "languages"}
SEEN = [field for field in FIELDS if field.says not in UNSEEN]
LAWFUL = {
    "' onfocus='x": {field.id for field in SEEN if re.search(r"name|text|hours", field.name)},
}  # fmt: skip
ALIKE = {"links": "links.website", "colours": "colours.brand"}


def bad_value(says: str) -> str:
    """Something that a field of this kind cannot hold."""
    if says.startswith("words."):
        return BAD["words.start." + says[-2:]]
    return BAD.get(says) or BAD[ALIKE[says.partition(".")[0]]]


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """A folder of councils with the register and nothing else."""
    (tmp_path / REGISTER).symlink_to(ROOT / "councils" / REGISTER)
    return tmp_path


def loaded(folder: Path) -> Councils:
    return load_councils(folder, ("england", "northern_ireland", "scotland", "wales"), examples=True)


@pytest.mark.parametrize("slug", EXAMPLES)
def test_a_folder_is_opened_and_taken_away_as_it_was(client: PageClient, taken: Path, slug: str) -> None:
    home = ROOT / "councils/examples" / slug
    logo = next(((path.name, path.read_bytes()) for path in home.glob("logo.*")), None)
    sent = pack(Package(slug, (home / "council.yaml").read_bytes(), logo))
    opened = send(client, {}, "open", folder=(sent, f"{slug}.zip"))
    response = send(client, fields_of(opened.text), "download")
    assert response.mimetype == "application/zip"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{slug}.zip"'
    for name, data in unzipped(response.data).items():
        path = taken / "examples" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    councils = loaded(taken)
    assert councils.problems == ()
    assert councils.get(slug, DAY) == loaded(ROOT / "councils").get(slug, DAY)


def test_a_council_of_the_register_begins_with_what_it_says_and_takes_its_own_folder_away(
    client: PageClient, taken: Path
) -> None:
    fields = begin(client, "kent") | {
        "languages": "en",
        "fee": "£8",
        "words.start.en": "Come in.\r\n\r\n- today\r\n",
        "colours.link": "#005500",
    }
    response = send(client, fields, "download", logo=(png(), "Our Logo.PNG"))
    files = unzipped(response.data)
    assert list(files) == ["kent/council.yaml", "kent/logo.png"]
    for name, data in files.items():
        (taken / name).parent.mkdir(exist_ok=True)
        (taken / name).write_bytes(data)
    kent = loaded(taken).get("kent", DAY)
    assert kent is not None
    assert (kent.said.fee, kent.said.colours and kent.said.colours.link) == ("£8", "#005500")
    assert kent.said.words.start is not None
    assert kent.said.words.start.en == "Come in.\n\n- today\n"
    assert kent.logo is not None
    assert loaded(taken).problems == ()


ALL_BAD = {field.name: bad_value(field.says) for field in SEEN}


def test_everything_wrong_is_told_beside_its_field_and_keeps_the_folder_back(client: PageClient) -> None:
    response = send(client, begin(client) | ALL_BAD, "download")
    assert response.mimetype == "text/html"
    told = errors(response.text)
    assert set(told) == {field.id for field in SEEN}
    assert summary(response.text) == told
    typed = fields_of(response.text)
    assert {name: typed[name].replace("\r\n", "\n") for name in ALL_BAD} == ALL_BAD  # as it was typed


@pytest.mark.parametrize(
    "name",
    ["name.cy", "links.apply", "contacts.address", "fee", "decides_within_weeks", "colours.button", "words.apply.cy",
     "notices.2.from", "footer.0.link", "hosts", "embedders"],
)  # fmt: skip
def test_no_other_field_is_blamed(client: PageClient, name: str) -> None:
    fields = begin(client) | {"notices.2.text.en": "Shut.", "notices.2.text.cy": "Ar gau."} | {name: ALL_BAD[name]}
    assert set(errors(send(client, fields).text)) == {name.replace(".", "-")}


def test_a_text_in_english_alone_is_told_at_the_field_for_welsh(client: PageClient) -> None:
    fields = begin(client) | {"words.practical.en": "It is quick.", "notices.0.text.cy": ""}
    told = errors(send(client, fields).text)
    assert set(told) == {"words-practical-cy", "notices-0-text-cy"}


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_hostile_renders_in_any_field(app: Flask, client: PageClient, hostile: str) -> None:
    plain = FlaskClient(app, Response)
    typed = {field.name: hostile for field in FIELDS if field.says not in UNSEEN}
    response = send(plain, begin(client) | typed, "download")
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    told = errors(response.text)
    assert {field.id for field in FIELDS if field.says not in UNSEEN and field.kind == "line"} - set(
        told
    ) <= LAWFUL.get(hostile, set())
    for html in (response.text, *(preview(response.text, page) for page in ("start", "question", "outcome"))):
        assert active_parts(html) == []
    assert "49" not in told.get("fee", "")


def active_parts(html: str) -> list[str]:
    """What a browser would run, or ask for elsewhere, if it opened the page."""
    found = []
    for each in parse(html).iter():
        link = each.get("href") or each.get("src") or ""
        if each.tag == "script" and "alert" in (each.text or ""):
            found.append("a script")
        found += [f"{each.tag} {name}" for name in each.attrib if name.startswith("on")]
        if link.lower().startswith(("javascript:", "//")) or (each.tag == "img" and not link.startswith("data:image/")):
            found.append(f"{each.tag} {link}")
    return found


def test_each_colour_that_fails_is_named_and_mended_by_one_click(client: PageClient) -> None:
    fields = begin(client) | {"colours.link": "#777777", "colours.button": "#F6F6F6", "contacts.phone": "no number"}
    page = send(client, fields).text
    told = errors(page)
    assert told["colours-link"].startswith(
        "Links on the pale background of boxes and of the footer would have a contrast of 4.12"
    )
    assert told["colours-button"].startswith("The button on a white page would have a contrast of 1.08")
    buttons = [each for each in parse(page).iter("button") if (each.get("value") or "").startswith("mend.")]
    assert [(each.get("value"), text_of(each)) for each in buttons] == [
        ("mend.link", "Use #707070 instead for: Links"),
        ("mend.button", "Use #767676 instead for: The main button"),
    ]
    mended = fields_of(send(client, fields, "mend.link").text)
    assert mended["colours.link"] == "#707070"
    assert mended["colours.button"] == "#F6F6F6"
    assert "colours-link" not in errors(send(client, mended).text)


@pytest.mark.parametrize("act", ["mend.", "mend.other", "mend.link", "", "nothing"])
def test_a_button_that_says_nothing_of_use_shows_the_page(client: PageClient, act: str) -> None:
    fields = begin(client) | {"colours.link": "red; }"}
    response = send(client, fields, act)
    assert response.status_code == 200
    assert "colours-link" in errors(response.text)


def test_previews_are_the_real_pages_with_what_was_typed(client: PageClient) -> None:
    fields = begin(client, "kent") | {
        "languages": "en",
        "name.en": "Council of Invented Words",
        "fee": "£7",
        "decides_within_weeks": "3",
        "links.apply": "https://apply.council.example/now",
        "words.start.en": "Come to the **old mill**.",
        "words.evidence.en": "Bring a friend.",
        "notices.0.text.en": "We are shut on Monday.",
        "footer.0.text.en": "Libraries",
        "footer.0.link": "https://www.council.example/libraries",
        "colours.header": "#123456",
    }
    response = send(client, fields, logo=(png(), "logo.png"))
    assert errors(response.text) == {}
    start, question, outcome = (preview(response.text, page) for page in ("start", "question", "outcome"))
    for page in (start, question, outcome):
        assert "Council of Invented Words" in page
        assert re.search(r'href="/brand/[0-9a-f]{6}-123456-[0-9a-f]{6}-[0-9a-f]{6}.css"', page)
        assert 'src="data:image/png;base64,' in page
        assert "https://www.council.example/libraries" in page
        assert "<script" not in page
        assert "Kent" not in page
    assert "<strong>old mill</strong>" in start
    assert "We are shut on Monday." in start
    assert 'type="radio"' in question
    for said in ("£7", "3 weeks", "https://apply.council.example/now", "Bring a friend."):
        assert said in outcome
    assert "data-receipt" not in outcome  # nobody has these answers
    real = client.get("/kent/blue-badge/en/start").text
    assert text_of(parse(real).findall(".//h1")[0]) == text_of(parse(start).findall(".//h1")[0])


def test_a_colour_that_fails_is_shown_as_the_nearest_that_passes_and_the_rest_as_typed(client: PageClient) -> None:
    fields = begin(client) | {"colours.link": "#777777", "contacts.phone": "12", "fee": "£6"}
    page = send(client, fields).text
    assert "/brand/00695c-004d40-707070-00695c.css" in preview(page, "start")
    assert "£6" in preview(page, "outcome")
    assert "01632" not in preview(page, "start")
    assert FlaskClient(client.application, Response).get("/brand/00695c-004d40-707070-00695c.css").status_code == 200


def test_a_council_with_its_own_checker_shows_only_that_it_has_one(client: PageClient) -> None:
    page = send(client, begin(client) | {"links.own_service": "https://www.council.example/badge"}).text
    assert "https://www.council.example/badge" in preview(page, "start")
    assert [each.get("data-preview") for each in parse(page).iter() if each.get("data-preview")] == ["start"]


def test_the_logo_travels_in_the_page_and_is_looked_at_every_time(client: PageClient) -> None:
    first = send(client, begin(client, "kent"), logo=(png(), "crest.png"))
    fields = fields_of(first.text)
    assert fields["logo_kept"].startswith("image/png;base64,")
    assert unzipped(send(client, fields, "download").data)["kent/logo.png"]
    assert "logo_kept" not in fields_of(send(client, fields, "remove-logo").text)
    for damaged in ("x", "image/png;base64,!", "image/gif;base64,R0lGODlh", "image/png;base64,aGVsbG8="):
        response = send(client, fields | {"logo_kept": damaged}, "download")
        assert response.mimetype == "text/html"
        assert "logo" in errors(response.text)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x</script></svg>', "script"),
        ("logo.gif", b"GIF89a", "no name for a logo"),
        ("logo", b"x", "no name for a logo"),
        ("logo.png", b"\xff\xd8\xff", "JPEG"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 250_000, "200,000"),
        ("logo.svg", b"", "empty"),
    ],
)  # fmt: skip
def test_a_logo_that_cannot_be_used_is_told_and_the_one_before_it_stays(
    client: PageClient, name: str, data: bytes, said: str
) -> None:
    kept = fields_of(send(client, begin(client, "kent"), logo=(png(), "logo.png")).text)
    response = send(client, kept, "download", logo=(data, name))
    assert response.mimetype == "text/html"
    assert said in errors(response.text)["logo"]
    assert fields_of(response.text)["logo_kept"] == kept["logo_kept"]


@pytest.mark.parametrize(
    ("package", "said"),
    [
        (Package("nowhere", b"fee: none\n"), "named with your council’s short name"),
        (Package("kent", b"fee: '10'\nlogic: x\n"), "council.yaml:2: unknown-key"),
        (Package("kent", b"phone: [\n"), "not-yaml"),
        (Package("kent", b"\xff"), "not-utf-8"),
        (Package("kent", b"[" * 50_000), "too-deep"),
        (Package("kent", b"embedders:\n" + b"- a\n" * 45_000), "too-long"),
        (Package("kent", b"fee: 10\n"), "unquoted"),
        (Package("kent", b"{}\n", ("logo.svg", b"<svg>")), "SVG"),
    ],
)  # fmt: skip
def test_a_folder_that_cannot_be_opened_is_told_with_its_line(client: PageClient, package: Package, said: str) -> None:
    response = send(client, {}, "open", folder=(pack(package), "kent.zip"))
    assert response.status_code == 200
    assert said.lower() in errors(response.text)["folder"].lower()


def test_a_folder_whose_faults_its_fields_can_show_is_opened_to_be_mended(client: PageClient) -> None:
    text = b"fee: ten\ncolours:\n  brand: '#eeeeee'\n  header: '#ffffff'\n  link: '#000000'\n  button: '#000000'\n"
    page = send(client, {}, "open", folder=(pack(Package("kent", text)), "kent.zip")).text
    assert set(errors(page)) == {"fee", "colours-brand"}


@pytest.mark.parametrize("slug", ["nowhere", "adur", "../etc", "", "studio"])
def test_only_councils_that_issue_badges_have_a_studio(client: PageClient, slug: str) -> None:
    assert "council" in errors(client.get("/studio", query_string={"council": slug}).text)
    assert "council" in errors(send(client, {"council": slug}, "download").text)


def test_however_much_is_typed_what_comes_back_is_bounded(client: PageClient) -> None:
    sent = {"council": "kent", "act": "show", "embedders": "a\n" * 140_000}
    page = client.post("/studio", data=sent, content_type="multipart/form-data")
    assert page.status_code == 200
    assert "cannot frame the service" in page.text
    assert len(page.data) < 500_000


def test_an_invented_council_with_a_name_that_is_none_cannot_leave_its_folder(client: PageClient) -> None:
    fields = begin(client) | {"council": "../northfold"}
    assert send(client, fields, "download").mimetype == "text/html"


def test_a_host_of_another_council_is_refused(client: PageClient) -> None:
    told = errors(send(client, begin(client, "kent") | {"hosts": "blue-badge.northfold.test"}).text)
    assert "another council" in told["hosts"]
