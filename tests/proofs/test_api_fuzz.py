"""Whatever is sent, as made from the description: no crash, and nothing answered that is not declared."""

from __future__ import annotations

import os
from typing import Any

import schemathesis
from hypothesis import settings
from schemathesis import Case, HookContext

from app import create_app
from app.api.operation import BASE
from app.settings import Settings

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "30"))

# Made as the tests are collected, since there is a test for each operation of the description.
schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", create_app(Settings(examples=True)))

COUNCILS = ("kent", "northfold", "cardiff", "fife", "northern-ireland", "lough-fenn")


@schema.hook
def map_path_parameters(_context: HookContext, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Most often a council that there is: hardly any name made up at random is one."""
    if not path_parameters or "council" not in path_parameters:
        return path_parameters
    made_up = str(path_parameters["council"])
    known = (*COUNCILS, made_up)
    return {**path_parameters, "council": known[sum(made_up.encode()) % len(known)]}


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)
def test_no_request_brings_an_undeclared_answer(case: Case[Any]) -> None:
    case.call_and_validate()
