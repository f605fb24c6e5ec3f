from __future__ import annotations

import pytest

from app.councils.origin import check_origin
from app.engine.problem import ProblemFound

GOOD = (
    "https://www.northfold.example",
    "https://www.northfold.example:8443",
    "https://xn--mn-lka.example",
    "https://a.b-c.d1.gov.uk",
    "https://localhost:8443",
    "http://localhost",
    "http://localhost:8080",
    "http://127.0.0.1:5000",
    "http://www.localhost:81",
    "http://embedder.test:8082",
    "http://www.northfold.test",
)
CORRECTED = {
    "http://www.northfold.example": "https://www.northfold.example",
    "https://www.northfold.example/": "https://www.northfold.example",
    "https://www.northfold.example/blue-badge": "https://www.northfold.example",
    "https://www.northfold.example?a=b": "https://www.northfold.example",
    "https://www.northfold.example#top": "https://www.northfold.example",
    "https://WWW.Northfold.example": "https://www.northfold.example",
    "HTTPS://www.northfold.example": "https://www.northfold.example",
    "https://www.northfold.example.": "https://www.northfold.example",
    "https://www.northfold.example:443": "https://www.northfold.example",
    "https://www.northfold.example:08443": "https://www.northfold.example:8443",
    "http://www.northfold.example:80": "https://www.northfold.example",
    "http://embedder.test:80": "http://embedder.test",
    "http://embedder.test.evil.example": "https://embedder.test.evil.example",
    "http://nottest.example:8080": "https://nottest.example:8080",
}
REFUSED = (
    "",
    "*",
    "'self'",
    "https:",
    "https://",
    "https://*",
    "https://*.northfold.example",
    "https://www.northfold.example:*",
    "http://embedder.test:*",
    "https://www.northfold.example:0",
    "https://www.northfold.example:65536",
    "https://user@www.northfold.example",
    "https://www.northfold.example https://evil.example",
    "https://www.northfold.example; script-src *",
    "https://www.northfold.example,evil.example",
    "https://intranet",
    "http://test",
    "https://192.0.2.1",
    "https://[2001:db8::1]",
    "https://northföld.example",
    "https://-northfold.example",
    "https://north_fold.example",
    "https://www..example",
    "www.northfold.example",
    "//www.northfold.example",
    "ftp://www.northfold.example",
    "data:text/html,x",
    f"https://{'a' * 64}.example",
    f"https://{'abcdefgh.' * 30}example",
)


@pytest.mark.parametrize("origin", GOOD)
def test_an_exact_origin_is_kept(origin: str) -> None:
    assert check_origin(origin) == origin


@pytest.mark.parametrize(("written", "meant"), CORRECTED.items())
def test_a_near_miss_is_told_what_to_write(written: str, meant: str) -> None:
    with pytest.raises(ProblemFound, match="is not an exact origin; write ") as caught:
        check_origin(written)
    assert f"write {meant} (" in str(caught.value)
    assert check_origin(meant) == meant


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ProblemFound, match="write one exact origin such as https://") as caught:
        check_origin(text)
    assert caught.value.code == "bad-embedder"


@pytest.mark.parametrize("gap", [" ", "\n", "\t", "\r"])
@pytest.mark.parametrize("place", ["before", "within", "after"])
def test_no_white_space_reaches_a_header(gap: str, place: str) -> None:
    origin = "https://www.northfold.example"
    text = {"before": gap + origin, "within": origin.replace("north", f"north{gap}"), "after": origin + gap}[place]
    with pytest.raises(ProblemFound):
        check_origin(text)
