"""Another service, and another nation, come in as data alone: nothing in the code knows any of them by name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import getitem
from pathlib import Path

import pytest
import yaml

from app import create_app
from app.engine.rulebook import Service, read_rulebook
from app.settings import ROOT, Settings
from tests.checker.walk import begin, walk
from tests.conftest import KEY
from tests.engine.untranslated import copy_untranslated
from tests.page_client import PageClient

BINS = """
service: help-with-bins
longest_journey: 3
languages: [en]
nations: {england: {apply: 'https://www.gov.uk/rubbish-collection-day'}}
routes: [{id: sure, ends: true}, {id: ask_us}]
voice: {question: asking, options: {me: you, neighbour: they}}
questions:
  - {id: asking, kind: one, options: [me, neighbour]}
  - {id: alone, kind: one, options: ['yes', 'no', unsure]}
  - {id: reasons, kind: many, exclusive: nothing, options: [wheels, stairs, nothing]}
"""
BINS_LAW = """
nation: england
in_force: {from: 2020-01-01}
checked: 2026-01-01
sources: {policy: {title: A policy, provision: page 1, url: 'https://www.example.org/policy'}}
conditions:
  anyone: {question: asking, is: [me, neighbour]}
criteria:
  - id: BIN-ALONE
    route: sure
    applies: anyone
    when:
      all:
        - {question: alone, is: ['yes'], open: [unsure]}
        - {question: reasons, is: [wheels, stairs]}
    sources: [policy]
    evidence: [letter]
  - id: BIN-STAIRS
    route: ask_us
    contact_first: true
    applies: anyone
    when: {question: reasons, is: [stairs]}
    sources: [policy]
    evidence: [letter]
"""
BINS_WORDS = """
language: en
service: Check if you can get help with bins
start: {title: Help with bins, description: Help., before: 'For {council}.', after: After.}
nations: {england: England}
routes: {sure: {title: Sure, intro: Sure.}, ask_us: {title: Ask, intro: Ask.}}
outcomes:
  sure: {title: You can get help, expect: '{council} decides.'}
  ask_us: {title: You may get help, expect: '{council} decides.'}
  depends: {title: It depends, expect: '{council} decides.'}
  unlikely: {title: These answers do not show it, expect: '{council} decides.'}
questions:
  asking: {title: Who for?, why: We ask., options: {me: Me, neighbour: A neighbour}, missing: Select who}
  alone:
    title: {you: Do you live alone?, they: Do they live alone?}
    why: We ask.
    options: {'yes': 'Yes', 'no': 'No', unsure: Not sure}
    missing: Select yes
    look_up: {unsure: Find out.}
  reasons:
    title: What makes it hard?
    why: We ask.
    options: {wheels: Wheels, stairs: Stairs, nothing: Nothing}
    missing: Select what makes it hard
    conflict: Select what makes it hard, or Nothing
criteria:
  BIN-ALONE: {name: Alone, rule: Alone., met: Alone., open: Not known., not_met: Not alone.}
  BIN-STAIRS: {name: Stairs, rule: Stairs., met: Stairs., not_met: No stairs., next: Phone us.}
evidence: {letter: A letter}
notes: {}
elsewhere: {}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    copy_untranslated(folder)
    return folder


def client_for(rules: Path, councils: Path = ROOT / "councils") -> PageClient:
    app = create_app(Settings(state_keys=(KEY,), rules=rules, councils=councils, examples=True))
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"asking": "me", "alone": "yes", "reasons": ["wheels"]}, "sure"),
        ({"asking": "neighbour", "alone": "no", "reasons": ["stairs"]}, "ask_us"),
        ({"asking": "me", "alone": "unsure", "reasons": ["wheels"]}, "depends"),
        ({"asking": "me", "alone": "no", "reasons": ["nothing"]}, "unlikely"),
    ],
)
def test_a_second_service_serves_a_whole_check(rules: Path, answers: dict[str, str | list[str]], outcome: str) -> None:
    bins = rules / "help-with-bins"
    (bins / "england").mkdir(parents=True)
    (bins / "words").mkdir()
    (bins / "service.yaml").write_text(BINS)
    (bins / "england/2020-01-01.yaml").write_text(BINS_LAW)
    (bins / "words/en.yaml").write_text(BINS_WORDS)
    client = client_for(rules)
    base = "/northfold/help-with-bins/en/"
    assert "Help with bins" in client.get(base + "start").text
    assert client.get(base + "criteria").status_code == 200
    assert walk(client, answers, base)[1].outcome == outcome
    assert begin(client).question == "who"


