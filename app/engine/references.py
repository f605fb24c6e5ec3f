"""Whether the ids that the files of a service name all exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from app.engine.condition import Compared, Condition, leaves
from app.engine.decision import DEPENDS, UNLIKELY

if TYPE_CHECKING:
    from app.engine.document import Document, Place
    from app.engine.law import Criterion, Law, Note
    from app.engine.problem import Problem
    from app.engine.vocabulary import Question, Vocabulary


def check_vocabulary(document: Document[Vocabulary]) -> Iterator[Problem]:
    """The faults within ``service.yaml``."""
    content = document.content
    yield from _twice(document, "questions", (question.id for question in content.questions))
    yield from _twice(document, "routes", (route.id for route in content.routes))
    yield from _check_named(document, content, {})
    earlier: dict[str, Question] = {}
    for index, question in enumerate(content.questions):
        yield from _check_question(document, ("questions", index), question, earlier)
        earlier[question.id] = question
    for index, assumed in enumerate(content.impossible):
        here: Place = ("impossible", index, "when")
        yield from _check_condition(document, assumed.when, here, content.questions, content.conditions)
    for index, route in enumerate(content.routes):
        if route.id in (DEPENDS, UNLIKELY):
            message = f"{route.id!r} is already the outcome of those who meet no criterion; give the route another id"
            yield document.problem(("routes", index, "id"), "two-outcomes", message)
    voice = content.voice
    asked = earlier.get(voice.question)
    if asked is None:
        yield document.problem(("voice", "question"), "unknown-reference", f"there is no question {voice.question!r}")
    elif set(asked.option_ids) != set(voice.options):
        message = f"give a voice for each option of {asked.id}: {', '.join(asked.option_ids)}"
        yield document.problem(("voice", "options"), "unknown-reference", message)


def check_law(document: Document[Law], vocabulary: Vocabulary) -> Iterator[Problem]:
    """The faults of a law file, given the vocabulary it is written in."""
    content = document.content
    if content.nation not in vocabulary.nations:
        message = f"{content.nation!r} is not one of {', '.join(vocabulary.nations)}"
        yield document.problem(("nation",), "unknown-reference", message)
    yield from _check_named(document, vocabulary, content.conditions)
    yield from _twice(document, "criteria", (criterion.id for criterion in content.criteria))
    yield from _twice(document, "notes", (note.id for note in content.notes))
    checker = _LawChecker(document, vocabulary)
    for index, criterion in enumerate(content.criteria):
        yield from checker.check_criterion(criterion, ("criteria", index))
    for index, note in enumerate(content.notes):
        yield from checker.check_note(note, ("notes", index))
    cited = {source for criterion in content.criteria for source in criterion.sources}
    for source in content.sources:
        if source not in cited:
            message = f"no criterion cites {source!r}; cite it where it belongs, or take it out"
            yield document.problem(("sources", source), "unused-source", message)


class _LawChecker:
    """Finds the ids that one law file names and nobody defines."""

    def __init__(self, document: Document[Law], vocabulary: Vocabulary) -> None:
        content = document.content
        routes = [route.id for route in vocabulary.routes]
        self.document = document
        self.questions = vocabulary.questions
        self.named = {**vocabulary.conditions, **content.conditions}
        self.known: Mapping[str, Iterable[str]] = {
            "condition": self.named,
            "route": routes,
            "source": content.sources,
            "criterion": [criterion.id for criterion in content.criteria],
            "outcome": [*routes, DEPENDS, UNLIKELY],
        }

    def check_criterion(self, criterion: Criterion, here: Place) -> Iterator[Problem]:
        yield from self._resolve("route", criterion.route, (*here, "route"))
        yield from self._resolve("condition", criterion.applies, (*here, "applies"))
        yield from self._check_when(criterion.when, (*here, "when"))
        for step, source in enumerate(criterion.sources):
            yield from self._resolve("source", source, (*here, "sources", step))
        if not criterion.sources:
            yield self.document.problem((*here, "sources"), "uncited", f"{criterion.id} cites no source; name one")
        if not criterion.evidence:
            message = f"{criterion.id} lists no evidence; name some"
            yield self.document.problem((*here, "evidence"), "no-evidence", message)

    def check_note(self, note: Note, here: Place) -> Iterator[Problem]:
        if note.when is not None:
            yield from self._check_when(note.when, (*here, "when"))
        for step, outcome in enumerate(note.outcomes):
            yield from self._resolve("outcome", outcome, (*here, "outcomes", step))
        for step, criterion in enumerate(note.criteria):
            yield from self._resolve("criterion", criterion, (*here, "criteria", step))

    def _check_when(self, condition: Condition, here: Place) -> Iterator[Problem]:
        yield from _check_condition(self.document, condition, here, self.questions, self.named)

    def _resolve(self, kind: str, value: str, place: Place) -> Iterator[Problem]:
        if value not in self.known[kind]:
            yield self.document.problem(place, "unknown-reference", f"there is no {kind} {value!r}")


def _check_named(
    document: Document[Vocabulary] | Document[Law], vocabulary: Vocabulary, own: Mapping[str, Condition]
) -> Iterator[Problem]:
    """Named conditions may use those before them only, so that none can go round in a circle."""
    before: dict[str, Condition] = dict(vocabulary.conditions) if own else {}
    for name, condition in (own or vocabulary.conditions).items():
        if own and name in vocabulary.conditions:
            yield document.problem(("conditions", name), "duplicate-id", f"{name!r} is a condition of the service")
        yield from _check_condition(document, condition, ("conditions", name), vocabulary.questions, before)
        before[name] = condition


def _check_question(
    document: Document[Vocabulary], place: Place, question: Question, earlier: Mapping[str, Question]
) -> Iterator[Problem]:
    named = document.content.conditions
    yield from _twice(document, "options", question.option_ids, place)
    yield from _check_exclusive(document, place, question)
    for step, option_id in enumerate(question.unsure):
        if option_id not in question.option_ids:
            message = f"{question.id} has no option {option_id!r}"
            yield document.problem((*place, "unsure", step), "unknown-reference", message)
    if question.ceiling is not None and question.ceiling not in [route.id for route in document.content.routes]:
        yield document.problem((*place, "ceiling"), "unknown-reference", f"there is no route {question.ceiling!r}")
    conditions = [(question.ask_when, (*place, "ask_when"))]
    for index, option in enumerate(question.options):
        here = (*place, "options", index)
        conditions.append((option.when, (*here, "when")))
        for step, nation in enumerate(option.nations):
            if nation not in document.content.nations:
                yield document.problem((*here, "nations", step), "unknown-reference", f"there is no nation {nation!r}")
    for condition, here in conditions:
        if condition is not None:
            yield from _check_condition(document, condition, here, earlier.values(), named)


def _check_exclusive(document: Document[Vocabulary], place: Place, question: Question) -> Iterator[Problem]:
    """Whoever is asked can answer: of several options, one stands for none of them, and everybody is offered it."""
    if question.kind == "one":
        if question.exclusive is not None:
            message = "only a question with several answers has an exclusive option"
            yield document.problem((*place, "exclusive"), "wrong-shape", message)
    elif question.exclusive is None:
        message = f"somebody to whom no option of {question.id} applies cannot go on; add an exclusive option"
        yield document.problem(place, "no-outcome", message)
    elif question.exclusive not in question.option_ids:
        message = f"{question.id} has no option {question.exclusive!r}"
        yield document.problem((*place, "exclusive"), "unknown-reference", message)
    for index, option in enumerate(question.options):
        if option.id == question.exclusive and (option.nations or option.when):
            message = f"somebody who is not offered {option.id!r} cannot go on; offer it to everybody"
            yield document.problem((*place, "options", index), "no-outcome", message)


def _check_condition(
    document: Document[Vocabulary] | Document[Law],
    condition: Condition,
    place: Place,
    questions: Iterable[Question],
    named: Mapping[str, Condition],
) -> Iterator[Problem]:
    known = {question.id: question for question in questions}
    for leaf, here in leaves(condition, place):
        if isinstance(leaf, Compared):
            yield from _check_comparison(document, leaf, here, known)
        elif leaf.condition not in named:
            message = f"there is no condition {leaf.condition!r} before this place"
            yield document.problem((*here, "condition"), "unknown-reference", message)


def _check_comparison(
    document: Document[Vocabulary] | Document[Law],
    leaf: Compared,
    place: Place,
    known: Mapping[str, Question],
) -> Iterator[Problem]:
    question = known.get(leaf.question)
    if question is None:
        message = f"there is no question {leaf.question!r} that comes before this place"
        yield document.problem((*place, "question"), "unknown-reference", message)
        return
    usable = set(question.option_ids) - ({question.exclusive} if question.kind == "many" else set())
    for key, options in (("is", leaf.is_), ("open", leaf.open)):
        for index, option in enumerate(options):
            if option not in question.option_ids:
                message = f"{question.id} has no option {option!r}; it has {', '.join(question.option_ids)}"
                yield document.problem((*place, key, index), "unknown-reference", message)
            elif option not in usable:
                message = f"{option!r} is the absence of every other option; write not with those options instead"
                yield document.problem((*place, key, index), "exclusive-option", message)
            elif key == "open" and option in leaf.is_:
                yield document.problem((*place, key, index), "contradiction", f"{option!r} stands in is and in open")


def _twice(
    document: Document[Vocabulary] | Document[Law], key: str, ids: Iterable[str], place: Place = ()
) -> Iterator[Problem]:
    met: set[str] = set()
    for index, item in enumerate(ids):
        if item in met:
            yield document.problem((*place, key, index), "duplicate-id", f"{item!r} stands twice; keep one")
        met.add(item)
