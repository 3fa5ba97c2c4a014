"""A program that calls the API with a token of somebody."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from crm import db, people
from crm.api import create_api
from crm.people import Person

Api = Callable[[Person], TestClient]


@pytest.fixture
def api() -> Api:
    """A program that calls as this person."""
    served = create_api()

    def calling(person: Person) -> TestClient:
        with db.write(by=person) as session:
            secret = people.tokens.issue(session, person, "test").secret
        return TestClient(served, headers={"Authorization": f"Bearer {secret}"}, raise_server_exceptions=False)

    return calling
