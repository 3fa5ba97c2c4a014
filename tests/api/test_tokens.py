"""What a token is made for, and what is left behind by whoever reads by one."""

from collections.abc import Sequence

import pytest
from fastapi.testclient import TestClient

from crm import db
from crm.ground.errors import InvalidError
from crm.people import events, tokens
from crm.people.models import SecurityEvent
from crm.people.tokens import Scope
from tests.api.conftest import served
from tests.cast import Cast

READ, LOG, IMPORT = ("GET", "/clients"), ("POST", "/tasks"), ("POST", "/imports")


def calling(cast: Cast, *scopes: Scope) -> tuple[TestClient, tokens.Issued]:
    with db.write(by=cast.mei) as session:
        issued = tokens.issue(session, cast.mei, "test", scopes=scopes)
    bearer = {"Authorization": f"Bearer {issued.secret}"}
    return TestClient(served(), headers=bearer, raise_server_exceptions=False), issued


def told(cast: Cast) -> Sequence[SecurityEvent]:
    with db.read() as session:
        return events.recent(session, [cast.mei.id])


@pytest.mark.parametrize(
    ("scope", "reaches"),
    [(Scope.READ, [READ, ("GET", "/imports")]), (Scope.LOG, [LOG]), (Scope.IMPORT, [IMPORT, ("GET", "/imports")])],
)
def test_a_token_reaches_what_it_was_made_for_and_nothing_else(
    cast: Cast, scope: Scope, reaches: list[tuple[str, str]]
) -> None:
    program, _ = calling(cast, scope)

    for method, path in (READ, LOG, IMPORT, ("GET", "/imports"), ("POST", "/clients/tag"), ("GET", "/exports/clients")):
        allowed = (method, path) in reaches or (scope, method, path) in {
            (Scope.LOG, "POST", "/clients/tag"),
            (Scope.READ, "GET", "/exports/clients"),
        }
        assert (program.request(method, path).status_code != 403) is allowed, (method, path)


def test_a_token_of_before_there_were_scopes_may_what_it_could(cast: Cast) -> None:
    program, issued = calling(cast, *Scope)
    with db.engine().begin() as connection:
        connection.exec_driver_sql("UPDATE api_token SET scopes = NULL, epoch = NULL")

    assert program.get("/clients").status_code == 200
    assert program.post("/tasks", json={"title": "Call"}).status_code == 201
    with db.read() as session:
        assert tokens.uses_of(session, [issued.token])[issued.token.id].address == "testclient"


def test_whoever_reads_whole_lists_leaves_a_line(cast: Cast) -> None:
    program, _ = calling(cast, Scope.READ)
    program.get("/clients", params={"limit": 200, "text": "harb"})
    program.get(f"/clients/{cast.harbour.id}")
    program.get("/me")

    [read] = [event for event in told(cast) if event.kind == events.Kind.LIST_READ]
    assert read.detail.startswith("clients limit=200, ")
    assert "harb" not in read.detail


def test_a_refusal_leaves_a_line(cast: Cast) -> None:
    program, _ = calling(cast, *Scope)
    assert program.get("/leadership").status_code == 403

    [refused] = [event for event in told(cast) if event.kind == events.Kind.REFUSED]
    assert "Only leads" in refused.detail


def test_a_token_lives_ninety_days_at_most_and_is_made_for_something(cast: Cast) -> None:
    with pytest.raises(InvalidError), db.write(by=cast.mei) as session:
        tokens.issue(session, cast.mei, "test", days=91)
    with pytest.raises(InvalidError), db.write(by=cast.mei) as session:
        tokens.issue(session, cast.mei, "test", scopes=[])
