"""The rules folder, read whole: every service with its vocabulary, the dated laws of its nations, and its words.

This is the engine's only contact with the disk. Whatever is wrong in any file is found here, all of it at once, before
anybody is asked anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.engine.dates import check_dates
from app.engine.document import Document, Model, read_document
from app.engine.law import Law
from app.engine.problem import LoadError, Problem
from app.engine.references import check_law, check_vocabulary
from app.engine.rules import Rules, compile_rules
from app.engine.translation import STALE, check_cited, check_translation
from app.engine.vocabulary import Vocabulary
from app.engine.withdrawn import WithdrawnVersion, WithdrawnVersions, check_withdrawn
from app.engine.wording import check_words
from app.engine.words import Words


@dataclass(frozen=True, slots=True)
class Service:
    """A thing people check eligibility for, read from ``folder``.

    ``laws`` holds the versions of each nation, oldest first; ``withdrawn`` those that were found wrong and taken back.
    """

    folder: Path
    vocabulary: Vocabulary
    laws: Mapping[str, tuple[Rules, ...]]
    words: Mapping[str, Words]
    withdrawn: tuple[WithdrawnVersion, ...] = ()

    @property
    def id(self) -> str:
        """Its name in addresses, which is that of its folder."""
        return self.folder.name

    def rules(self, nation: str, day: date) -> Rules | None:
        """The rules in force in a nation on a day; None where the service does not cover it."""
        begun = [rules for rules in self.laws.get(nation, ()) if rules.in_force <= day]
        return begun[-1] if begun and begun[-1].law.content.in_force.holds(day) else None

    def later(self, rules: Rules) -> tuple[Rules, ...]:
        """The rules of the same nation that begin after these, the nearest first."""
        return tuple(other for other in self.laws[rules.nation] if other.in_force > rules.in_force)

    def version(self, nation: str, version: str) -> Rules | None:
        """The rules of that version, so that a check begun under them can finish under them; None if withdrawn."""
        if self.withdrawn_version(version) is not None:
            return None
        return next((rules for rules in self.laws.get(nation, ()) if rules.version == version), None)

    def withdrawn_version(self, version: str) -> WithdrawnVersion | None:
        """What is kept of that version, if it was withdrawn."""
        return next((gone for gone in self.withdrawn if gone.version == version), None)


def load_rulebook(folder: Path) -> Mapping[str, Service]:
    """Every service in the folder, by id; raises LoadError with all that is wrong in it.

    A translation that has to be read again keeps nobody from being served.
    """
    services, problems = read_rulebook(folder)
    problems = [problem for problem in problems if problem.code != STALE]
    if problems:
        raise LoadError(problems)
    return services


def read_rulebook(folder: Path) -> tuple[Mapping[str, Service], list[Problem]]:
    """Every service whose law can be read, and all that is wrong in the folder."""
    paths = sorted(path.parent for path in folder.glob("*/service.yaml"))
    if not paths:
        return {}, [Problem(folder, 1, "unreadable", "no folder in it has a service.yaml")]
    services: dict[str, Service] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            services[path.name] = _read_service(path, problems)
        except LoadError as error:
            problems.extend(error.problems)
    return services, sorted(set(problems))


def load_law(path: Path) -> Rules:
    """One file of law by itself, with the ``service.yaml`` of the folder above its own; raises LoadError."""
    vocabulary = read_document(path.absolute().parents[1] / "service.yaml", Vocabulary)
    law = read_document(path, Law)
    faults = [*vocabulary.slips, *check_vocabulary(vocabulary), *law.slips, *check_law(law, vocabulary.content)]
    if faults:
        raise LoadError(faults)
    return compile_rules(vocabulary, law)


def load_draft(service: Service, nation: str, data: bytes) -> Rules:
    """A draft of a nation's law that somebody sent, with the service's own vocabulary; raises LoadError."""
    path = Path("draft.yaml")
    vocabulary = next(rules.vocabulary for laws in service.laws.values() for rules in laws)
    law = read_document(path, Law, data)
    faults = [*law.slips, *check_law(law, vocabulary.content)]
    if law.content.nation != nation:
        message = f"this is law of {law.content.nation!r}; write a draft for {nation!r}, or set it against that nation"
        faults.append(law.problem(("nation",), "other-nation", message))
    if faults:
        raise LoadError(faults)
    return compile_rules(vocabulary, law)


def _read_service(folder: Path, problems: list[Problem]) -> Service:
    """One service, its words' faults added to the problems; raises LoadError where its law cannot be read."""
    vocabulary, laws, faults = _read_law(folder)
    taken_back = list(_read(folder.glob("withdrawn.yaml"), WithdrawnVersions, faults))
    words = list(_read((folder / "words").glob("*.yaml"), Words, faults))
    faults += [slip for document in words for slip in document.slips]
    if any(fault.file.parent.name != "words" for fault in faults):
        raise LoadError(faults)
    compiled = [compile_rules(vocabulary, law) for law in laws]
    for found in taken_back:
        faults += [*found.slips, *check_withdrawn(found, vocabulary.content, compiled)]
    withdrawn = tuple(gone for found in taken_back for gone in found.content.versions)
    for document in words:
        faults.extend(check_words(document, vocabulary.content, compiled, [gone.id for gone in withdrawn]))
    first = next((each for each in words if each.content.language == vocabulary.content.languages[0]), None)
    for document in words:
        if first is not None and document is not first:
            faults += [*check_translation(document, first), *check_cited(document)]
    for language in vocabulary.content.languages:
        if not (folder / "words" / f"{language}.yaml").exists():
            message = f"there is no words/{language}.yaml; write it, or take the language out"
            faults.append(vocabulary.problem(("languages",), "text-missing", message))
    problems.extend(faults)
    return Service(
        folder,
        vocabulary.content,
        {nation: _dated(compiled, nation) for nation in vocabulary.content.nations},
        {document.content.language: document.content for document in words},
        withdrawn,
    )


def _read_law(folder: Path) -> tuple[Document[Vocabulary], list[Document[Law]], list[Problem]]:
    vocabulary = read_document(folder / "service.yaml", Vocabulary)
    faults = [*vocabulary.slips, *check_vocabulary(vocabulary)]
    if vocabulary.content.service != folder.name:
        message = f"the folder is named {folder.name!r}, so the service is too"
        faults.append(vocabulary.problem(("service",), "unknown-reference", message))
    laws = list(_read(folder.glob("*/[0-9]*.yaml"), Law, faults))
    for law in laws:
        faults += [*law.slips, *check_law(law, vocabulary.content), *_check_place(law)]
    faults.extend(check_dates(laws))
    return vocabulary, laws, faults


def _read(paths: Iterator[Path], model: type[Model], problems: list[Problem]) -> Iterator[Document[Model]]:
    for path in sorted(paths):
        try:
            yield read_document(path, model)
        except LoadError as error:
            problems.extend(error.problems)


def _dated(compiled: list[Rules], nation: str) -> tuple[Rules, ...]:
    return tuple(sorted((rules for rules in compiled if rules.nation == nation), key=lambda rules: rules.in_force))


def _check_place(law: Document[Law]) -> Iterator[Problem]:
    content = law.content
    if content.nation != law.path.parent.name:
        message = f"the file lies in the folder {law.path.parent.name!r}, so that is its nation"
        yield law.problem(("nation",), "unknown-reference", message)
    if not law.path.stem.startswith(content.in_force.from_.isoformat()):
        message = f"the file is named {law.path.stem}; a name begins with the day from which the law is in force"
        yield law.problem(("in_force",), "unknown-reference", message)
