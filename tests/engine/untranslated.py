"""The rules in their first language alone, for tests of faults that no other language is to repeat."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from app.settings import ROOT


def copy_untranslated(folder: Path) -> None:
    """A copy of the rules, without the words in other languages."""
    shutil.copytree(ROOT / "rules", folder)
    for path in folder.glob("*/service.yaml"):
        text, count = re.subn(r"(?m)^languages: \[(\w+).*\]$", r"languages: [\1]", path.read_text())
        assert count == 1
        path.write_text(text)
        first = text.partition("languages: [")[2].partition("]")[0]
        for words in (path.parent / "words").glob("*.yaml"):
            if words.stem != first:
                words.unlink()
