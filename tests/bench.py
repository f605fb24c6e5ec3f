"""What a decision, a proof and a page cost, measured side by side. Figures to read as ratios: machines differ."""

from __future__ import annotations

import logging
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from urllib.parse import urljoin

from flask import Flask

from app import create_app
from app.checker.check import Check
from app.checker.question_form import QuestionForm
from app.checker.visit import read_address, visit
from app.engine.answers import parse_answers
from app.engine.closest import nearest_changes
from app.engine.decision import decide
from app.engine.formula import Comparison, Formula, Value, every
from app.engine.graph import explore
from app.engine.prover import prove
from app.engine.rulebook import load_rulebook
from app.engine.rules import Asked, Rules
from app.settings import ROOT, Settings
from app.web.pages import words
from tests.bench_councils import bench_councils
from tests.bench_tallies import bench_tallies
from tests.engine.people import made_up_people
from tests.engine.small_rules import rules_of

ROUNDS = 9
START = "/kent/blue-badge/en/check"


def cpu_ms(work: Callable[[], object], times: int) -> float:
    """Median CPU milliseconds of one call, over rounds of ``times`` calls."""
    work()
    found = []
    for _ in range(ROUNDS):
        before = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - before) * 1000 / times)
    return statistics.median(found)


def show(name: str, ms: float, against: float) -> None:
    print(f"{name:<58} {ms:9.3f} ms  {ms / against:7.1f} x")


def bench_rules() -> None:
    service = load_rulebook(ROOT / "rules")["blue-badge"]
    rules = next(laws[-1] for laws in service.laws.values() if laws)
    people = [parse_answers(service.vocabulary, person) for person in made_up_people(service.vocabulary, 200, seed=1)]
    decisions = [decide(rules, person) for person in people]
    each = cpu_ms(lambda: [decide(rules, person) for person in people], 1) / len(people)
    nearest = cpu_ms(lambda: [nearest_changes(rules, decision) for decision in decisions], 1) / len(people)
    print("Rules")
    show("a decision with all its reasons, steps remembered", each, each)
    show("the nearest changes for it", nearest, each)
    show("loading and checking the rules folder", cpu_ms(lambda: load_rulebook(ROOT / "rules"), 1), each)
    show("the whole graph of a nation", cpu_ms(lambda: explore(rules), 1), each)


def made_up_rules(criteria: int, questions: int, options: int, apart: int = 1) -> Rules:
    """Rules of a size, each criterion about two questions so many ``apart``; every fourth takes several answers."""
    offers: dict[str, Formula] = {**{str(number): Value.MET for number in range(options)}, "none": Value.MET}
    asked = tuple(
        Asked(f"q{number}", number % 4 == 0, None if number % 4 else "none", Value.MET, offers)
        for number in range(questions)
    )

    def test(number: int) -> Formula:
        first = number % (questions - apart)
        met = frozenset({str(number % options)})
        return every([Comparison(f"q{place}", met, frozenset({"none"} - met)) for place in (first, first + apart)])

    return rules_of(asked, [("maybe", Value.MET, test(number)) for number in range(criteria)])


def bench_proofs() -> None:
    print("\nProving rules that grow, each against the first: criteria / questions / options / apart")
    for name, sizes in (
        ("criteria", [(many, 16, 6) for many in (15, 30, 60)]),
        ("questions", [(many - 1, many, 6) for many in (8, 16, 32)]),
        ("options", [(15, 16, many) for many in (4, 8, 16)]),
        ("questions between the two of a criterion", [(15, 16, 4, many) for many in (1, 2, 4)]),
    ):
        base = 0.0
        for size in sizes:
            clear_memory()
            ms = once_ms(lambda size=size: prove(made_up_rules(*size)))  # type: ignore[misc]
            base = base or ms
            show(f"{name}: {' / '.join(map(str, size))}", ms, base)


def clear_memory() -> None:
    """Forgets all that the engine worked out before, so that each size pays for itself."""
    engine = [module for name, module in sys.modules.items() if name.startswith("app.engine.")]
    for remembered in (each for module in engine for each in vars(module).values() if hasattr(each, "cache_clear")):
        remembered.cache_clear()


def once_ms(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


def bench_pages() -> None:
    app = create_app(Settings())
    app.add_url_rule("/<council>/<service>/<language>/usual", "usual", usual_page)
    app.url_value_preprocessor(lambda endpoint, values: read_address(endpoint, values) if endpoint == "usual" else None)
    client = app.test_client()
    address = urljoin(START, client.get(START).headers["Location"])
    html = client.get(address).get_data(as_text=True)

    bare = Flask("bare")
    source = html.replace("{", "{{ '{' }}").replace("Who are you", "{{ title }}", 1)
    template = bare.jinja_env.from_string(source)
    bare.add_url_rule("/", "page", lambda: template.render(title="Who are you"))
    bare_client = bare.test_client()

    times = 40
    base = cpu_ms(lambda: bare_client.get("/"), times)
    usual = cpu_ms(lambda: client.get("/kent/blue-badge/en/usual"), times)
    ours = cpu_ms(lambda: client.get(address), times)
    print(f"\nA question page of {len(html.encode())} bytes, CPU for one request")
    show("bare Flask and Jinja, the same bytes", base, base)
    show("the usual way: a WTForms field through the macros", usual, base)
    show("this service: sealed state, journey, field, macros, headers", ours, base)


def usual_page() -> str:
    """The same page without state or journey: a form made and rendered through the macros for each request."""
    here = visit()
    rules = here.rules
    if rules is None:
        raise LookupError
    put = Check.begin(here, rules).put(rules.questions[0].id)
    if put is None:
        raise LookupError
    asked = QuestionForm(put)
    form = asked.form()
    return here.page(
        "check/question.html",
        title=put.title,
        why="",
        counts_for=(),
        field=form[put.question.id],
        many=put.question.many,
        params=asked.params(form, words().text("question.or"), words().text("layout.error")),
        error=None,
        token="",
        back="start",
    )


def main() -> None:
    logging.disable(logging.INFO)
    print(f"{date.today().isoformat()}, median of {ROUNDS} rounds\n")
    bench_rules()
    bench_proofs()
    bench_pages()
    bench_councils()
    bench_tallies()


if __name__ == "__main__":
    main()
