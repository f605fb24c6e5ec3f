"""The address of every page that anybody can come to, in a language: every state of every nation's graph among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flask import Flask

from app.checker.answer_bits import pack, pack_one
from app.checker.check import ANSWERS, OUTCOME
from app.checker.check_pages import NOTICES
from app.checker.site import Site
from app.engine.answers import Answers
from app.engine.decision import decide
from app.engine.formula import Ticked, Value
from app.engine.graph import explore
from app.engine.journey import MissingAnswerError, hanging, offered
from app.engine.rulebook import Service
from app.engine.rules import Asked, Rules
from app.engine.search import find_person
from app.engine.sign_off import sign_off
from app.tallies.cell import Place
from app.tallies.share import Shares
from app.web.sealed_state import CheckState

SERVICE = "blue-badge"
PAGES = (
    *("start", "criteria", "privacy", "cookies", "accessibility"),
    *("documents", "data-protection", "for-websites", "phone-script"),
)
OTHERWISE = ("start", "privacy", "criteria")
SHARED = 2
"""The number of a check whose answers are shared."""
LAYOUTS = ("own page", "embed", "phone")
COUNCIL_FREE = ("find-your-council", "privacy", "cookies", "accessibility")
FIND = ("", "?typed=north", "?typed=zzz", "?council=kent", "?council=cardiff", "?council=adur", "?council=hartlepool")
PER_NATION = {"england": "kent", "wales": "gwynedd", "scotland": "fife", "northern_ireland": "northern-ireland"}
EXAMPLES = ("northfold", "brackwater", "aberwennol", "strathorran", "lough-fenn", "argleton")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is; ``path`` has {} where the language stands, ``status`` is what it answers with."""

    name: str
    path: str
    status: int = 200

    def to(self, language: str) -> str:
        """The path in a language."""
        return self.path.replace("{}", language)


