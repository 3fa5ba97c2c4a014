"""Which clients the rows of the journal are about, and what somebody who does not see them may do with these rows."""

from collections.abc import Callable
from uuid import UUID

import pytest

from crm import clients, db, duplicates, handover, journal, tasks
from crm.clients import undo_scope
from crm.clients.models import Client
from crm.db.sql import Sql
from crm.ground.errors import NotAllowedError
from crm.handover.merging import Merge
from crm.journal import entities
from crm.people import Person
from tests.cast import Cast
from tests.imports.bringing import bring_in, take_back

DAYS = "uid,day,product,instrument,volume usd\n{uid},2026-03-01,spot,BTC-USDT,{volume}\n"
NOT_ABOUT_CLIENTS = {
    "team",
    "person",
    "api_token",
    "attribute_definition",
    "mapping_profile",
    "tier_policy",
    "glossary_entry",
}


def newest() -> UUID:
    with db.read() as session:
        return journal.recent(session, limit=1)[0].id


def moved(cast: Cast, client: Client) -> None:
    with db.write(by=cast.nadia) as session:
        handover.reassign(session, cast.nadia, [client.id], to=cast.tomas.id)


def kept_from(viewer: Person, change_set: UUID) -> list[str]:
    """The tables of the rows that the viewer does not read."""
    with db.read() as session:
        found = journal.changes_of(session, change_set)
        unseen = undo_scope.unseen(session, viewer, found)
        assert unseen <= {(line.change_set_id, line.seq) for line in found}
        return [line.entity for line in found if (line.change_set_id, line.seq) in unseen]


def test_every_journalled_table_is_about_clients_or_known_not_to_be(cast: Cast) -> None:
    with db.read() as session:
        sql = Sql(session)
        others = {
            entity.name for entity in entities.journalled() if not list(undo_scope._about(sql, entity, "change x"))
        }

    assert others == NOT_ABOUT_CLIENTS


def test_facts_that_an_import_changed_are_about_the_client_of_their_account(cast: Cast) -> None:
    bring_in(cast.mei, "daily_activity", DAYS.format(uid=cast.harbour.uid, volume=5))
    changed = bring_in(cast.mei, "daily_activity", DAYS.format(uid=cast.harbour.uid, volume=6))
    moved(cast, cast.harbour)

    made = changed.batch.change_set_id
    assert made
    assert kept_from(cast.mei, made) == ["daily_activity"]
    assert kept_from(cast.tomas, made) == []
    with pytest.raises(NotAllowedError):
        take_back(cast.mei, changed)


def test_what_an_undo_took_back_is_about_the_client_it_was_about(cast: Cast) -> None:
    brought = bring_in(cast.mei, "tasks", f"uid,title\n{cast.harbour.uid},Call back\n")
    undone = take_back(cast.mei, brought).change_set_id
    assert undone
    moved(cast, cast.harbour)

    assert kept_from(cast.mei, undone) == ["task"]
    with pytest.raises(NotAllowedError), db.write(by=cast.mei, kind="undo") as session:
        undo_scope.check(session, cast.mei, undone)


def paired(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        duplicates.not_duplicates(session, cast.mei, [cast.harbour.id, cast.lotus.id])


def moved_to_lotus(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        task = tasks.add(session, cast.mei, tasks.NewTask(title="Call back", client_id=cast.harbour.id))
    with db.write(by=cast.mei) as session:
        session.get_one(tasks.Task, task.id).client_id = cast.lotus.id


@pytest.mark.parametrize("act", [paired, moved_to_lotus])
def test_a_row_that_names_two_clients_is_read_by_whoever_sees_both(cast: Cast, act: Callable[[Cast], None]) -> None:
    act(cast)
    made = newest()
    assert kept_from(cast.mei, made) == []

    moved(cast, cast.harbour)

    assert len(kept_from(cast.mei, made)) == len(kept_from(cast.tomas, made)) == 1
    assert kept_from(cast.nadia, made) == []
    with pytest.raises(NotAllowedError), db.write(by=cast.mei, kind="undo") as session:
        undo_scope.check(session, cast.mei, made)


def test_what_was_written_about_a_merged_record_is_about_the_client_that_it_became(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        clients.change(session, cast.mei, cast.harbour.id, clients.ClientChange(version=1, tier="VIP5"))
    made = newest()
    moved(cast, cast.harbour)
    with db.write(by=cast.tomas) as session:
        handover.merge(session, cast.tomas, [Merge(keep_id=cast.northlight.id, other_ids=[cast.harbour.id])])

    assert kept_from(cast.mei, made) == ["client"]
    assert kept_from(cast.tomas, made) == []


def test_whoever_sees_every_client_reads_every_row(cast: Cast) -> None:
    with db.read() as session:
        entered = journal.recent(session, limit=1)[0].id
    chief = Person(email="chief@desk.example", name="Chief", role="lead")

    assert kept_from(chief, entered) == []
    assert kept_from(cast.ada, entered) == ["client"] * 4 + ["handle"]
