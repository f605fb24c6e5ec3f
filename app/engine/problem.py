"""What is wrong in a file, told so that its author can mend it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: a stable code, where it is, what is wrong and what to write instead."""

    file: Path
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code}: {self.message}"


class LoadError(Exception):
    """Everything that is wrong in the files that were read, not only the first thing."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class ProblemFound(ValueError):  # noqa: N818 - pydantic gathers it; it is not raised past the loader
    """Raised inside a model's validator to give the fault a code of its own."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)
