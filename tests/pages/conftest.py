"""Every test of a page begins in English."""

from collections.abc import Iterator

import pytest

from crm.web import locale


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    yield
    locale.use("en")
