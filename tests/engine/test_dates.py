"""On every day one version of the law holds, and a folder in which none or two would does not load."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import create_app
from app.engine.problem import LoadError
from app.engine.rulebook import load_rulebook
from app.settings import Settings
from tests.engine.change_of_law import CHANGE_DAY, LAW, NOTHING, change_law, end_law
from tests.engine.untranslated import copy_untranslated

EVE = date(2026, 12, 31)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_untranslated(tmp_path / "rules")
    return tmp_path / "rules"


@pytest.mark.parametrize("until", [None, EVE])
def test_a_law_holds_until_the_next_begins(folder: Path, until: date | None) -> None:
    change_law(folder, NOTHING)
    if until:
        end_law(folder / "blue-badge" / LAW, until)
    service = load_rulebook(folder)["blue-badge"]
    old, new = service.laws["england"]
    assert service.rules("england", date(2019, 8, 29)) is None
    assert service.rules("england", date(2019, 8, 30)) is old
    assert service.rules("england", EVE) is old
    assert service.rules("england", CHANGE_DAY) is new
    assert service.rules("england", date(2099, 1, 1)) is new
    assert service.version("england", old.version) is old
    assert (service.later(old), service.later(new)) == ((new,), ())


@pytest.mark.parametrize(
    ("until", "last_until", "code", "file", "said"),
    [
        (date(2026, 12, 30), None, "date-gap", "2019-08-30.yaml", "between 2026-12-30 and 2027-01-01"),
        (CHANGE_DAY, None, "date-overlap", "2019-08-30.yaml", "2027-01-01.yaml begins on 2027-01-01"),
        (date(2030, 1, 1), None, "date-overlap", "2019-08-30.yaml", "end this file on the day before"),
        (None, date(2027, 6, 30), "date-gap", "2027-01-01.yaml", "nobody in england has law after 2027-06-30"),
    ],
)
def test_a_day_without_law_or_with_two_stops_the_start(
    folder: Path, until: date | None, last_until: date | None, code: str, file: str, said: str
) -> None:
    later = change_law(folder, NOTHING)
    for path, last_day in ((folder / "blue-badge" / LAW, until), (later, last_until)):
        if last_day:
            end_law(path, last_day)
    with pytest.raises(SystemExit) as stopped:
        create_app(Settings(rules=folder))
    [line] = str(stopped.value).splitlines()
    assert f"england/{file}:7: {code}: " in line
    assert said in line


def test_after_the_last_day_of_a_law_none_holds_even_where_an_earlier_one_has_no_end(folder: Path) -> None:
    change_law(folder, NOTHING)
    service = load_rulebook(folder)["blue-badge"]
    old, new = service.laws["england"]
    in_force = new.law.content.in_force.model_copy(update={"until": date(2027, 6, 30)})
    ended = replace(new, law=replace(new.law, content=new.law.content.model_copy(update={"in_force": in_force})))
    service = replace(service, laws={"england": (old, ended)})
    assert service.rules("england", date(2027, 6, 30)) is ended
    assert service.rules("england", date(2027, 7, 1)) is None


def test_the_dates_of_one_nation_say_nothing_of_another(folder: Path) -> None:
    change_law(folder, NOTHING)
    end_law(folder / "blue-badge/wales/2016-10-01.yaml", date(2030, 1, 1))
    with pytest.raises(LoadError, match="nobody in wales has law after 2030-01-01") as caught:
        load_rulebook(folder)
    assert [problem.code for problem in caught.value.problems] == ["date-gap"]
