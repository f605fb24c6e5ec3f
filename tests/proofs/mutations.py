"""Good rules made wrong, one place at a time: what each kind of slip does to a file, and which code names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

SERVICE = "service.yaml"
LAW = "england/2019-08-30.yaml"
WORDS = "words/en.yaml"

Change = Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Kind:
    """A kind of slip: where in a file it can happen, what it makes of each such place, and the code that names it.

    ``but`` matches the mutants that are no fault of form: the law says something else then, or the same as before.
    """

    name: str
    file: str
    code: str
    where: str
    change: Change
    but: str | None = None

    def mutants(self, text: str) -> list[str]:
        """The file with the slip at each place where it can happen."""
        return list(self._mutants(text))

    def _mutants(self, text: str) -> Iterator[str]:
        for found in re.finditer(self.where, text, re.MULTILINE):
            changed = self.change(found)
            if changed != found[0] and not (self.but and re.search(self.but, found[0])):
                yield text[: found.start()] + changed + text[found.end() :]

    def sample(self, text: str, count: int) -> list[str]:
        """At most so many of the mutants, always the same ones."""
        mutants = self.mutants(text)
        return Random(self.name).sample(mutants, min(count, len(mutants)))  # noqa: S311 - nothing here is secret


def put(template: str) -> Change:
    """Puts a text in the place of what was found; ``\\1`` is its first group."""
    return lambda found: found.expand(template)


MANY = r"(?:benefits|difficulties|journeys|child_needs)"
IN_A_NOTE = r"is: \['4'"
ASKED_IN_ENGLAND = r"  - id: (?:pip_\w+|dla_mobility|afcs_walking_certificate|afcs_tariff_1_to_8)\n    kind: one\n"

KINDS = (
    # Faults that one file shows by itself.
    Kind("a source is dropped", LAW, "uncited", r"sources: \[.*\]", put("sources: []")),
    Kind("the evidence is dropped", LAW, "no-evidence", r"evidence: \[.*\]", put("evidence: []")),
    Kind("a source is misspelt", LAW, "unknown-reference", r"sources: \[(\w)", put(r"sources: [x\1")),
    Kind("a condition is misspelt", LAW, "unknown-reference", r"condition: (\w+)", put(r"condition: x\1")),
    Kind("whom it applies to is misspelt", LAW, "unknown-reference", r"applies: (\w+)", put(r"applies: x\1")),
    Kind("a route is misspelt", LAW, "unknown-reference", r"route: (\w+)", put(r"route: x\1")),
    Kind("a question is misspelt", LAW, "unknown-reference", r"question: (\w+)", put(r"question: x\1")),
    Kind("an option is misspelt", LAW, "unknown-reference", r"is: \[('?)(\w)", put(r"is: [\1x\2")),
    Kind("an option left open is misspelt", LAW, "unknown-reference", r"open: \[(\w)", put(r"open: [x\1")),
    Kind("a question asks too early", SERVICE, "unknown-reference", r"when: {question: \w+",
         put("when: {question: lasting")),
    Kind("a route of a ceiling is misspelt", SERVICE, "unknown-reference", r"ceiling: (\w)", put(r"ceiling: x\1")),
    Kind("an unsure option is misspelt", SERVICE, "unknown-reference", r"unsure: \[(\w)", put(r"unsure: [x\1")),
    Kind("a nation is misspelt", SERVICE, "unknown-reference", r"nations: \[(\w)", put(r"nations: [x\1")),
    Kind("the day does not fit the name", LAW, "unknown-reference", r"from: 2019-08-3", put("from: 2019-08-2")),
    Kind("a criterion has another's id", LAW, "duplicate-id", r"id: (ENG-(?!AUTO-DLA)\S+)",
         put("id: ENG-AUTO-DLA-HRM")),
    Kind("a question has another's id", SERVICE, "duplicate-id", r"  - id: (?!who)\w+\n", put("  - id: who\n")),
    Kind("a key is misspelt", LAW, "unknown-key", r"^    (contact_first|confidence):", put(r"    x\1:")),
    Kind("a key is forgotten", LAW, "missing-key", r"^    (route|applies|sources|evidence): .*\n", put("")),
    Kind("a key stands twice", LAW, "duplicate-key", r"^(    (?:route|applies): .*\n)", put(r"\1\1")),
    Kind("quotes are forgotten", LAW, "unquoted", r"'(yes|no|\d+)'", put(r"\1")),
    Kind("quotes are forgotten in the service", SERVICE, "unquoted", r"'(yes|no|0|4|8|12)'", put(r"\1")),
    Kind("a list is written as one value", LAW, "wrong-shape", r"sources: \[([\w-]+)\]", put(r"sources: \1")),
    Kind("a condition has no form", LAW, "bad-condition", r"{question: (\w+), is", put(r"{\1: yes, is")),
    Kind("a value is none of those known", LAW, "unknown-value", r"place: (\w+)", put(r"place: x\1")),
    Kind("what means none is compared with", LAW, "exclusive-option", rf"{{question: {MANY}, is: \[\w+",
         lambda found: found[0].rsplit("[", 1)[0] + "[none"),
    Kind("an option is both", LAW, "contradiction", r"is: \[('?\w+'?)(.*)\], open: \[\w+",
         put(r"is: [\1\2], open: [\1")),
    Kind("nobody can say none", SERVICE, "no-outcome", r"    exclusive: none\n", put("")),
    Kind("not everybody can say none", SERVICE, "no-outcome", r"- {id: none}",
         put("- {id: none, when: {condition: adult}}")),
    Kind("a route is named as an outcome", SERVICE, "two-outcomes", r"{id: (automatic|special_route|assessed)\b",
         put("{id: depends")),
    # Faults of the law as a whole.
    Kind("not knowing is no longer open", LAW, "unlikely-with-open", r", open: \[.*?\]", put("")),
    Kind("not knowing is no longer enough", LAW, "unlikely-with-open", r"(is: .*), dont_know\]", put(r"\1]")),
    Kind("a question is asked of others", SERVICE, "unsound-skip",
         rf"({ASKED_IN_ENGLAND}    ask_when: {{question: benefits, is: )\[\w+\]", put(r"\1[attendance_allowance]")),
    Kind("a question is asked of fewer", SERVICE, "unsound-skip",
         rf"({ASKED_IN_ENGLAND}    ask_when: )({{.*}})", put(r"\1{all: [\2, {question: benefits, is: [other]}]}")),
    Kind("a question is asked of nobody", SERVICE, "unreachable-question",
         rf"({ASKED_IN_ENGLAND}    ask_when: )({{.*}})", put(r"\1{all: [\2, {not: \2}]}")),
    Kind("a tick is held against people", LAW, "worse-for-more", rf"- ({{question: {MANY}, .*}})$",
         put(r"- {not: \1}")),
    Kind("a part denies another", LAW, "contradiction", r"^        - ({question: .*})$",
         put(r"        - \1\n        - {not: \1}"),
         but=IN_A_NOTE),
    Kind("a test denies itself", LAW, "contradiction", r"^    when: ({.*})$", put(r"    when: {all: [\1, {not: \1}]}")),
    Kind("a test is met in any case", LAW, "always-true", r"^    when: ({(?!.*open).*})$",
         put(r"    when: {any: [\1, {not: \1}]}")),
    Kind("a route promises more", LAW, "promise-above-route", r"ENG-(?!AUTO)\S+\n    route: (assessed|special_route)",
         lambda found: found[0].replace(found[1], "automatic"), but="PLANNING-AWARD"),
    Kind("the check has ended before", LAW, "unreachable-criterion",
         r"applies: two_or_over\n    when:\n      all:\n",
         put(r"\g<0>        - {question: sight, is: [severely_registered]}\n")),
    Kind("no criterion has a route", LAW, "unreachable-outcome", r"(?s)criteria:.*notes:",
         lambda found: found[0].replace("route: special_route", "route: assessed")),
    Kind("any answer will do", LAW, "useless-question",
         r"(drives_regularly|parking_meters|organisation_\w+), is: \['yes'\]",
         put(r"\1, is: ['yes', 'no']")),
    Kind("any answer will do to a condition", LAW, "useless-question", r"is: \['no', dont_know\]",
         put("is: ['yes', 'no', dont_know]")),
    Kind("the budget is too small", SERVICE, "journey-too-long", r"longest_journey: 21", put("longest_journey: 16")),
    Kind("a fault is called intended that is none", LAW, "intended-no-more", r"^criteria:\n",
         put(r"intended:\n  - {code: always-true, about: ENG-ORG, reason: Because.}\n\ncriteria:\n")),
    Kind("what cannot be assumed is", SERVICE, "contradiction",
         r"(        - {question: afcs_tariff_1_to_8, is: \['no'\]}\n)",
         put(r"\1        - {question: afcs_tariff_1_to_8, is: ['yes']}\n")),
    # No fault of form: the law says something else, and the people in the cases show that it does.
    Kind("an answer no longer meets it", LAW, "case-failed",
         r"^( {4,}(?:when: |- ){question: \w+, is: \[)'?\w+'?, (?!dont_know)",
         put(r"\1"), but=IN_A_NOTE),
    Kind("a route promises less", LAW, "case-failed", r"route: automatic", put("route: assessed")),
    Kind("it is for others", LAW, "case-failed", r"applies: two_or_over", put("applies: young_child")),
    Kind("a single answer is denied", LAW, "case-failed",
         r"- ({question: (?!benefits|difficulties|journeys)\w+, is.*})$",
         put(r"- {not: \1}"), but=IN_A_NOTE),
    # Faults of the words.
    Kind("an option has no words", WORDS, "text-missing",
         r"^      (?:self|pip|dla|wpms|walking|partially): .*\n(?!       )", put("")),
    Kind("nothing shows the words", WORDS, "text-unused", r"^    options:\n", put(r"\g<0>      nobody: Nobody\n")),
    Kind("the words are empty", WORDS, "text-missing", r"^    missing: .*$", put("    missing: ''")),
    Kind("a placeholder is misspelt", WORDS, "placeholder-mismatch", r"^( .*){council}", put(r"\1{counsel}")),
    Kind("a criterion's words have another's id", WORDS, "text-missing", r"^  ENG-(\S+):\n", put(r"  ENX-\1:\n")),
    Kind("the words of what is open are missing", WORDS, "text-missing",
         r"^(  ENG-\S+:\n(?:    .*\n)*?)    open:\n(?:      .*\n)+", put(r"\1")),
)  # fmt: skip
