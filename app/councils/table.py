"""CSV files read strictly, every row with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.engine.problem import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file, by column, and the line on which it ends."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def problem(self, code: str, message: str) -> Problem:
        """A fault in this row."""
        return Problem(self.file, self.line, code, message)


def read_table(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> tuple[Row, ...]:
    """The rows of a file with exactly these columns.

    What is wrong is added to the problems, and rows with too many or too few cells are left out.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(_rows(path, file, columns, problems))
    except OSError as error:
        problems.append(Problem(path, 1, "unreadable", f"the file cannot be read: {error.strerror}"))
    except UnicodeDecodeError:
        problems.append(Problem(path, 1, "not-utf-8", "save the file as UTF-8 text"))
    except csv.Error as error:
        problems.append(Problem(path, 1, "not-csv", f"this is not CSV: {error}"))
    return ()


def _rows(path: Path, file: Iterator[str], columns: tuple[str, ...], problems: list[Problem]) -> Iterator[Row]:
    reader = csv.reader(file, strict=True)
    if tuple(next(reader, ())) != columns:
        problems.append(Problem(path, 1, "bad-columns", f"write this first line: {','.join(columns)}"))
        return
    for cells in reader:
        if len(cells) != len(columns):
            message = f"the row has {len(cells)} cells; write {len(columns)}, and quote any that holds a comma"
            problems.append(Problem(path, reader.line_num, "bad-row", message))
            continue
        yield Row(path, reader.line_num, dict(zip(columns, cells, strict=True)))
