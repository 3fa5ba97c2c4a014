"""A merge that is undone leaves exactly what was there; what somebody changed since stays."""

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm import clients, db, duplicates, handover, interactions, journal, tasks, trading
from crm.clients import Client, NewClient, NewContactMethod
from crm.clients.models import ContactKind
from crm.handover.merging import Merge
from crm.interactions import NewInteraction
from crm.tasks import NewTask
from crm.trading.models import DailyActivity
from tests.cast import Cast
from tests.handover.merged import furnish, merge, merge_all, now, take_back
from tests.imports.bringing import everything
from tests.share import examples


def test_an_undo_of_a_merge_gives_back_exactly_what_was_there(cast: Cast) -> None:
    furnish(cast)
    before = everything()

    done = merge(cast.mei, cast.harbour, cast.lotus, name=cast.lotus, account=cast.lotus, notes=cast.lotus)
    merged = now(cast.harbour)
    undone = take_back(cast.mei, done)

    assert (merged.name, merged.uid, merged.number) == ("莲花资本", "0001", cast.lotus.number)
    assert undone.conflicts == []
    assert everything() == before


def test_a_merged_record_may_be_merged_again_and_both_undone(cast: Cast) -> None:
    furnish(cast)
    with db.write(by=cast.mei) as session:
        third = clients.add(session, cast.mei, clients.NewClient(name="Harbor", venue="Bybit", uid="7"))
    before = everything()

    first = merge(cast.mei, cast.lotus, third)
    middle = everything()
    second = merge(cast.mei, cast.harbour, cast.lotus)
    with db.read() as session:
        assert handover.merging.where_is(session, cast.mei, third.id) == now(cast.harbour)
        assert clients.accounts.numbers_of(session, now(cast.harbour)) == [1, third.number, 3]

    take_back(cast.mei, second)
    assert everything() == middle
    take_back(cast.mei, first)
    assert everything() == before


def test_what_was_changed_since_stays_and_the_others_come_back(cast: Cast) -> None:
    furnish(cast)
    done = merge(cast.mei, cast.harbour, cast.lotus)
    with db.write(by=cast.mei) as session:
        clients.change(
            session, cast.mei, cast.harbour.id, clients.ClientChange(version=now(cast.harbour).version, notes="new")
        )

    undone = take_back(cast.mei, done)

    assert [(one.entity, one.reason) for one in undone.conflicts] == [("client", "changed since")]
    assert (now(cast.harbour).notes, now(cast.lotus).notes) == ("new", "quiet")


_numbers = count(1000)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_merged_its_undo_gives_equal_rows_and_its_redo_too(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test's dice
    with db.write(by=cast.nadia, why="more") as session:
        made = [_invented(session, cast, chance) for _ in range(chance.randint(3, 6))]
        session.flush()
        trading.refresh(session)
    before = everything()
    ids = [one.id for one in made]
    pairs = [tuple(chance.sample(ids, 2)) for _ in range(chance.randint(1, 4))]
    groups = duplicates.grouped(pairs)  # type: ignore[arg-type]
    wanted = [_wanted(chance, group) for group in groups]

    done = merge_all(cast.nadia, wanted)
    merged = everything()
    undone = take_back(cast.nadia, done)
    assert (undone.conflicts, everything()) == ([], before)
    assert undone.change_set_id
    redone = take_back(cast.nadia, undone.change_set_id)
    assert (redone.conflicts, everything()) == ([], merged)
    assert redone.change_set_id
    take_back(cast.nadia, redone.change_set_id)
    with db.read() as session:
        assert journal.first_broken(session) is None


def _invented(session: db.sessions.WriteSession, cast: Cast, chance: random.Random) -> Client:
    number = next(_numbers)
    uid = str(number) if chance.random() < 0.7 else None
    handles = [
        NewContactMethod(kind=ContactKind.TELEGRAM, value=f"t{chance.randrange(4)}", is_verified=chance.random() < 0.5)
    ]
    new = NewClient(
        name=f"Name {number}",
        venue=chance.choice(["OKX", "Bybit"]),
        uid=uid,
        handles=handles,
        notes=chance.choice(["", "x"]),
        tags=chance.sample(["a", "b", "c"], 2),
        manager_id=chance.choice([cast.mei.id, cast.tomas.id]),
        birthday=chance.choice([None, date(1980, 1, 1)]),
    )
    client = clients.add(session, cast.nadia, new)
    if uid:
        account = clients.accounts.number_of(session, client.venue, uid)
        session.add(DailyActivity(number=account, day=date(2026, 3, 1), product="spot", volume_usd=Decimal(7)))
    for _ in range(chance.randrange(3)):
        tasks.add(
            session,
            cast.nadia,
            NewTask(title="x", client_id=client.id, owner_id=client.manager_id, due_on=date(2026, 3, 20)),
        )
        interactions.log(session, cast.nadia, NewInteraction(client_id=client.id, summary="x"))
    return client


def _wanted(chance: random.Random, group: Sequence[UUID]) -> Merge:
    kept, *others = chance.sample(list(group), len(group))
    names = chance.sample(["name", "account", "birthday", "manager_id", "notes"], 3)
    return Merge(keep_id=kept, other_ids=others, choices={name: chance.choice(group) for name in names})
