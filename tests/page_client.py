"""A test client that holds every page it fetches against what all pages promise."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from app.settings import ROOT
from app.web.security import THEME_SCRIPT_HASH
from app.web.site_words import load_site_words

PAGE = "text/html"
LANGUAGES = load_site_words(ROOT / "templates" / "words")
_HEADERS = {
    "Cache-Control": ("no-store", "the page may be stored"),
    "Referrer-Policy": ("no-referrer", "the page's address may leak"),
    "Strict-Transport-Security": (r"max-age=31536000; includeSubDomains", "browsers may come without HTTPS for a year"),
    "X-Content-Type-Options": ("nosniff", "content may be sniffed"),
    "Cross-Origin-Opener-Policy": ("same-origin", "a page that opens it may reach into it"),
    "Cross-Origin-Resource-Policy": ("same-origin|cross-origin", "it is not said which websites may use it"),
    "Permissions-Policy": (r"[a-z]+=\(\)(, [a-z]+=\(\))*", "it may ask for a camera or a place"),
}
"""What each header has to say, whole and as browsers read it, and what is wrong without."""
_HANDLER = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)


class BrokenPromiseError(AssertionError):
    """A page that breaks what all pages promise."""


class PageClient(FlaskClient):
    """Every response is checked; a page is also parsed as strictly as HTML allows."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        for fault in header_faults(response):
            raise BrokenPromiseError(fault)
        if response.mimetype == PAGE and response.data and not 300 <= response.status_code < 400:
            for fault in page_faults(response.get_data(as_text=True)):
                raise BrokenPromiseError(f"{response.request.path}: {fault}")
        return response


def header_faults(response: Response) -> list[str]:
    """What is wrong with the headers."""
    faults = []
    policy = response.headers.get("Content-Security-Policy", "")
    if "Set-Cookie" in response.headers:
        faults.append("a public page sets a cookie")
    if "Cookie" in response.headers.get("Vary", ""):
        faults.append("a public page varies by cookie")
    if not policy.startswith("default-src 'none'; ") or "unsafe" in policy or "*" in policy:
        faults.append(f"the content security policy is too weak: {policy!r}")
    for name, (wanted, fault) in _HEADERS.items():
        if not re.fullmatch(wanted, response.headers.get(name, "")):
            faults.append(fault)
    return faults


def page_faults(html: str) -> list[str]:
    """What is wrong with a page."""
    try:
        root = _tree(html)
    except html5lib.html5parser.ParseError as error:
        return [f"not valid HTML: {error}"]
    return [*_structure_faults(root), *_reference_faults(root), *_markup_faults(root, html)]


@lru_cache(maxsize=4)
def _tree(html: str) -> ET.Element:
    """The page as a tree, parsed once for whoever checks it and for the test that reads it. Nobody changes it."""
    found: ET.Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return found


def _structure_faults(root: ET.Element) -> list[str]:
    headings = root.findall(".//h1")
    titles = [title.text or "" for title in root.iter("title")]
    faults = []
    if len(headings) != 1:
        faults.append(f"there are {len(headings)} h1 headings")
    if len(titles) != 1 or not titles[0].strip():
        faults.append("there is not one title")
    elif headings and text_of(headings[0]) not in " ".join(titles[0].split()):
        faults.append(f"the title {titles[0]!r} does not hold the heading {text_of(headings[0])!r}")
    words = LANGUAGES.get(root.get("lang", ""))
    if words is None:
        faults.append("the page has no language")
    prefix = words.text("layout.error_prefix") if words else ""
    has_error = root.find(".//*[@class='govuk-error-summary']") is not None
    if bool(titles) and titles[0].lstrip().startswith(prefix) != has_error:
        faults.append("the title and the error summary disagree")
    if len(root.findall(".//main")) != 1:
        faults.append("there is not one main")
    levels = [int(each.tag[1]) for each in root.findall(".//main//*") if re.fullmatch(r"h[1-6]", str(each.tag))]
    for before, after in pairwise(levels):
        if after > before + 1:
            faults.append(f"a heading of level {after} follows one of level {before}")
    return faults


def _reference_faults(root: ET.Element) -> list[str]:
    ids = Counter(each.get("id") for each in root.iter() if each.get("id"))
    faults = [f"the id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    for each in root.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            faults += [
                f"{attribute} names {name!r}, which is not there"
                for name in (each.get(attribute) or "").split()
                if name not in ids
            ]
        target = each.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            faults.append(f"a link leads to {target}, which is not there")
    return faults


def _markup_faults(root: ET.Element, html: str) -> list[str]:
    faults = (
        ["a placeholder was not filled"]
        if re.search(r"%7B|\{[a-z_]+\}", re.sub(r"data-[a-z-]+=\"[^\"]*\"", "", html))
        else []
    )
    if _HANDLER.search(re.sub(r">[^<]*<", "><", html)):
        faults.append("a script handler stands in the markup")
    for each in root.iter():
        if each.get("style") is not None:
            faults.append("a style stands in the markup")
        if each.tag == "form" and each.get("action") is None:
            faults.append("a form has no action")
        if each.tag in ("input", "select") and each.get("required") is not None:
            faults.append("a field is left to the browser to check")
        if each.tag == "a" and not text_of(each):
            faults.append("a link has no text")
        link = each.get("href", "")
        if re.search(r"[?&]s=", link) and link.startswith(("/", "http")):
            faults.append("a link with a state would be printed")
    inline = [script.text or "" for script in root.iter("script") if not script.get("src")]
    if len(inline) != 1 or script_hash(inline[0]) != THEME_SCRIPT_HASH:
        faults.append("an inline script is not the one that the policy names")
    return faults


def script_hash(text: str) -> str:
    """As a content security policy names a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def text_of(element: ET.Element) -> str:
    """The text within an element, in single spaces."""
    return " ".join("".join(element.itertext()).split())


def parse(html: str) -> ET.Element:
    """The page as a tree."""
    try:
        return _tree(html)
    except html5lib.html5parser.ParseError:
        found: ET.Element = html5lib.parse(html, namespaceHTMLElements=False)
        return found
