"""Whether a words file says all that a service can show, and nothing that it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from app.engine.decision import outcome_ids
from app.engine.formula import comparisons

if TYPE_CHECKING:
    from app.engine.document import Document, Place
    from app.engine.problem import Problem
    from app.engine.rules import Criterion, Rules
    from app.engine.vocabulary import Question, Vocabulary
    from app.engine.words import Words

PLACEHOLDERS = frozenset({"council"})
"""What pages fill in. Anything else in braces is a fault."""


def check_words(
    document: Document[Words], vocabulary: Vocabulary, laws: Iterable[Rules], withdrawn: Iterable[str] = ()
) -> Iterator[Problem]:
    """The ids without words, the words without an id, and the placeholders that nothing fills."""
    content, laws = document.content, tuple(laws)
    if content.language != document.path.stem:
        message = f"the file is named {document.path.stem}, so its language is too"
        yield document.problem(("language",), "unknown-reference", message)
    criteria = [criterion for rules in laws for criterion in rules.criteria]
    evidence = {item for criterion in criteria for item in criterion.evidence}
    has_law = {rules.nation for rules in laws}
    needed: dict[str, Iterable[str]] = {
        "nations": vocabulary.nations,
        "elsewhere": set(vocabulary.nations) - has_law,
        "routes": [route.id for route in vocabulary.routes],
        "outcomes": [outcome for rules in laws for outcome in outcome_ids(rules)],
        "criteria": [criterion.id for criterion in criteria],
        "evidence": evidence,
        "notes": [remark.note.id for rules in laws for remark in rules.remarks],
        "questions": _asked_somewhere(laws),
        "withdrawn": withdrawn,
        "cited": set() if document.path.stem == vocabulary.languages[0] else _cited(laws),
    }
    for section, ids in needed.items():
        yield from _match(document, (section,), ids, getattr(content, section))
    for criterion in criteria:
        if criterion.id in content.criteria:
            yield from _check_criterion(document, criterion)
    for question in vocabulary.questions:
        if question.id in content.questions:
            yield from _check_question(document, question, laws)
    yield from _check_placeholders(document, content, ())


def _cited(laws: Iterable[Rules]) -> set[str]:
    sources = [source for rules in laws for source in rules.law.content.sources.values()]
    return {text for source in sources for text in (source.title, source.provision)}


def _asked_somewhere(laws: Iterable[Rules]) -> set[str]:
    return {
        comparison.question
        for rules in laws
        for criterion in rules.criteria
        for comparison in comparisons(criterion.whole)
    }


def _check_criterion(document: Document[Words], criterion: Criterion) -> Iterator[Problem]:
    place: Place = ("criteria", criterion.id)
    can_be_open = any(comparison.open for comparison in comparisons(criterion.whole))
    written = document.content.criteria[criterion.id].open is not None
    if can_be_open and not written:
        message = f"an answer can leave {criterion.id} open; write what it hangs on"
        yield document.problem(place, "text-missing", message)
    if written and not can_be_open:
        message = f"no answer leaves {criterion.id} open; take the text out"
        yield document.problem((*place, "open"), "text-unused", message)


def _check_question(document: Document[Words], question: Question, laws: Iterable[Rules]) -> Iterator[Problem]:
    place: Place = ("questions", question.id)
    words = document.content.questions[question.id]
    offers: set[str] = set()
    unsure: set[str] = set()
    for rules in laws:
        offered = set(rules.question(question.id).offers)
        offers |= offered
        for criterion in rules.criteria:
            for comparison in comparisons(criterion.test):
                if comparison.question == question.id:
                    unsure |= comparison.open & offered
    yield from _match(document, (*place, "options"), offers, words.options)
    yield from _match(document, (*place, "look_up"), unsure, words.look_up)
    if (question.exclusive is None) != (words.conflict is None):
        code = "text-unused" if question.exclusive is None else "text-missing"
        message = "conflict is the error for ticking the exclusive option beside others; it goes with such an option"
        yield document.problem(place, code, message)


def _match(document: Document[Words], place: Place, needed: Iterable[str], given: Iterable[str]) -> Iterator[Problem]:
    where = " ".join(map(str, place))
    for missing in sorted(set(needed) - set(given)):
        yield document.problem(place, "text-missing", f"{where}: {missing!r} has no words; write them")
    for unused in sorted(set(given) - set(needed)):
        message = f"{where}: nothing shows {unused!r}; take it out, or correct its id"
        yield document.problem((*place, unused), "text-unused", message)


def _check_placeholders(document: Document[Words], value: Any, place: Place) -> Iterator[Problem]:  # noqa: ANN401
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _check_placeholders(document, getattr(value, name), (*place, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _check_placeholders(document, item, (*place, name))
    elif isinstance(value, str):
        if not value.strip():
            yield document.problem(place, "text-missing", "there are no words here; write them")
        yield from _check_text(document, value, place)


def _check_text(document: Document[Words], text: str, place: Place) -> Iterator[Problem]:
    try:
        found = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        found = {text}
    for name in sorted(found - PLACEHOLDERS):
        message = f"nothing fills {{{name}}}; a text may hold {{{'}, {'.join(sorted(PLACEHOLDERS))}}}"
        yield document.problem(place, "placeholder-mismatch", message)
