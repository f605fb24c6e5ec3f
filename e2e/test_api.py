"""Pages of a council's own website call the API; other people's get no answer."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from app.settings import ROOT
from e2e import law
from e2e.conftest import SECURE_HOST
from e2e.website import ALLOWED, STRANGER

if TYPE_CHECKING:
    from e2e.conftest import Visitor

GUIDE = (ROOT / "docs/api.md").read_text()
RUN = """async () => {
    const given = %s;
    const ask = async (question) => given[question.id];
    let shown;
    const show = (outcome) => { shown = outcome; };
    %s
    return shown;
}"""
TRY = """async (address) => {
    const asked = (options) => fetch(address, options).then((response) => response.text(), () => "no answer");
    const sent = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"answers":{}}' };
    return [await asked(), await asked(sent)];
}"""


def test_the_script_in_the_guide_runs_a_check_on_a_councils_website(framed: Visitor) -> None:
    [script] = re.findall(r"```js\n(.*?)```", GUIDE, re.DOTALL)
    answers = {
        question: list(law.put(question, person.answers).chosen(ticked))
        if law.put(question, person.answers).question.many
        else min(ticked)
        for person in [law.person("self", "assessed")]
        for question, ticked in person.answers.items()
    }
    framed.page.goto(ALLOWED[0])
    here = script.replace("https://checker.example", f"https://{SECURE_HOST}")
    outcome = framed.page.evaluate(RUN % (json.dumps(answers), here))
    assert outcome["id"] == "assessed"
    assert outcome["reasons"]["because"]


def test_a_strangers_page_gets_no_answer(framed: Visitor) -> None:
    framed.page.goto(STRANGER)
    address = f"https://{SECURE_HOST}/api/v1/councils/northfold/blue-badge/en/check"
    assert framed.page.evaluate(TRY, address) == ["no answer", "no answer"]
    assert any("CORS" in fault for fault in framed.watch.take())
