"""The script as it is printed, followed by somebody who reads nothing but its words, leads where the check leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from app.engine.answers import parse_answers
from app.engine.decision import Decision, decide
from app.engine.explanation import puts
from app.engine.rulebook import Service
from app.engine.rules import Rules
from tests.conftest import TODAY
from tests.engine.people import made_up_people
from tests.page_client import PageClient, parse, text_of

COUNCILS = {"england": "kent", "wales": "cardiff", "scotland": "fife", "northern_ireland": "northern-ireland"}
TICK, QUESTION, CROSS = "✓", "?", "✗"
MARK = re.compile(r"(Tick|Question mark:|Cross|Write ([A-Z]):) ([0-9A-Z, ]+)\.")
SIGNS = {"Tick": TICK, "Question mark:": QUESTION, "Cross": CROSS}
STOP = "Stop asking, and go to the result."


@cache
def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [each for each in root.iter() if name in (each.get("class") or "").split()]


def numbers(text: str) -> set[int]:
    return set(map(int, re.findall(r"\d+", text)))


class Reader:
    """Somebody with one part of the script, a sheet, and a caller of whom each answer is known by its words."""

    def __init__(self, part: ET.Element, said: Mapping[str, frozenset[str]]) -> None:
        self.part = part
        self.said = said
        self.asked: list[str] = []
        self.offered: list[list[str]] = []
        self.answers: dict[str, frozenset[str]] = {}
        [table] = of_class(part, "app-script__sheet")
        self.sheet: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        for body in table.iter("tbody"):
            title = next(each for each in body.iter("th")).text or ""
            for row in body.findall("tr")[1:]:
                number = text_of(row.findall("td")[0])
                self.sheet[number] = ""
                self.groups[number] = title

    def there(self, line: str) -> bool:
        row, letter = re.fullmatch(r"(\d+)([A-Z]?)", line).groups()  # type: ignore[union-attr]
        return self.sheet[row] == letter

    def follow(self) -> str:
        """The title of the result."""
        for step in of_class(self.part, "app-script__step"):
            if text_of(step.findall("h4")[0]).startswith("Step ") and self.take(step):
                break
        for result in of_class(self.part, "app-script__step"):
            if str(result.findall("h4")[0].get("id")).startswith("result-") and self.looks(
                text_of(result.findall("h4")[0])
            ):
                return text_of(next(result.iter("strong")))
        raise AssertionError(self.sheet)

    def looks(self, line: str) -> bool:
        if found := re.search("A row is ticked under ‘(.*)’", line):
            return any(mark == TICK and self.groups[row] == found[1] for row, mark in self.sheet.items())
        return (QUESTION in self.sheet.values()) is not ("none has" in line)

    def take(self, step: ET.Element) -> bool:
        """Whether to stop after this step."""
        number = text_of(step.findall("h4")[0]).removeprefix("Step ")
        condition = re.search(
            r"Ask this only if one of these (?:rows is empty|is on the sheet): ([0-9A-Z, ]+)\.", text_of(step)
        )
        if condition and not any(map(self.there, condition[1].split(", "))):
            return False
        question = text_of(of_class(step, "app-script__say")[0])
        self.asked.append(question)
        first, *more = step.iter("table")
        labels = self.options(first)
        self.offered.append(list(labels))
        self.answers[number] = self.said[question]
        if not more:
            [answer] = self.said[question]
            return self.write(labels[answer])
        yes = {int(number) for label, number in labels.items() if label in self.said[question] and number}
        return self.write(" ".join(self.fitting(more[0], yes)))

    def options(self, table: ET.Element) -> dict[str, str]:
        """The answers to read out now: with what to mark, or with their numbers."""
        found = {}
        for row in table.find("tbody").findall("tr"):  # type: ignore[union-attr]
            only = of_class(row, "app-script__only")
            if only:
                needed = re.fullmatch(r"Read this out only if the answer at step (\d+) was ‘(.*)’\.", text_of(only[0]))
                assert needed
                if self.answers[needed[1]] != {needed[2]}:
                    continue
            found[(row.find("th").text or "").strip()] = text_of(row.find("td"))  # type: ignore[union-attr,arg-type]
        return found

    def fitting(self, table: ET.Element, yes: set[int]) -> Iterator[str]:
        for body in table.findall("tbody"):
            cases = [[text_of(cell) for cell in row.findall("td")] for row in body.findall("tr")]
            fitting = [mark for said, mark in cases if all(self.said_so(part, yes) for part in said.split("; "))]
            assert len(fitting) <= 1
            yield from fitting

    def said_so(self, part: str, yes: set[int]) -> bool:
        if part.startswith("no to"):
            return not numbers(part) & yes
        assert part.startswith("yes to one or more of") or len(numbers(part)) == 1
        return bool(numbers(part) & yes)

    def write(self, text: str) -> bool:
        """Marks what the text says, and whether it says to stop."""
        found = MARK.findall(text)
        assert set(re.sub("No mark", "", MARK.sub("", text).replace(STOP, ""))) <= set(". ")
        lines = [(line, letter or SIGNS[sign]) for sign, letter, rows in found for line in rows.split(", ")]
        for line, mark in [each for each in lines if self.there(each[0])]:
            self.sheet[line.rstrip("ABCDEFGH")] = mark
        return STOP in text and any(self.sheet[line.rstrip("ABCDEFGH")] == TICK for line, mark in lines if mark == TICK)


def caller(rules: Rules, service: Service, decision: Decision) -> dict[str, frozenset[str]]:
    """What the caller says to each question, both in the words of the script."""
    shown = puts(rules, service.words["en"], decision.journey)
    return {
        put.title + (f" {put.hint}." if put.hint else ""): frozenset(put.labels(step.ticked))
        for step in decision.journey.asked
        for put in [shown[step.question]]
    }


@pytest.mark.parametrize("nation", COUNCILS)
def test_whoever_follows_the_printed_script_reads_the_result_of_the_check(
    client: PageClient, service: Service, nation: str
) -> None:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    words = service.words["en"]
    parts = of_class(parse(client.get(f"/{COUNCILS[nation]}/blue-badge/en/phone-script").text), "app-script__part")
    by_label = dict(zip(rules.question("who").offers, parts, strict=True))
    outcomes = set()
    for person in made_up_people(service.vocabulary, 200, seed=31):
        decision = decide(rules, parse_answers(service.vocabulary, person))
        voice = rules.voices[str(person["who"])]
        said = caller(rules, service, decision)
        reader = Reader(by_label[str(person["who"])], said)
        assert reader.follow() == words.outcomes[decision.outcome].title.to(voice)
        assert reader.asked == list(said)[1:]
        shown = puts(rules, words, decision.journey)
        assert reader.offered == [
            [shown[step.question].label(option) for option in step.offers] for step in decision.journey.asked[1:]
        ]
        names = {row: text_of(cell) for row, cell in named_rows(reader.part).items()}
        ticked, left = ({names[row] for row, mark in reader.sheet.items() if mark == sign} for sign in (TICK, QUESTION))
        assert ticked == {words.criteria[each.criterion.id].name for each in (*decision.because, *decision.also_met)}
        assert left == {words.criteria[each.criterion.id].name for each in decision.open}
        outcomes.add(decision.outcome)
    assert len(outcomes) == 5


def named_rows(part: ET.Element) -> dict[str, ET.Element]:
    [table] = of_class(part, "app-script__sheet")
    cells = [row.findall("td") for row in table.iter("tr")]
    return {text_of(row[0]): row[1] for row in cells if row}


@pytest.mark.parametrize("nation", COUNCILS)
def test_the_reason_and_the_proof_of_each_rule_are_there(client: PageClient, service: Service, nation: str) -> None:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    words = service.words["en"]
    root = parse(client.get(f"/{COUNCILS[nation]}/blue-badge/en/phone-script").text)
    for option, part in zip(rules.question("who").offers, of_class(root, "app-script__part"), strict=True):
        voice = rules.voices[option]
        proof = [text_of(each) for each in part.findall("ol/li")]
        reasons = {
            text_of(each.findall("h4")[0]): text_of(each)
            for each in of_class(part, "app-script__step")
            if str(each.findall("h4")[0].get("id")).startswith("reason-")
        }
        assert len(reasons) == len(named_rows(part))
        for criterion in rules.criteria:
            said = words.criteria[criterion.id]
            told = next((text for title, text in reasons.items() if title.endswith(f": {said.name}")), None)
            if told is None:
                continue
            found = re.search(r"Proof: ([0-9, ]+)\.", told)
            assert found
            listed = {proof[number - 1] for number in numbers(found[1])}
            assert len(listed) == len(criterion.evidence)
            plain = {re.sub(r"[*`]|\[|\]\(.*?\)", "", words.evidence[item].to(voice)) for item in criterion.evidence}
            assert {re.sub(r"\{council\}", "", text)[:20] for text in plain} == {text[:20] for text in listed}


def test_a_council_with_a_service_of_its_own_needs_no_script(client: PageClient) -> None:
    page = client.get("/lough-fenn/blue-badge/en/phone-script")
    assert "a service of its own" in page.text
    assert "Step 1" not in page.text


def test_documents_lead_to_the_script_and_to_the_check_for_phones(client: PageClient) -> None:
    text = client.get("/kent/blue-badge/en/documents").text
    assert 'href="phone-script"' in text
    assert 'href="/phone/kent/blue-badge/en/start"' in text
    assert client.get("/phone/kent/blue-badge/en/start").status_code == 200
