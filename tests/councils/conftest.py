from __future__ import annotations

import pytest

from app.councils.councils import Councils, load_councils
from tests.councils.factory import FOLDER

NATIONS = ("england", "northern_ireland", "scotland", "wales")


@pytest.fixture(scope="session")
def councils() -> Councils:
    return load_councils(FOLDER, NATIONS, {"blue-badge"})


@pytest.fixture(scope="session")
def councils_and_examples() -> Councils:
    return load_councils(FOLDER, NATIONS, {"blue-badge"}, examples=True)
