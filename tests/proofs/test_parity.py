"""A few people walked here; thousands in ``e2e/test_people.py``."""

from __future__ import annotations

import pytest

from app.engine.graph import explore
from app.engine.rulebook import Service
from tests.api.account import account_of_api, account_of_page
from tests.checker.walk import walk
from tests.engine.people import RawAnswers
from tests.page_client import PageClient

COUNCILS = {"england": "northfold", "wales": "aberwennol", "scotland": "strathorran"}


@pytest.mark.parametrize("nation", COUNCILS)
def test_each_outcome_reads_the_same_on_pages_in_frames_and_by_the_api(
    client: PageClient, service: Service, nation: str
) -> None:
    where = f"{COUNCILS[nation]}/blue-badge/en"
    for outcome, answers in explore(service.laws[nation][-1]).witnesses()[1].items():
        person: RawAnswers = {
            question.id: min(answers[question.id])
            if question.kind == "one"
            else sorted(answers[question.id]) or ["none"]
            for question in service.vocabulary.questions
            if question.id in answers
        }
        said = client.post(f"/api/v1/councils/{where}/check", json={"answers": person}).get_json()
        account = account_of_api(said)
        assert account.outcome == outcome
        for base in (f"/{where}/", f"/embed/{where}/"):
            asked, screen = walk(client, person, base)
            assert asked == [each["question"] for each in said["asked"]]
            assert account_of_page(screen.html) == account
