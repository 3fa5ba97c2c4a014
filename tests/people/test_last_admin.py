"""An admin remains, whichever way the accounts are written, and two at once do not both take the last one away."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest

from crm import db, journal, people
from crm.db.sessions import Who
from crm.ground.errors import CrmError, InvalidError, NotAllowedError
from crm.people import NewPerson, Person, PersonChange, Role
from tests.cast import DESK, Cast
from tests.imports.bringing import bring_in, everything

LAST = "is the last admin; make somebody else one first"


@pytest.fixture
def eve(cast: Cast) -> Person:
    """A second admin."""
    with db.write(by=cast.ada) as session:
        return people.invite(session, cast.ada, NewPerson(email="eve@desk.example", name="Eve", role=Role.ADMIN))


def demote(by: Person, whom: Person) -> UUID:
    with db.write(by=by) as session:
        people.change(session, by, whom.id, PersonChange(version=version(whom), role=Role.MANAGER))
        return journal.notes(session).change_set_id


def version(person: Person) -> int:
    with db.read() as session:
        return session.get_one(Person, person.id).version


def admins() -> set[str]:
    with db.read() as session:
        return {p.name for p in people.colleagues(session) if p.role == Role.ADMIN}


def test_a_staff_list_that_demotes_every_admin_is_refused_as_a_whole(cast: Cast, eve: Person) -> None:
    before = everything()
    text = "email,name,role\nada@desk.example,Ada,manager\neve@desk.example,Eve,manager\nnew@desk.example,New,lead\n"

    for by in (cast.ada, DESK):
        with pytest.raises(InvalidError, match=LAST):
            bring_in(by, "managers", text)

    assert everything() == before
    assert admins() == {"Ada Admin", "Eve"}


def test_whoever_a_list_makes_an_admin_has_no_password_yet_and_does_not_count(cast: Cast) -> None:
    with pytest.raises(InvalidError, match=f"Ada Admin {LAST}"):
        bring_in(cast.ada, "managers", "email,role\nada@desk.example,manager\nnew@desk.example,admin\n")

    assert admins() == {"Ada Admin"}


def test_a_list_may_demote_an_admin_while_another_stays(cast: Cast, eve: Person) -> None:
    bring_in(cast.ada, "managers", "email,role\neve@desk.example,manager\n")

    assert admins() == {"Ada Admin"}


def test_an_undo_does_not_take_the_last_admin_away(cast: Cast) -> None:
    invited = bring_in(cast.ada, "managers", "email,role\neve@desk.example,admin\n").batch.change_set_id
    assert invited
    with db.read() as session:
        eve = people.find_by_email(session, "eve@desk.example")
    assert eve
    demote(eve, cast.ada)

    for by in (eve, DESK):
        with pytest.raises(InvalidError, match=LAST), db.write(by=by) as session:
            journal.undo(session, invited)

    assert admins() == {"eve"}


def test_the_desk_disables_no_last_admin_either(cast: Cast) -> None:
    with pytest.raises(InvalidError, match=f"Ada Admin {LAST}"), db.write(by=DESK) as session:
        people.change(session, DESK, cast.ada.id, PersonChange(version=1, is_active=False))
    with pytest.raises(InvalidError, match=LAST), db.write(by=DESK) as session:
        session.delete(session.get_one(Person, cast.ada.id))

    assert admins() == {"Ada Admin"}


def test_before_there_is_an_admin_a_list_of_others_comes_in(database: str) -> None:
    bring_in(DESK, "managers", "email,role\nmei@desk.example,manager\n")
    bring_in(DESK, "managers", "email,role\nmei@desk.example,lead\n")

    assert admins() == set()


def test_two_admins_who_demote_each_other_at_once_do_not_both_pass(cast: Cast, eve: Person) -> None:
    ready = threading.Barrier(2)
    said: list[CrmError | None] = []

    def try_it(by: Person, whom: Person) -> None:
        if not db.is_duckdb():  # there writers take turns before they begin
            said.append(_caught(lambda: _demote_at(ready, by, whom)))
            return
        ready.wait(timeout=20)
        said.append(_caught(lambda: demote(by, whom)))

    both = [threading.Thread(target=try_it, args=pair) for pair in ((cast.ada, eve), (eve, cast.ada))]
    for one in both:
        one.start()
    for one in both:
        one.join()

    refused = [error for error in said if error]
    assert len(said) == 2
    assert len(refused) == 1
    assert isinstance(refused[0], InvalidError | NotAllowedError)
    assert len(admins()) == 1


def _demote_at(ready: threading.Barrier, by: Person, whom: Person) -> None:
    """Both have written, and neither has committed, when they go on."""
    with db.write(by=by) as session:
        people.change(session, by, whom.id, PersonChange(version=1, role=Role.MANAGER))
        ready.wait(timeout=20)


def _caught(write: Callable[[], object]) -> CrmError | None:
    try:
        write()
    except CrmError as error:
        return error
    return None


def test_nobody_demotes_themselves_and_uses_the_right_once_more(cast: Cast, eve: Person) -> None:
    by: Who = cast.ada
    demote(cast.ada, cast.ada)

    with pytest.raises(NotAllowedError), db.write(by=by) as session:
        session.get_one(Person, eve.id).role = Role.MANAGER
    assert admins() == {"Eve"}
