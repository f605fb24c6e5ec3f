"""The form of the studio as a browser sends it: every field that the page holds, with what is changed."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.page_client import PageClient, parse, text_of


def fields_of(html: str) -> dict[str, str]:
    """What a browser would send of a page as it stands, but for buttons and files."""
    found: dict[str, str] = {}
    for each in parse(html).iter():
        name, kind = each.get("name"), each.get("type", "text")
        if each.tag == "textarea" and name:
            found[name] = "".join(each.itertext()).replace("\n", "\r\n")
        if each.tag == "input" and name and (kind in ("text", "hidden") or each.get("checked") is not None):
            found[name] = each.get("value", "")
    return found


def begin(client: PageClient, council: str = "northfold") -> dict[str, str]:
    """The form as it stands for a council."""
    response = client.get(f"/studio?council={council}")
    assert response.status_code == 200
    return fields_of(response.text)


def send(client: FlaskClient, fields: dict[str, str], act: str = "show", **files: tuple[bytes, str]) -> TestResponse:
    """The answer to the form, sent by the button that says ``act``."""
    data: dict[str, Any] = {**fields, "act": act}
    data |= {name: (BytesIO(content), filename) for name, (content, filename) in files.items()}
    return client.post("/studio", data=data, content_type="multipart/form-data")


def errors(html: str) -> dict[str, str]:
    """The message beside each field, by the id of the field."""
    return {
        (each.get("id") or "").removesuffix("-error"): text_of(each).removeprefix("Error: ")
        for each in parse(html).iter("p")
        if "govuk-error-message" in (each.get("class") or "")
    }


def summary(html: str) -> dict[str | None, str]:
    """The links of the error summary, by the id that they lead to."""
    found = parse(html).find(".//*[@class='govuk-error-summary']")
    links = [] if found is None else found.findall(".//li/*")
    return {(each.get("href") or "")[1:] or None: text_of(each) for each in links}


def preview(html: str, page: str) -> str:
    """The page in a preview."""
    box = parse(html).find(f".//*[@data-preview='{page}']/iframe")
    assert box is not None
    return box.get("srcdoc", "")


def unzipped(data: bytes) -> dict[str, bytes]:
    """What a zip holds."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def png(width: int = 200, height: int = 64, colour: str = "#0000aa") -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()