def test_a_service_that_asks_too_much_to_carry_does_not_start(rules: Path) -> None:
    path = rules / "blue-badge/service.yaml"
    options = ", ".join(f"o{number}" for number in range(40))
    more = "".join(f"\n  - {{id: more_{number}, kind: one, options: [{options}]}}" for number in range(20))
    path.write_text(path.read_text() + more + "\n")
    with pytest.raises(SystemExit, match="too-much-to-carry"):
        create_app(Settings(rules=rules))


def test_a_fifth_nation_serves_a_whole_check(rules: Path, tmp_path: Path) -> None:
    service = rules / "blue-badge"
    text = (service / "service.yaml").read_text()
    text = text.replace("nations:\n", "nations:\n  mercia: {apply: 'https://www.example.org/apply'}\n", 1)
    (service / "service.yaml").write_text(text)
    law = (service / "england/2019-08-30.yaml").read_text()
    (service / "mercia").mkdir()
    (service / "mercia/2019-08-30.yaml").write_text(law.replace("nation: england", "nation: mercia"))
    words = (service / "words/en.yaml").read_text()
    (service / "words/en.yaml").write_text(words.replace("\nnations:\n", "\nnations:\n  mercia: Mercia\n", 1))
    councils = tmp_path / "councils"
    shutil.copytree(ROOT / "councils", councils)
    council = councils / "examples/northfold/council.yaml"
    council.write_text(council.read_text().replace("nation: england", "nation: mercia"))
    base = "/northfold/blue-badge/en/"
    person: dict[str, str | list[str]] = {"who": "self", "age": "under_2", "terminal_illness": "yes"}
    client = client_for(rules, councils)
    assert walk(client, person, base)[1].outcome == "special_route"
    assert "All the rules for a Blue Badge in Mercia" in client.get(base + "criteria").text


def take_law_away(rules: Path, nation: str) -> None:
    """Leaves a nation without law, and says in words where its people can apply."""
    folder = rules / "blue-badge"
    taken = {each.name: each for each in (folder / nation).glob("*.yaml")}
    for path in taken.values():
        path.unlink()
    words = folder / "words/en.yaml"
    texts = yaml.safe_load(words.read_text())
    texts["elsewhere"][nation] = "Ask your council."
    unused = [re.fullmatch(r"(.+): nothing shows '(.+)'; .+", problem.message) for problem in read_rulebook(rules)[1]]
    places = [(*found[1].split(), found[2]) for found in unused if found]
    for *section, key in sorted(places, key=len, reverse=True):
        del reduce(getitem, section, texts)[key]
    words.write_text(yaml.safe_dump(texts, allow_unicode=True))


def test_a_nation_without_law_gets_an_honest_page_with_where_to_apply(rules: Path) -> None:
    take_law_away(rules, "wales")
    client = client_for(rules)
    for page in ("start", "check", "criteria"):
        response = client.get(f"/cardiff/blue-badge/en/{page}")
        assert response.status_code == 200
        assert "Ask your council." in response.text
        assert "https://www.gov.uk/apply-blue-badge" in response.text
    assert begin(client, "/fife/blue-badge/en/").question == "who"


def ids_of(services: Mapping[str, Service]) -> Iterator[str]:
    for service in services.values():
        yield service.id
        yield from service.vocabulary.nations
        for question in service.vocabulary.questions:
            yield question.id
            yield from question.option_ids
        for laws in service.laws.values():
            for law in laws:
                yield from (criterion.id for criterion in law.criteria)
                yield from (route.id for route in law.routes)


def test_no_id_of_the_rules_is_named_in_code_or_templates(services: Mapping[str, Service]) -> None:
    own_words = {
        "self",  # of the content security policy, as is the next
        "none",
        "organisation",  # a voice of the rules language
        "0",  # a switch that is off
        "who",  # whose deed a line of the desk's log is
        "yes",  # in a file of the desk, as is the next
        "no",
    }
    quoted = {found for path in _sources() for found in re.findall(r"[\"']([\w-]+)[\"']", path.read_text())}
    assert sorted(quoted & set(ids_of(services)) - own_words) == []


def _sources() -> Iterator[Path]:
    yield from (ROOT / "app").rglob("*.py")
    yield from (ROOT / "templates").rglob("*.html")
