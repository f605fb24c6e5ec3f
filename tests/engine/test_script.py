from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import parse_answers
from app.engine.decision import Decision, decide
from app.engine.formula import Value, answered
from app.engine.journey import advance, start
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.engine.script import write_script
from tests.conftest import TODAY
from tests.engine.paper import Read, follow_script
from tests.engine.people import made_up_people
from tests.engine.small_rules import everybody, rules_for_all

NATIONS = ("england", "wales", "scotland", "northern_ireland")


def read(rules: Rules, decision: Decision, before: int = 0) -> Read:
    met, left_open = (
        frozenset(index for index, reason in enumerate(decision.reasons) if reason.value is value)
        for value in (Value.MET, Value.OPEN)
    )
    return Read(decision.asked[before:], decision.outcome, met, left_open)


@settings(max_examples=150, deadline=None)
@given(rules_for_all(), st.data())
def test_whoever_follows_the_script_asks_marks_and_reads_what_the_check_does(rules: Rules, data: st.DataObject) -> None:
    script = write_script(rules, start(rules))
    for person in data.draw(st.lists(st.sampled_from(list(everybody(rules))), min_size=1, max_size=20)):
        decision = decide(rules, person)
        found = follow_script(rules, script, decision.journey.answers.__getitem__)
        assert found == read(rules, decision)


@pytest.mark.parametrize("nation", NATIONS)
def test_the_script_of_a_nation_is_exact(service: Service, nation: str) -> None:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    voices = rules.question(rules.voice_question).offers
    scripts = {}
    for voice in voices:
        remainder = advance(rules, start(rules)).known(rules.voice_question, answered(frozenset({voice}))).past()
        scripts[voice] = write_script(rules, remainder)
    for person in made_up_people(service.vocabulary, 400, seed=21):
        decision = decide(rules, parse_answers(service.vocabulary, person))
        script = scripts[str(person["who"])]
        assert follow_script(rules, script, decision.journey.answers.__getitem__) == read(rules, decision, before=1)
