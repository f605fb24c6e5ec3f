"""What ``docs/api.md`` shows is what the API does. The script in it runs in ``e2e/test_api.py``."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any
from urllib.parse import urlsplit

from app.settings import ROOT
from tests.page_client import PageClient

GUIDE = (ROOT / "docs/api.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def holds(whole: Any, part: Any) -> bool:
    """Whether the part is what is left of the whole when keys and items at the end are cut off."""
    if isinstance(part, dict):
        return all(key in whole and holds(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return len(part) <= len(whole) and all(map(holds, whole, part))
    return bool(whole == part)


def test_the_command_in_the_guide_answers_as_the_guide_says(client: PageClient) -> None:
    [command] = blocks("sh")
    program, address, *options = shlex.split(command.replace("\\\n", ""))
    assert (program, options[0::2]) == ("curl", ["-H", "-d"])
    name, _, kind = options[1].partition(": ")
    assert name == "Content-Type"
    first, last = (json.loads(block) for block in blocks("json"))
    path = urlsplit(address).path
    said = client.post(path, data=options[3], content_type=kind).get_json()
    assert holds(said, first)
    assert holds(client.post(path, json={"answers": last["answers"]}).get_json(), last)


def test_the_guide_names_no_key_or_problem_that_does_not_exist(client: PageClient) -> None:
    document = client.get("/api/v1/openapi.json").text
    named = set(re.findall(r"`([a-z_-]+)`", GUIDE)) - {"embedders", "ask", "show", "many"}
    assert len(named) > 8
    assert {name for name in named if f'"{name}"' not in document} == set()
