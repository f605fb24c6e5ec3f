from __future__ import annotations

import pytest

from app.engine.formula import comparisons
from app.engine.provisions import provisions
from app.engine.rulebook import Service
from app.engine.rules import Rules
from tests.conftest import TODAY


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern_ireland"])
def test_the_index_turns_the_citations_round(service: Service, nation: str) -> None:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    found = provisions(rules)
    cited = {(criterion.id, source) for criterion in rules.criteria for source in criterion.sources}
    assert {(criterion.id, each.source) for each in found for criterion in each.criteria} == cited
    for each in found:
        hung_on = {comparison.question for one in each.criteria for comparison in comparisons(one.whole)}
        assert set(each.questions) == hung_on
        assert set(each.routes) == {criterion.route for criterion in each.criteria}


def test_questions_stand_in_the_order_of_asking_and_routes_best_first(england: Rules) -> None:
    [guidance] = [each for each in provisions(england) if each.source.title.startswith("Blue Badge scheme")]
    assert guidance.questions[:3] == ("who", "age", "benefits")
    assert guidance.routes == ("special_route", "assessed")
