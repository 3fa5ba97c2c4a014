"""Whoever may not write accounts takes none back, whichever door they try; on both engines."""

from uuid import UUID

import pytest

from crm import db, history, imports, journal, people
from crm.clients.models import Client
from crm.ground.errors import NotAllowedError
from crm.people import Person, PersonChange, Role
from tests.api.conftest import Api, api
from tests.cast import DESK, Cast
from tests.cli.conftest import Crm, crm
from tests.imports.bringing import bring_in, take_back
from tests.people.scenes import SCENES, demoted, lead_of_all, sleeper

__all__ = ["api", "crm"]
ONLY_ADMINS = r"^Only admins can invite, change or disable people\.$"


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("force", [False, True])
def test_a_staff_list_is_not_taken_back_by_its_import(cast: Cast, scene: str, *, force: bool) -> None:
    played = SCENES[scene](cast)

    with pytest.raises(NotAllowedError, match=ONLY_ADMINS):
        take_back(played.who, played.done, force=force)

    assert sleeper() == Role.MANAGER


@pytest.mark.parametrize("scene", SCENES)
def test_nor_row_by_row_nor_over_the_api(cast: Cast, api: Api, scene: str) -> None:
    played = SCENES[scene](cast)
    undo = f"/imports/{played.done.batch.id}/undo"
    with db.read() as session:
        rows, _ = imports.rows_of(session, played.who, played.done.batch.id)

    caller = api(played.who)
    for asked in ({}, {"force": True}, {"only": [rows[0].entity_key]}):
        answer = caller.post(undo, json=asked)
        assert (answer.status_code, answer.json()["detail"]) == (
            403,
            "Only admins can invite, change or disable people.",
        )

    assert sleeper() == Role.MANAGER


@pytest.mark.parametrize("scene", SCENES)
def test_nor_by_the_journal(cast: Cast, scene: str) -> None:
    played = SCENES[scene](cast)
    made = played.done.batch.change_set_id
    assert made

    with pytest.raises(NotAllowedError, match=ONLY_ADMINS), db.write(by=played.who, kind="undo") as session:
        history.undo(session, played.who, made)
    with pytest.raises(NotAllowedError, match=ONLY_ADMINS), db.write(by=played.who, kind="undo") as session:
        journal.undo(session, made, force=True)

    assert sleeper() == Role.MANAGER


def both_at_once(cast: Cast) -> UUID:
    """One set of the desk in which a client and an account change."""
    with db.write(by=DESK, why="a new office") as session:
        session.get_one(Client, cast.harbour.id).tier = "VIP6"
        session.get_one(Person, cast.tomas.id).role = Role.LEAD
        return journal.notes(session).change_set_id


def test_a_set_with_a_client_and_an_account_is_taken_back_as_a_whole_by_nobody_but_the_desk(
    cast: Cast, crm: Crm
) -> None:
    lea, made = lead_of_all(cast), both_at_once(cast)

    for by, others in ((lea, cast.tomas.id), (cast.ada, cast.harbour.id)):
        for only in (None, [str(others)]):
            with pytest.raises(NotAllowedError), db.write(by=by) as session:
                journal.undo(session, made, only=only)

    assert crm("undo", made).code == 0
    with db.read() as session:
        assert people.get(session, lea, cast.tomas.id).role == Role.MANAGER


def test_the_desk_and_another_admin_take_a_staff_list_back(cast: Cast) -> None:
    played = demoted(cast)
    made = played.done.batch.change_set_id
    assert made

    with db.write(by=cast.ada, kind="undo") as session:
        assert journal.undo(session, made).rows == 1

    assert sleeper() == Role.ADMIN


def test_one_takes_back_ones_own_language_and_no_more(cast: Cast) -> None:
    with db.write(by=cast.tomas) as session:
        people.speak(session, cast.tomas, "zh")
        made = journal.notes(session).change_set_id
    with db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.oskar.id, PersonChange(version=1, locale="zh"))
        others = journal.notes(session).change_set_id

    with db.write(by=cast.tomas) as session:
        assert history.undo(session, cast.tomas, made).rows == 1
    with pytest.raises(NotAllowedError, match=ONLY_ADMINS), db.write(by=cast.tomas) as session:
        journal.undo(session, others)


def test_nobody_imports_staff_who_may_not_write_accounts(cast: Cast, crm: Crm) -> None:
    for by in (cast.mei, lead_of_all(cast)):
        with pytest.raises(NotAllowedError, match=ONLY_ADMINS):
            bring_in(by, "managers", "email,role\nmei@desk.example,admin\n")


def test_a_user_is_disabled_on_the_command_line_and_the_last_admin_is_not(cast: Cast, crm: Crm) -> None:
    assert crm("user", "disable", "mei@desk.example").code == 0
    refused = crm("user", "disable", "ada@desk.example")

    assert (refused.code, "last admin" in refused.err) == (1, True)