class Addresses:
    """Every address of an application."""

    def __init__(self, app: Flask) -> None:
        self.site: Site = app.extensions["site"]
        self.service: Service = self.site.services[SERVICE]
        self.shares = Shares(app.extensions["database"]) if app.extensions["database"] else None

    def all(self) -> Iterator[Address]:
        """Each once, those of the graph last."""
        yield from self._plain()
        for nation, council in PER_NATION.items():
            rules = self.service.rules(nation, self.site.today())
            if rules is not None:
                yield from self._check(rules, council)

    def _plain(self) -> Iterator[Address]:
        for slug in (*PER_NATION.values(), *EXAMPLES):
            council = self.site.councils.get(slug, self.site.today())
            if council is None or "cy" not in council.languages:
                continue
            for page in PAGES:
                yield Address(f"{slug} {page}", f"/{slug}/{SERVICE}/{{}}/{page}")
            for page in OTHERWISE:
                for layout in LAYOUTS[1:]:
                    yield Address(f"{layout} {slug} {page}", f"/{layout}/{slug}/{SERVICE}/{{}}/{page}")
        for notice in NOTICES:
            yield Address(f"notice {notice}", f"/kent/{SERVICE}/{{}}/start?because={notice}")
        for page in COUNCIL_FREE:
            yield Address(page, f"/{SERVICE}/{{}}/{page}")
        for asked in FIND:
            yield Address(f"confirm {asked}", f"/{SERVICE}/{{}}/confirm-your-council{asked}")
        yield from self._shared()
        yield Address("not found", f"/kent/{SERVICE}/{{}}/nowhere", 404)
        yield Address("not found framed", f"/embed/kent/{SERVICE}/{{}}/nowhere", 404)

    def _shared(self) -> Iterator[Address]:
        """What is said of answers that are shared, of those that are not, and of taking them back."""
        path = f"/kent/{SERVICE}/{{}}/"
        if self.shares is not None:
            place = Place("kent", SERVICE, "2026-11", "")
            self.shares.share(SHARED, place, "england", {}, self.site.today())
        for name, number in (("shared", SHARED), ("not shared", 1)):
            yield Address(name, f"{path}shared?s={self.finished('kent', number)}")
        for asked in ("take-back", "take-back?code=", "take-back?code=x", f"take-back?code={'0' * 20}", "taken-back"):
            yield Address(asked, path + asked)

    def finished(self, council: str, number: int = 1) -> str:
        """The token of a check at its outcome."""
        rules = self.service.rules("england", self.site.today())
        assert rules is not None
        answers = sign_off(rules)[0].decision.journey.answers
        return self._token(rules, council, OUTCOME, answers, None, number)

    def _check(self, rules: Rules, council: str) -> Iterator[Address]:
        seen = set[str]()
        everybody = tuple(self._everybody(rules))
        for who in rules.question(rules.voice_question).offers:
            for name, step, answers, sent in (*self._asked(rules, who), *self._people(rules, who, everybody)):
                sealed = self._token(rules, council, step, answers, sent)
                key = f"{step} {sorted((q, tuple(sorted(a))) for q, a in answers.items())} {sent}"
                if key not in seen:
                    seen.add(key)
                    path = f"/{council}/{SERVICE}/{{}}/check?s={sealed}"
                    yield Address(f"{rules.nation} {who} {name}", path)
                    # In the other layouts each kind of page of each nation and voice once: the words are the same.
                    if f"{who} {name}" not in seen:
                        seen.add(f"{who} {name}")
                        yield from (Address(f"{layout} {who} {name}", f"/{layout}{path}") for layout in LAYOUTS[1:])

    def _asked(self, rules: Rules, who: str) -> Iterator[tuple[str, str, Answers, Ticked | None]]:
        """Every question in every state in which it can be asked, once with each error; every outcome.

        States in which the same options are put, for the same rules, are one page.
        """
        put, erred = set[object](), set[str]()
        narrowed = _narrowed(rules, who)
        for state in explore(narrowed).states.values():
            if state.outcome is not None:
                answers = decide(rules, state.witness).journey.answers
                yield f"answers of {state.outcome}", ANSWERS, answers, None
                yield state.outcome, OUTCOME, answers, None
            elif state.question is not None and state.question not in state.witness:
                question = rules.question(state.question)
                counts_for = tuple(criterion.id for criterion in hanging(narrowed, state.remainder))
                page = (state.question, offered(narrowed, state.remainder), counts_for)
                if page in put:
                    continue
                put.add(page)
                yield state.question, state.question, state.witness, None
                if state.question in erred:
                    continue
                erred.add(state.question)
                yield f"{state.question} missing", state.question, state.witness, frozenset()
                if question.exclusive:
                    both = frozenset(question.offers)
                    yield f"{state.question} conflict", state.question, state.witness, both

    def outcomes(self, rules: Rules, council: str, *others: Answers) -> Iterator[Address]:
        """The outcomes of one voice alone, and of others."""
        who = next(iter(rules.question(rules.voice_question).offers))
        people = list(self._people(rules, who, self._everybody(rules)))
        people += [("other", OUTCOME, answers, None) for answers in others]
        for name, step, answers, sent in people:
            yield Address(name, f"/{council}/{SERVICE}/{{}}/check?s={self._token(rules, council, step, answers, sent)}")

    def _people(
        self, rules: Rules, who: str, everybody: Iterable[Answers]
    ) -> Iterator[tuple[str, str, Answers, Ticked | None]]:
        """People who meet each criterion in each way, just miss it or leave it open, or whom a note is for."""
        for answers in everybody:
            try:
                decision = decide(rules, {**answers, rules.voice_question: frozenset({who})})
            except MissingAnswerError:
                continue
            yield f"outcome {decision.outcome}", OUTCOME, decision.journey.answers, None

    def _everybody(self, rules: Rules) -> Iterator[Answers]:
        for row in sign_off(rules):
            yield row.decision.journey.answers
        filler = {each.id: _least(each.offers, each.exclusive) for each in rules.questions}
        formulas = [remark.when for remark in rules.remarks]
        for formula in formulas:
            person = find_person(rules, (formula,), lambda now: now[0] is Value.MET)
            if person is not None:
                yield {**filler, **person}
        for criterion in rules.criteria:
            for value in (Value.OPEN, Value.NOT_MET):
                person = find_person(rules, (criterion.whole,), lambda now, value=value: now[0] is value)  # type: ignore[misc]
                if person is not None:
                    yield {**filler, **person}
        for question in rules.questions:
            for option in question.offers:
                yield {**filler, question.id: frozenset({option}) - {question.exclusive or ""}}
        # Everything ticked, and of single answers each in turn: they meet several rules at once.
        for place in range(max(len(each.offers) for each in rules.questions)):
            yield {each.id: _most(each, place) for each in rules.questions}

    def _token(
        self, rules: Rules, council: str, step: str, answers: Answers, sent: Ticked | None, number: int = 1
    ) -> str:
        vocabulary = self.service.vocabulary
        steps = [*(question.id for question in vocabulary.questions), ANSWERS, OUTCOME]
        submitted = None
        if sent is not None:
            submitted = pack_one(vocabulary.questions[steps.index(step)], sent) if sent else 0
        state = CheckState(
            council, rules.nation, rules.version, steps.index(step), self.site.seconds(), number,
            pack(vocabulary, answers), submitted,
        )  # fmt: skip
        return self.site.sealer.seal(state)


def _least(offers: object, exclusive: str | None) -> Ticked:
    return frozenset() if exclusive else frozenset([list(offers)[-1]])  # type: ignore[call-overload]


def _most(question: Asked, place: int) -> Ticked:
    options = list(question.offers)
    if question.many:
        return frozenset(options) - {question.exclusive or ""}
    return frozenset([options[min(place, len(options) - 1)]])


def _narrowed(rules: Rules, who: str) -> Rules:
    """The rules as they are for people who are checking for that one."""
    questions = tuple(
        replace(each, offers={who: each.offers[who]}) if each.id == rules.voice_question else each
        for each in rules.questions
    )
    return replace(rules, questions=questions)
