"""Whose clients one sees, and what each role may do to them."""

from collections.abc import Callable

import pytest

from crm import clients, db, handover, people
from crm.clients import ClientChange, ClientFilter, ContactKind, NewClient, NewContactMethod
from crm.db.sessions import WriteSession
from crm.ground.errors import InvalidError, NotAllowedError, NotFoundError
from crm.people import DESK_ID, Person
from tests.cast import Cast


def seen_by(viewer: Person) -> set[str]:
    with db.read() as session:
        listed = {line.name for line in clients.page(session, viewer, ClientFilter()).lines}
        assert listed == {client.name for client in clients.book_of(session, viewer)}
        assert listed == {client.name for client in session.exec(clients.visible_to(viewer)).all()}
    return listed


def test_everyone_sees_their_own_book_and_leads_their_teams(cast: Cast) -> None:
    assert seen_by(cast.mei) == {"Harbour Capital", "莲花资本"}
    assert seen_by(cast.tomas) == {"Northlight"}
    assert seen_by(cast.nadia) == {"Harbour Capital", "莲花资本", "Northlight"}
    assert seen_by(cast.oskar) == {"Fjord Trading"}
    assert seen_by(cast.ada) == set()
    assert seen_by(people.machine()) == {"Harbour Capital", "莲花资本", "Northlight", "Fjord Trading"}


def test_a_lead_without_a_team_sees_everyone(cast: Cast) -> None:
    chief = Person(email="chief@desk.example", name="Chief", role="lead")

    assert len(seen_by(chief)) == 4


def test_a_lead_sees_the_clients_that_nobody_was_given(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        clients.add(session, cast.nadia, NewClient(name="Nobody's"))

    assert "Nobody's" in seen_by(cast.nadia)
    assert "Nobody's" not in seen_by(cast.mei)


def test_a_backup_sees_and_changes_the_client(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.tomas.id, part=clients.AssignmentRole.BACKUP)

    with db.write(by=cast.tomas) as session:
        clients.change(session, cast.tomas, cast.harbour.id, ClientChange(version=2, tier="VIP5"))

    assert seen_by(cast.tomas) == {"Northlight", "Harbour Capital"}


ON_HARBOUR: dict[str, Callable[[WriteSession, Person, Cast], object]] = {
    "get": lambda s, p, c: clients.get(s, p, c.harbour.id),
    "change": lambda s, p, c: clients.change(s, p, c.harbour.id, ClientChange(version=1, tier="X")),
    "close": lambda s, p, c: clients.close(s, p, c.harbour.id),
    "reopen": lambda s, p, c: clients.reopen(s, p, c.harbour.id),
    "tag": lambda s, p, c: clients.tag(s, p, [c.harbour.id], ["whale"]),
    "handles_of": lambda s, p, c: clients.contact_methods.of_client(s, p, c.harbour.id),
    "add_handle": lambda s, p, c: clients.contact_methods.add(
        s, p, c.harbour.id, NewContactMethod(kind=ContactKind.EMAIL, value="a@b.example")
    ),
    "assignments_of": lambda s, p, c: clients.assignments_of(s, p, c.harbour.id),
}


@pytest.mark.parametrize("action", ON_HARBOUR)
def test_what_is_not_ones_own_is_not_there(cast: Cast, action: str) -> None:
    for stranger in (cast.tomas, cast.oskar, cast.ada):
        with pytest.raises((NotFoundError, NotAllowedError)), db.write(by=stranger) as session:
            ON_HARBOUR[action](session, stranger, cast)
    for insider in (cast.mei, cast.nadia):
        with db.write(by=insider) as session:
            ON_HARBOUR[action](session, insider, cast) if action != "add_handle" or insider == cast.mei else None


def test_only_a_lead_moves_clients_and_only_within_the_team(cast: Cast) -> None:
    moves = [
        (cast.mei, cast.harbour, cast.tomas.id, NotAllowedError),
        (cast.ada, cast.harbour, cast.tomas.id, NotAllowedError),
        (cast.nadia, cast.fjord, cast.tomas.id, NotFoundError),
        (cast.nadia, cast.harbour, cast.oskar.id, NotAllowedError),
        (cast.nadia, cast.harbour, cast.ada.id, InvalidError),
    ]
    for by, client, to, refusal in moves:
        with pytest.raises(refusal), db.write(by=by) as session:
            handover.reassign(session, by, [client.id], to=to)


def test_a_new_client_stands_in_the_makers_book_or_on_the_desk(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        mine = clients.add(session, cast.mei, NewClient(name="Mine"))
        free = clients.add(session, cast.nadia, NewClient(name="Free"))
        given = clients.add(session, cast.nadia, NewClient(name="Given", manager_id=cast.tomas.id))
    with pytest.raises(NotAllowedError), db.write(by=cast.mei) as session:
        clients.add(session, cast.mei, NewClient(name="Theirs", manager_id=cast.tomas.id))
    with pytest.raises(NotAllowedError), db.write(by=cast.ada) as session:
        clients.add(session, cast.ada, NewClient(name="None"))

    assert (mine.manager_id, free.manager_id, given.manager_id) == (cast.mei.id, DESK_ID, cast.tomas.id)
