"""The law of a nation, compiled: criteria as formulas over the questions, ready to decide with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.engine.condition import Condition, compile_condition
from app.engine.formula import Formula, Value, every

if TYPE_CHECKING:
    from app.engine.document import Document
    from app.engine.law import Intended, Law, Note, Source
    from app.engine.vocabulary import Question, Route, Vocabulary, Voice


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as this nation asks it, with the options that its people can be offered."""

    id: str
    many: bool
    exclusive: str | None
    ask_when: Formula
    offers: Mapping[str, Formula]
    unsure: frozenset[str] = frozenset()
    ceiling: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A provision: ``applies`` says to whom it is addressed, ``test`` what it asks of them."""

    id: str
    route: str
    applies: Formula
    test: Formula
    sources: tuple[Source, ...]
    evidence: tuple[str, ...]
    confirmed: bool
    contact_first: bool

    @property
    def whole(self) -> Formula:
        """Met when the provision applies and its test is met."""
        return every([self.applies, self.test])


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say on the outcome page to those whom ``when`` fits."""

    note: Note
    when: Formula


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """One version of a nation's law, and the files it was read from. ``version`` is a digest of all that decides."""

    service: str
    nation: str
    version: str
    in_force: date
    checked: date
    routes: tuple[Route, ...]
    voice_question: str
    voices: Mapping[str, Voice]
    questions: tuple[Asked, ...]
    criteria: tuple[Criterion, ...]
    remarks: tuple[Remark, ...]
    longest_journey: int
    vocabulary: Document[Vocabulary]
    law: Document[Law]
    impossible: tuple[Formula, ...] = ()
    intended: tuple[Intended, ...] = ()

    @property
    def digests(self) -> tuple[str, str]:
        """The digests of the two files as they were written, comments and all."""
        return self.vocabulary.digest, self.law.digest

    def question(self, question_id: str) -> Asked:
        """The question of that id; KeyError if there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


def compile_rules(vocabulary: Document[Vocabulary], law: Document[Law]) -> Rules:
    """The rules of one law file; both documents must have passed the checks of their references."""
    words, text = vocabulary.content, law.content
    named: dict[str, Formula] = {}
    for name, condition in {**words.conditions, **text.conditions}.items():
        named[name] = compile_condition(condition, named)

    def compiled(condition: Condition | None) -> Formula:
        return Value.MET if condition is None else compile_condition(condition, named)

    def asked(question: Question) -> Asked:
        offers = {
            option.id: compiled(option.when)
            for option in question.options
            if not option.nations or text.nation in option.nations
        }
        many = question.kind == "many"
        return Asked(
            id=question.id,
            many=many,
            exclusive=question.exclusive,
            ask_when=compiled(question.ask_when),
            offers=offers,
            unsure=frozenset(question.unsure),
            ceiling=question.ceiling,
        )

    return Rules(
        service=words.service,
        nation=text.nation,
        version=_version(words, text),
        in_force=text.in_force.from_,
        checked=text.checked,
        routes=words.routes,
        voice_question=words.voice.question,
        voices=words.voice.options,
        questions=tuple(asked(question) for question in words.questions),
        criteria=tuple(
            Criterion(
                id=criterion.id,
                route=criterion.route,
                applies=named[criterion.applies],
                test=compiled(criterion.when),
                sources=tuple(text.sources[source] for source in criterion.sources),
                evidence=criterion.evidence,
                confirmed=criterion.confidence == "high",
                contact_first=criterion.contact_first,
            )
            for criterion in text.criteria
        ),
        remarks=tuple(Remark(note, compiled(note.when)) for note in text.notes),
        longest_journey=words.longest_journey,
        vocabulary=vocabulary,
        law=law,
        intended=text.intended,
        impossible=tuple(compiled(assumed.when) for assumed in words.impossible),
    )


def _version(vocabulary: Vocabulary, law: Law) -> str:
    """A digest of all that asks and decides, and of nothing else: a source mended leaves checks as they are."""
    asks = vocabulary.model_dump_json(
        include={"service", "routes", "conditions", "questions"},
        exclude={"questions": {"__all__": {"unsure", "ceiling"}}},
    )
    decides = law.model_dump_json(
        include={
            "nation": True,
            "in_force": True,
            "conditions": True,
            "criteria": {"__all__": {"id", "route", "applies", "when"}},
        }
    )
    return hashlib.sha256(f"{asks}\n{decides}".encode()).hexdigest()[:12]
