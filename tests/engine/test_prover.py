"""Small rule sets on which a search or a walk that looks too narrowly tells of the wrong people, or of none."""

from __future__ import annotations

from app.engine.decision import decide
from app.engine.formula import Value, every, negate, some
from app.engine.graph import explore
from app.engine.prover import prove
from app.engine.rules import Rules
from tests.engine.small_rules import A1, A2, B1, C1, is_one_of, plain, rules_of

C2, C3, D1 = is_one_of("c", "2"), is_one_of("c", "3"), is_one_of("d", "1")
B2 = is_one_of("b", "2")


def found(rules: Rules, *codes: str) -> set[tuple[str, str]]:
    return {(each.problem.code, each.about) for each in prove(rules).findings if each.problem.code in codes}


def test_a_rule_stays_open_when_its_last_question_is_passed_over() -> None:
    questions = (plain("a"), plain("b"), plain("c", A1), plain("d", C1))
    rules = rules_of(questions, [("maybe", Value.MET, every([D1, some([A1, C2])]))])
    decision = decide(rules, {"a": frozenset({"1"})})
    assert (decision.outcome, decision.asked) == ("depends", ("a",))
    assert [reason.value for reason in decision.open] == [Value.OPEN]
    assert explore(rules).witnesses()[1].keys() == {"depends"}


def test_an_assumption_about_other_questions_can_rule_people_out_too() -> None:
    questions = (plain("a"), plain("b"), plain("c"), plain("d"))
    assumed = (every([A1, B1]), every([B2, D1]), every([B2, negate(D1)]))
    rules = rules_of(questions, [("maybe", Value.MET, A1)], assumed)
    assert found(rules, "contradiction") == {("contradiction", "C0")}


def test_an_option_is_on_offer_only_if_the_answers_it_hangs_on_are() -> None:
    questions = (plain("a"), plain("b", **{"2": A1}), plain("c", **{"2": B2}), plain("d"))
    rules = rules_of(questions, [("maybe", Value.MET, every([A2, C2]))])
    assert found(rules, "contradiction") == {("contradiction", "C0")}


def test_an_option_that_is_offered_to_nobody_is_given_by_nobody() -> None:
    questions = (plain("a"), plain("b"), plain("c", **{"2": Value.NOT_MET}), plain("d"))
    rules = rules_of(questions, [("maybe", Value.MET, every([A1, C2]))])
    assert found(rules, "contradiction") == {("contradiction", "C0")}


def test_a_tick_that_makes_somebody_impossible_costs_them_nothing() -> None:
    questions = (plain("a"), plain("b"), plain("c"), plain("d"))
    criteria = [("maybe", Value.MET, every([C1, negate(C2)]))]
    assert found(rules_of(questions, criteria), "worse-for-more") == {("worse-for-more", "C0")}
    assert found(rules_of(questions, criteria, (every([C1, C2]),)), "worse-for-more") == set()


def test_a_question_of_which_only_two_options_together_matter_is_not_useless() -> None:
    questions = (plain("a"), plain("b"), plain("c"), plain("d"))
    rules = rules_of(questions, [("maybe", Value.MET, every([C1, C2, negate(C3)]))])
    assert found(rules, "useless-question") == set()
