"""A program that calls the API with a token of somebody."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from fastapi.testclient import TestClient

from crm import db, people
from crm.api import create_api
from crm.people import Person

Api = Callable[[Person], TestClient]
served = cache(create_api)


@pytest.fixture
def api() -> Iterator[Api]:
    """A program that calls as this person; one that is entered keeps its loop from call to call."""
    with ExitStack() as programs:

        def calling(person: Person) -> TestClient:
            with db.write(by=person) as session:
                secret = people.tokens.issue(session, person, "test").secret
            bearer = {"Authorization": f"Bearer {secret}"}
            return programs.enter_context(TestClient(served(), headers=bearer, raise_server_exceptions=False))

        yield calling
