"""The reviewed list: names and quoted words that count as one plain word, and texts that have to stand as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from app.engine.document import Strict, load_document


class Reviewed(Strict):
    """The file ``names.yaml``; each entry with its reason.

    ``names`` are words that a person has to find as they are, on a paper or in a law. ``prescribed`` are the keys of
    texts whose words are laid down by law or licence. ``helper`` are phrases in which ``you`` is always the reader.
    """

    names: Mapping[str, str]
    prescribed: Mapping[str, str]
    helper: Mapping[str, str]

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds a name, with the short form that may follow it in brackets; None if there are no names."""
        longest_first = sorted(self.names, key=len, reverse=True)
        if not longest_first:
            return None
        return re.compile(rf"(?i:(?<!\w)(?:{'|'.join(map(re.escape, longest_first))}))(?: \([A-Z]\w+\))?(?!\w)")

    def without(self, section: str, entry: str) -> Reviewed:
        """The same list with one entry fewer."""
        left = {name: why for name, why in getattr(self, section).items() if name != entry}
        return Reviewed.model_validate({**self.model_dump(), section: left})


def load_reviewed() -> Reviewed:
    """The list as it stands."""
    return load_document(Path(__file__).parent / "names.yaml", Reviewed).content
