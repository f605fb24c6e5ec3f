"""Councils by the hundred, each of which says all that a council can say, and nothing that another one says."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.councils.palette import ROLES, nearest
from app.settings import ROOT

REGISTER = ROOT / "councils" / "register"
HEADER = "slug,name,name_cy,nation,gss_code,tier,website,blue_badge_page,start,end,replaced_by"
DISTRICTS = "slug,name,nation,gss_code,issuing_authority,start,end,replaced_by"
# Numbers that Ofcom keeps for use in drama, a thousand under each.
_PHONES = (
    *("01632 960", "0113 4960", "0114 4960", "0115 4960", "0116 4960", "0117 4960", "0121 4960", "0131 4960"),
    *("0141 4960", "0151 4960", "0161 4960", "0191 4980", "020 79460"),
)
_BEGINNING = 6
_FEES = {"england": "£9.{:02}", "scotland": "£19.{:02}", "northern_ireland": "£7.{:02}", "wales": "none"}


@dataclass(frozen=True, slots=True)
class Said:
    """What one council says that no other does."""

    slug: str
    name: str
    welsh_name: str
    nation: str
    number: int

    @property
    def phone(self) -> str:
        return f"{_PHONES[self.number // 1000]}{self.number % 1000:03}"

    @property
    def email(self) -> str:
        return f"badges@mail.{self.slug}.example"

    @property
    def apply(self) -> str:
        return f"https://apply.{self.slug}.example/badge"

    @property
    def host(self) -> str:
        return f"badges.{self.slug}.example"

    @property
    def embedder(self) -> str:
        return f"https://www.{self.slug}.example"

    @property
    def fee(self) -> str:
        return _FEES[self.nation].format(self.number % 100)

    @property
    def fee_told(self) -> str:
        """The fee as the outcome page tells it."""
        return "does not charge" if self.fee == "none" else f"charges {self.fee} for a badge"

    @property
    def own_words(self) -> str:
        return f"Ask at desk {self.slug}-{self.number}."

    @property
    def welsh(self) -> bool:
        """Whether its pages are in Welsh too: in Wales always, elsewhere every other council's."""
        return self.nation == "wales" or self.number % 2 == 0

    @property
    def own_welsh_words(self) -> str:
        """What it says in Welsh, whether or not it says it."""
        return f"Gofynnwch wrth ddesg {self.slug}-{self.number}."

    @property
    def telling(self) -> tuple[str, ...]:
        """What may stand on no other council's pages."""
        return (
            self.name,
            self.phone,
            self.email,
            self.apply,
            self.host,
            self.embedder,
            self.own_words,
            self.own_welsh_words,
        )

    def write(self, folder: Path) -> None:
        """The council's folder."""
        home = folder / self.slug
        home.mkdir(parents=True)
        (home / "council.yaml").write_text(self._file(), encoding="utf-8")
        (home / "logo.svg").write_text(self._logo(), encoding="utf-8")

    def _file(self) -> str:
        colours = {role: nearest(role, f"#{self._shade(place):06x}") for place, role in enumerate(ROLES)}
        lines = [f"  {role}: '{colour}'" for role, colour in colours.items()]
        words = self._text(self.own_words, self.own_welsh_words)
        hours = self._text("'Monday to Friday, 9am to 5pm'", "'Dydd Llun i ddydd Gwener, 9am i 5pm'")
        return "\n".join(
            [
                f"languages: [{'en, cy' if self.welsh else 'en'}]",
                "links:",
                f"  website: {self.embedder}/",
                f"  apply: {self.apply}",
                "contacts:",
                f"  phone: {self.phone}",
                f"  email: {self.email}",
                "  address: [Badge team, Council offices]",
                f"  opening_hours: {hours}",
                f"fee: {self.fee}",
                f"decides_within_weeks: {self.number % 50 + 2}",
                "colours:",
                *lines,
                "words:",
                f"  start: {words}",
                f"  apply: {words}",
                f"footer: [{{text: {self._text('Home', 'Hafan')}, link: {self.embedder}/home}}]",
                f"hosts: [{self.host}]",
                f"embedders: [{self.embedder}]",
                "",
            ]
        )

    def _text(self, english: str, welsh: str) -> str:
        return f"{{en: {english}, cy: {welsh}}}" if self.welsh else f"{{en: {english}}}"

    def _shade(self, place: int) -> int:
        return (self.number * 7919 + place * 104729) % 0x1000000

    def _logo(self) -> str:
        path = f'<path fill="#{self._shade(9):06x}" d="M0 64 L{self.number % 90 + 5} 0 L100 64 Z"/>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 64">{path}</svg>\n'


def register_councils() -> tuple[Said, ...]:
    """One for each authority of the register that issues badges today."""
    with (REGISTER / "issuing_authorities.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["start"]]
    return tuple(
        Said(row["slug"], row["name"], row["name_cy"] or row["name"], row["nation"], number)
        for number, row in enumerate(rows)
    )


def write_register_councils(folder: Path) -> Mapping[str, Said]:
    """A folder of councils with our register, and for each authority a folder of its own; by slug."""
    shutil.copytree(REGISTER, folder / "register")
    said = {each.slug: each for each in register_councils()}
    for each in said.values():
        each.write(folder)
    return said


def write_many_councils(folder: Path, count: int, *, branded: bool = True) -> None:
    """A folder of so many invented councils, one after another from each nation; each with a folder if ``branded``."""
    (folder / "register").mkdir(parents=True)
    said = tuple(_invented(count))
    rows = [
        f"{each.slug},{each.name},{each.welsh_name if each.nation == 'wales' else ''},{each.nation},,unitary,,,,,"
        for each in said
    ]
    (folder / "register/issuing_authorities.csv").write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    (folder / "register/lower_tier_councils.csv").write_text(f"{DISTRICTS}\n", encoding="utf-8")
    for each in said if branded else ():
        each.write(folder)


def _invented(count: int) -> Iterator[Said]:
    nations = tuple(_FEES)
    for number in range(count):
        name, nation = f"Invented Council Number {number:05}", nations[number % len(nations)]
        yield Said(f"council-{number}", name, f"Cyngor {number:05}" if nation == "wales" else name, nation, number)


def missing(said: Said, page: str, content: str, wanted: tuple[str, ...]) -> Iterator[str]:
    """What should stand on a council's page and does not."""
    for text in wanted:
        if text not in content:
            yield f"{said.slug}, {page}: {text!r} is missing"


def foreign(said: Said, page: str, content: str, councils: tuple[Said, ...]) -> Iterator[str]:
    """What stands on a council's page and is another's."""
    own = "\n".join(said.telling)
    find = _finder(councils)
    for line in dict.fromkeys(content.splitlines()):
        for other, text in find(line):
            if text not in own:
                yield f"{said.slug}, {page}: {text!r} is {other.slug}'s"


@cache
def _finder(councils: tuple[Said, ...]) -> Callable[[str], tuple[tuple[Said, str], ...]]:
    """What in a line is told by which council. Most lines stand on every page, and are looked through once."""
    told = defaultdict[str, list[tuple[Said, str]]](list)
    for said in councils:
        for text in said.telling:
            assert len(text) >= _BEGINNING, text
            told[text[:_BEGINNING]].append((said, text))

    @cache
    def find(line: str) -> tuple[tuple[Said, str], ...]:
        beginnings = {line[place : place + _BEGINNING] for place in range(len(line))}
        return tuple((said, text) for each in told.keys() & beginnings for said, text in told[each] if text in line)

    return find
