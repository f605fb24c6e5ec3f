from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from app.councils.council_file import CouncilFile
from app.councils.councils import Councils, load_councils
from app.engine.document import load_document
from app.engine.problem import LoadError
from tests.councils.factory import FOLDER, NATIONS, where, write_council, write_councils

TODAY = date(2026, 11, 21)
EXAMPLES = ("aberwennol", "argleton", "brackwater", "lough-fenn", "northfold", "strathorran")


def test_a_council_without_a_folder_works(councils: Councils) -> None:
    council = councils.get("gwynedd", TODAY)
    assert council is not None
    assert (council.name("en"), council.name("cy"), council.nation) == (
        "Gwynedd Council",
        "Cyngor Gwynedd",
        "wales",
    )
    assert council.website == "https://www.gwynedd.llyw.cymru/"
    assert (council.page, council.said.links.apply, council.embedders, council.example) == (None, None, (), False)
    assert council.contacts.relay is None


@pytest.mark.parametrize("slug", ["adur", "Kent", "kent.evil.example", "register", "blue-badge", ""])
def test_nothing_else_is_a_council(councils_and_examples: Councils, slug: str) -> None:
    assert councils_and_examples.get(slug, TODAY) is None


def test_examples_are_there_only_when_asked_for(councils: Councils, councils_and_examples: Councils) -> None:
    for slug in EXAMPLES:
        assert councils.get(slug, TODAY) is None
        council = councils_and_examples.get(slug, TODAY)
        assert council is not None
        assert council.example
    assert len(councils.all(TODAY)) + len(EXAMPLES) == len(councils_and_examples.all(TODAY)) == 208 + len(EXAMPLES)


@pytest.mark.parametrize("slug", EXAMPLES)
def test_examples_are_never_listed_or_found(councils_and_examples: Councils, slug: str) -> None:
    assert len(councils_and_examples.listed(TODAY, "en")) == 383
    assert slug not in {place.slug for place in councils_and_examples.listed(TODAY, "en")}
    assert councils_and_examples.place(slug, TODAY) is None
    assert councils_and_examples.search(slug, TODAY) == ()


def test_an_example_says_all_that_a_council_can(councils_and_examples: Councils) -> None:
    council = councils_and_examples.get("northfold", TODAY)
    assert council is not None
    assert council.name("cy") == "Cyngor Sir Northfold"
    assert council.contacts.relay == "18001 01632 960101"
    assert len(council.embedders) == 4
    assert council.page == "https://www.northfold.example/blue-badge"


def test_examples_have_unlike_tiers_and_only_invented_contacts(councils_and_examples: Councils) -> None:
    examples = councils_and_examples.examples.values()
    assert len({council.tier for council in examples}) == len(EXAMPLES)
    assert {council.nation for council in examples} == set(NATIONS) | {"scotland", "northern_ireland"}
    for council in examples:
        assert (council.contacts.phone or "01632 960").startswith("01632 960")
        assert (council.contacts.email or ".example").endswith(".example")
        for link in filter(
            None, (council.website, council.page, council.said.links.apply, council.said.links.complaints)
        ):
            assert link.split("/")[2].endswith(".example")


def test_only_pages_that_were_seen_are_given(councils: Councils) -> None:
    pages = [council.page for council in councils.all(TODAY) if council.page]
    assert len(pages) == 19
    assert all("/" in page.removeprefix("https://").rstrip("/") for page in pages)


