"""Whatever is sent, as made from the description: no crash, and nothing answered that is not declared."""

from __future__ import annotations

import os
from typing import Any

import schemathesis
from hypothesis import settings
from schemathesis import Case

from app import create_app
from app.api.operation import BASE
from app.settings import Settings

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "30"))

# Made as the tests are collected, since there is a test for each operation of the description.
schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", create_app(Settings(examples=True)))


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)
def test_no_request_brings_an_undeclared_answer(case: Case[Any]) -> None:
    case.call_and_validate()
