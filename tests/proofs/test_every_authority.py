"""Every authority of the register serves its pages as it is, with nothing set up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from app.checker.site import Site
from tests.conftest import Clock

AUTUMN, DAY_OF_CHANGE = datetime(2026, 11, 21, 12, tzinfo=UTC), datetime(2027, 4, 1, 12, tzinfo=UTC)


PERSON = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}
"""Somebody whom every nation's law gives an outcome after three questions."""


@pytest.mark.parametrize(("moment", "councils"), [(AUTUMN, 208), (DAY_OF_CHANGE, 209)])
def test_every_authority_serves_its_start_its_rules_and_a_whole_check_under_its_own_name(
    app: Flask, clock: Clock, moment: datetime, councils: int
) -> None:
    clock.time = moment
    site: Site = app.extensions["site"]
    client = FlaskClient(app, app.response_class)  # without the checks of every page, which need their time
    authorities = site.councils.register.on(site.today()).authorities
    nations = site.services["blue-badge"].vocabulary.nations
    assert len(authorities) == councils
    for slug, authority in authorities.items():
        folder = f"/{slug}/blue-badge/en/"
        first, outcome = _check(client, f"{folder}check")
        apply = f'href="{nations[authority.nation].apply}"'
        pages = (("start", 'href="check"'), ("criteria", "All the rules"), (first, 'type="radio"'), (outcome, apply))
        for page, sign in pages:
            response = client.get(folder + page)
            assert response.status_code == 200, (slug, page)
            assert str(escape(authority.name)) in response.text, (slug, page)
            assert sign in response.text, (slug, page)
        assert 'data-outcome="automatic"' in response.text, slug


def _check(client: FlaskClient, address: str) -> tuple[str, str]:
    """Where the first question of a check and its outcome are."""
    first = found = client.get(address).headers["Location"]
    for given in ({name: answer} for name, answer in (*PERSON.items(), ("continue", ""))):
        sent = {"s": found.partition("?s=")[2], **given}
        found = client.post(address, data=sent).headers["Location"]
    return _relative(first), _relative(found)


def _relative(location: str) -> str:
    return location.rpartition("/")[2]


def test_every_authority_is_called_by_its_name_in_both_languages(app: Flask) -> None:
    site: Site = app.extensions["site"]
    for council in site.councils.councils.values():
        welsh = council.name("cy")
        assert (welsh != council.name("en")) is (council.nation == "wales"), council.slug
        assert council.nation != "wales" or welsh.startswith("Cyngor "), council.slug