def test_the_provenance_names_every_column() -> None:
    text = (FOLDER / "register" / "provenance.yaml").read_text(encoding="utf-8")
    for name in ("issuing_authorities", "lower_tier_councils"):
        with (FOLDER / "register" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        section = text.split(f"\n{name}:\n")[1].split("\n\n")[0]
        assert {line.strip().split(":")[0] for line in section.splitlines()} >= set(columns)


def test_a_folder_adds_to_the_register(tmp_path: Path) -> None:
    folder = write_councils(tmp_path)
    write_council(folder, "northshire", "name: {en: Northshire}\nlinks: {apply: https://northshire.example/apply}\n")
    council = load_councils(folder, NATIONS).get("northshire", TODAY)
    assert council is not None
    assert (council.name("en"), council.tier) == ("Northshire", "county")
    assert (council.website, council.said.links.apply) == (
        "https://northshire.example",
        "https://northshire.example/apply",
    )


COLOURS = "colours:\n  brand: '#0b4a54'\n  header: '#0b4a54'\n  button: '#0b4a54'\n"
FAULTS = {
    "colour: red": (1, "unknown-key"),
    "links:\n  twitter: https://x.example": (2, "unknown-key"),
    "links:\n  website: http://northshire.example": (2, "bad-link"),
    "links:\n  apply: javascript:alert(1)": (2, "bad-link"),
    "links:\n  apply: https://northshire.example/\u202egpj": (2, "bad-link"),
    "links:\n  apply: https://user@northshire.example": (2, "bad-link"),
    'links:\n  apply: "https://northshire.example/{{7*7}}"': (2, "bad-link"),
    "links:\n  own_service: javascript:alert(1)": (2, "bad-link"),
    "name:\n  en: <b>Northshire</b>": (2, "bad-text"),
    "name:\n  en: 'Northshire {{7*7}}'": (2, "bad-text"),
    'name:\n  en: "North\u202eshire"': (2, "bad-text"),
    "name:\n  en: javascript:alert(1)": (2, "bad-text"),
    "contacts:\n  opening_hours: {en: '<script>alert(1)</script>'}": (2, "bad-text"),
    "fee: 10": (1, "unquoted"),
    "fee: £10.5": (1, "bad-fee"),
    "fee: ten pounds": (1, "bad-fee"),
    "links: {}\nfee: £10.01": (2, "high-fee"),
    "decides_within_weeks: 0": (1, "wrong-shape"),
    "decides_within_weeks: 53": (1, "wrong-shape"),
    "decides_within_weeks: twelve": (1, "wrong-shape"),
    f"{COLOURS}  link: red": (5, "bad-colour"),
    f"{COLOURS}  link: 'red; }}'": (5, "bad-colour"),
    f"{COLOURS}  link: '#0a5f6'": (5, "bad-colour"),
    f"{COLOURS}  link: '#0a5f6d; }} body {{ display: none'": (5, "bad-colour"),
    f"{COLOURS}  link: '#00a99d'": (5, "low-contrast"),
    f"{COLOURS}": (1, "missing-key"),
    "words:\n  banner: {en: Hello}": (2, "unknown-key"),
    "words:\n  apply: {en: '<b>Hello</b>'}": (2, "bad-markdown"),
    "words:\n  apply: {en: 'Hello <img src=x onerror=alert(1)>'}": (2, "bad-markdown"),
    "words:\n  apply: {en: '![us](https://northshire.example/us.png)'}": (2, "bad-markdown"),
    "words:\n  apply: {en: '# Hello'}": (2, "bad-markdown"),
    "words:\n  apply: {en: '[go](javascript:alert(1))'}": (2, "bad-link"),
    "words:\n  apply: {en: '[go](JaVaScRiPt&colon;alert(1))'}": (2, "bad-link"),
    "words:\n  apply: {en: '[go](data:text/html,x)'}": (2, "bad-link"),
    "words:\n  apply: {en: '[go](/elsewhere)'}": (2, "bad-link"),
    "words:\n  apply: {en: '[go](//evil.example)'}": (2, "bad-link"),
    "words:\n  apply: {en: '[go](http://northshire.example)'}": (2, "bad-link"),
    "words:\n  apply: {en: '<https://northshire.example>'}": (2, "bad-text"),
    "words:\n  apply: {en: '{{7*7}}'}": (2, "bad-text"),
    "words:\n  apply: {en: '{council} is here'}": (2, "bad-text"),
    'words:\n  apply: {en: "abc\u202edef"}': (2, "bad-text"),
    'words:\n  apply: {en: "abc &#x202e;def"}': (2, "bad-text"),
    'words:\n  apply: {en: "&lt;script&gt;"}': (2, "bad-text"),
    "words:\n  apply: {en: '[a](https://a.example \"&#x202e;&#123;&#123;7*7\")'}": (2, "bad-link"),
    'words:\n  apply: {en: "[&#x3164;](https://a.example)"}': (2, "bad-text"),
    "words:\n  apply: {en: '[**-**](https://a.example)'}": (2, "bad-link"),
    'name:\n  en: "\u3164"': (2, "bad-text"),
    'name:\n  en: "\u2800"': (2, "bad-text"),
    f'name:\n  en: "a{chr(0x301) * 9}"': (2, "bad-text"),
    "name:\n  en: '- -'": (2, "bad-text"),
    f"contacts:\n  email: {'a' * 300}@a.example": (2, "bad-email"),
    f"embedders: [{', '.join(['https://a.example'] * 9000)}]": (1, "too-long"),
    "fee: none\n" + "#\n" * 2000: (1, "too-long"),
    f"words:\n  apply: {{en: {'a ' * 5000}}}": (2, "bad-text"),
    "words:\n  apply: {en: ' '}": (2, "bad-text"),
    "notices:\n  - {from: 2027-02-01, until: 2027-01-31, text: {en: Closed.}}": (2, "bad-date"),
    "notices:\n  - {from: soon, text: {en: Closed.}}": (2, "wrong-shape"),
    "notices:\n" + "  - {text: {en: Closed.}}\n" * 4: (1, "wrong-shape"),
    "footer:\n  - {text: {en: Us}, link: 'http://northshire.example'}": (2, "bad-link"),
    "hosts: ['*.northshire.example']": (1, "bad-host"),
    "hosts: [https://badges.northshire.example]": (1, "bad-host"),
    "hosts: [Badges.northshire.example]": (1, "bad-host"),
    "hosts: [badges.northshire.example.]": (1, "bad-host"),
    "hosts: ['badges.northshire.example:443']": (1, "bad-host"),
    "hosts: [checker.example]": (1, "duplicate-host"),
    "hosts:\n  - a.northshire.example\n  - a.northshire.example": (3, "duplicate-host"),
    "name:\n  en: ''": (2, "bad-text"),
    'name:\n  en: "North\\u200bshire"': (2, "bad-text"),
    f"name:\n  en: {'N' * 201}": (2, "bad-text"),
    "name:\n  cy: Sir y Gogledd": (1, "missing-key"),
    "contacts:\n  phone: 1632960001": (2, "unquoted"),
    "contacts:\n  phone: +44 1632 960001": (2, "bad-phone"),
    "contacts:\n  phone: 01632 9600": (2, "bad-phone"),
    "contacts:\n  email: northshire.example": (2, "bad-email"),
    "contacts:\n  address:\n    - County Hall\n    - no": (4, "unquoted"),
    "embedders:\n  - https://a.example\n  - http://b.example": (3, "bad-embedder"),
    "embedders:\n  - https://a.example\n  - https://*.b.example": (3, "bad-embedder"),
    "embedders:\n  - https://a.example\n  - https://b.example\n  - https://a.example": (
        4,
        "duplicate-embedder",
    ),
    "links: {}\nexample: true": (2, "example-in-register"),
    "links: {}\nnation: england": (2, "not-its-own"),
    "links: {}\ntier: county": (2, "not-its-own"),
    "links: {}\nlinks: {}": (2, "duplicate-key"),
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.items())
def test_a_fault_in_a_councils_file_is_told_with_its_line(tmp_path: Path, text: str, fault: tuple[int, str]) -> None:
    folder = write_councils(tmp_path)
    write_council(folder, "northshire", text)
    councils = load_councils(folder, NATIONS, service_hosts=("checker.example",), highest_fees={"england": 10})
    assert where(councils) == [("northshire", *fault)]


EXAMPLE = "example: true\nnation: england\ntier: county\nname: {en: Inventham}\n"
EXAMPLE_FAULTS = {
    ("inventham", EXAMPLE.replace("true", "false")): (1, "not-an-example"),
    ("inventham", EXAMPLE.replace("england", "france")): (2, "unknown-value"),
    ("inventham", EXAMPLE.replace("county", "canton")): (3, "unknown-value"),
    ("inventham", EXAMPLE.replace("tier: county\n", "")): (1, "missing-key"),
    ("inventham", EXAMPLE.replace("name: {en: Inventham}\n", "")): (1, "missing-key"),
    ("northshire", EXAMPLE): (1, "bad-slug"),
    ("upton", EXAMPLE): (1, "bad-slug"),
    ("desk", EXAMPLE): (1, "bad-slug"),
    ("blue-badge", EXAMPLE): (1, "bad-slug"),
    ("In Vent", EXAMPLE): (1, "bad-slug"),
}


@pytest.mark.parametrize(("written", "fault"), EXAMPLE_FAULTS.items())
def test_a_fault_in_an_example_is_told_with_its_line(
    tmp_path: Path, written: tuple[str, str], fault: tuple[int, str]
) -> None:
    slug, text = written
    folder = write_councils(tmp_path)
    write_council(folder / "examples", slug, text)
    councils = load_councils(folder, NATIONS, {"blue-badge"}, examples=True)
    assert where(councils) == [(slug, *fault)]
    assert councils.examples == {}
    assert load_councils(folder, NATIONS).problems == ()


@pytest.mark.parametrize("slug", ["upton", "southshire"])
def test_a_folder_is_only_for_those_who_issue_badges(tmp_path: Path, slug: str) -> None:
    folder = write_councils(tmp_path)
    write_council(folder, slug, "links: {}\n")
    assert where(load_councils(folder, NATIONS)) == [(slug, 1, "not-in-register")]


def test_a_faulty_folder_leaves_its_council_as_the_register_has_it_and_the_others_as_they_are(tmp_path: Path) -> None:
    folder = write_councils(tmp_path)
    write_council(folder, "northshire", "fee: £10\ncolours: red\nembedders: [https://www.northshire.example]\n")
    write_council(folder, "gwent", "fee: none\n")
    councils = load_councils(folder, NATIONS)
    assert where(councils) == [("northshire", 2, "wrong-shape")]
    left, other = councils.get("northshire", TODAY), councils.get("gwent", TODAY)
    assert left is not None
    assert other is not None
    assert (left.name("en"), left.said.fee, left.embedders) == ("Northshire County Council", None, ())
    assert other.said.fee == "none"


def test_a_host_that_two_councils_claim_is_nobodys(tmp_path: Path) -> None:
    folder = write_councils(tmp_path)
    write_council(folder, "northshire", "fee: none\nhosts: [badges.example]\n")
    write_council(folder, "gwent", "hosts: [gwent.badges.example, badges.example]\n")
    councils = load_councils(folder, NATIONS)
    assert where(councils) == [("gwent", 1, "duplicate-host"), ("northshire", 2, "duplicate-host")]
    assert councils.hosts == {}


def test_faults_of_all_folders_are_told_at_once(tmp_path: Path) -> None:
    folder = write_councils(tmp_path)
    write_council(folder, "northshire", "colour: red\n")
    write_council(folder / "examples", "inventham", "colour: red\n")
    (folder / "gwent").mkdir()
    assert where(load_councils(folder, NATIONS, examples=True)) == [
        ("inventham", 1, "unknown-key"),
        ("gwent", 1, "unreadable"),
        ("northshire", 1, "unknown-key"),
    ]


def test_a_fault_in_the_register_stops_the_service(tmp_path: Path) -> None:
    folder = write_councils(tmp_path, authorities=("eastshire,,,england,,county,,,,,",))
    with pytest.raises(LoadError) as caught:
        load_councils(folder, NATIONS)
    assert where(caught.value) == [("issuing_authorities.csv", 4, "bad-name")]


def test_every_file_in_the_repository_is_read_as_it_stands() -> None:
    paths = sorted(FOLDER.glob("**/council.yaml"))
    assert [path.parent.name for path in paths if path.parts[-3] == "examples"] == list(EXAMPLES)
    assert all(load_document(path, CouncilFile).content for path in paths)
