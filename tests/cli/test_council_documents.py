from __future__ import annotations

from pathlib import Path

import html5lib
import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from app.cli.council_documents import DOCUMENTS
from app.settings import Settings
from tests.page_client import text_of


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["councils", "documents", *arguments])


@pytest.mark.parametrize(
    ("council", "address"),
    [
        ("kent", "https://checker.example/kent/blue-badge/en/start"),
        ("argleton", "https://checker.example/argleton/blue-badge/en/start"),
        ("northfold", "https://blue-badge.northfold.test/blue-badge/en/start"),
    ],
)
def test_files_are_written_each_whole_in_itself(council: str, address: str, tmp_path: Path) -> None:
    app = create_app(Settings(service_hosts=("checker.example",), examples=True))
    result = run(app, council, "--into", str(tmp_path / "new"))
    assert result.exit_code == 0, result.output
    paths = [tmp_path / "new" / f"{council}-{name}.{language}.html" for language in ("en", "cy") for name in DOCUMENTS]
    assert result.stdout.split() == [str(path) for path in paths]
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found = app.extensions["councils"].get(council, app.extensions["site"].today())
    for path in paths:
        root = parser.parse(path.read_text(encoding="utf-8"))
        assert not [each.tag for each in root.iter() if each.tag in ("link", "script", "img")]
        assert [
            each.get("href")
            for each in root.iter("a")
            if not str(each.get("href")).startswith(("https:", "http:", "#"))
        ] == []
        assert len(root.findall(".//h1")) == 1
        language = path.stem.rpartition(".")[2]
        assert root.get("lang") == language
        assert found.name(language) in text_of(root)
        assert "-privacy." in path.name or address.replace("/en/", f"/{language}/") in text_of(root)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("adur",), "'adur' issues no badges"),
        (("kent",), "SERVICE_HOSTS is not set"),
        (("kent", "--at", "checker.example"), "write it as https://checker.example"),
        (("kent", "--at", "https://<b>"), "write it as https://checker.example"),
    ],
)
def test_what_cannot_be_written_says_what_to_do(
    app: Flask, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = run(app, *arguments, "--into", str(tmp_path))
    assert result.exit_code == 1
    assert told in result.output
    assert list(tmp_path.iterdir()) == []


def test_where_the_service_is_can_be_said(app: Flask, tmp_path: Path) -> None:
    assert run(app, "kent", "--into", str(tmp_path), "--at", "https://checker.example").exit_code == 0
    assert "https://checker.example/kent/blue-badge/en/start" in (tmp_path / "kent-accessibility.en.html").read_text()
