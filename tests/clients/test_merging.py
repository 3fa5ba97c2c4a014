"""Several records of one client become one, and an undo makes them several again, exactly."""

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from crm import clients, db, exports, interactions, journal, tasks, trading
from crm.clients import Client, NewClient, NewHandle, duplicates
from crm.clients.merging import Merge
from crm.clients.models import FurtherAccount, Handle, HandleKind, NotDuplicate, PastAssignment
from crm.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from crm.insights import book, client_summary
from crm.interactions import NewInteraction
from crm.interactions.models import Interaction
from crm.people import Person
from crm.tasks import NewTask, Task
from crm.trading.models import DailyActivity, TradingProfile
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything

_numbers = count(1000)
FILLS = "uid,traded_at,instrument,side,volume_usd,trade_id\n"


def merge(by: Person, keep: Client, *others: Client, **choices: Client) -> UUID:
    """Merges, and gives the change set."""
    wanted = Merge(
        keep_id=keep.id, other_ids=[one.id for one in others], choices={name: one.id for name, one in choices.items()}
    )
    return merge_all(by, [wanted])


def merge_all(by: Person, wanted: Sequence[Merge]) -> UUID:
    with db.write(by=by, why="merge", kind="merge") as session:
        tasks.merge_clients(session, by, wanted)
        return journal.notes(session).change_set_id


def take_back(by: Person, change_set: UUID) -> journal.Undone:
    with db.write(by=by, kind="undo") as session:
        undone = journal.undo(session, change_set)
        assert undone.change_set_id
        trading.retouch(session, undo=undone.change_set_id, undone=change_set)
    return undone


def now(client: Client) -> Client:
    with db.read() as session:
        return session.get_one(Client, client.id)


def every(model: Any) -> list[Any]:
    with db.read() as session:
        return list(session.exec(select(model)).all())


def furnish(cast: Cast) -> None:
    """Both of Mei's clients have something of everything."""
    bring_in(
        cast.mei,
        "trades",
        f"{FILLS}{cast.harbour.uid},2026-03-10 04:00,BTC-USDT,buy,100,a\n0001,2026-03-10 05:00,BTC-USDT,buy,50,a\n",
    )
    bring_in(cast.mei, "balances", f"uid,day,equity_usd\n{cast.harbour.uid},2026-03-10,1000\n0001,2026-03-09,70\n")
    with db.write(by=cast.mei, why="furnish") as session:
        for client in (cast.harbour, cast.lotus):
            interactions.log(session, cast.mei, NewInteraction(client_id=client.id, summary=f"Said to {client.name}"))
            tasks.add(
                session,
                cast.mei,
                NewTask(title=f"Owed to {client.name}", client_id=client.id, due_on=date(2026, 3, 20)),
            )
            clients.add_handle(session, cast.mei, client.id, NewHandle(kind=HandleKind.TELEGRAM, value="@harbour"))
        clients.add_handle(
            session, cast.mei, cast.lotus.id, NewHandle(kind=HandleKind.WECHAT, value="lotus", is_verified=True)
        )
        clients.tag(session, cast.mei, [cast.harbour.id], ["whale"])
        clients.tag(session, cast.mei, [cast.lotus.id], ["Whale", "otc"])
        clients.attributes.declare(session, cast.mei, "Desk size")
        change = clients.ClientChange(
            version=now(cast.lotus).version + 1, notes="quiet", birthday=date(1980, 1, 1), attributes={"Desk size": "4"}
        )
        clients.change(session, cast.mei, cast.lotus.id, change)


def test_everything_of_the_others_stays_with_the_one_kept(cast: Cast) -> None:
    furnish(cast)

    merge(cast.mei, cast.harbour, cast.lotus)

    kept = now(cast.harbour)
    assert (kept.name, kept.uid, kept.birthday, kept.notes) == (
        "Harbour Capital",
        cast.harbour.uid,
        date(1980, 1, 1),
        "quiet",
    )
    assert (kept.tags, kept.attributes) == (["whale", "otc"], {"Desk size": "4"})
    assert {one.client_id for one in every(Interaction)} == {one.client_id for one in every(Task)} == {kept.id}
    assert sorted((one.kind, one.value, one.is_verified) for one in every(Handle)) == [
        ("email", "desk@harbour.example", False), ("telegram", "harbour", False), ("wechat", "lotus", True),
    ]  # fmt: skip
    with db.read() as session:
        assert session.get(Client, cast.lotus.id) is None
        assert clients.merging.where_is(session, cast.mei, cast.lotus.id) == kept
        assert clients.page(session, cast.mei, clients.ClientFilter(text="莲花")).total == 1
        assert clients.page(session, cast.mei, clients.ClientFilter(text="0001")).total == 1
        assert clients.find(session, cast.mei, "OKX", "0001") == kept


def test_facts_of_all_accounts_count_for_the_one_kept(cast: Cast) -> None:
    furnish(cast)

    merge(cast.mei, cast.harbour, cast.lotus)

    with db.read() as session:
        profile = trading.profile_of(session, cast.mei, cast.harbour.id)
        days = trading.daily_of(session, cast.mei, cast.harbour.id, date(2026, 3, 1), date(2026, 3, 15))
        exported = [(row[1], row[5]) for row in exports.export(session, cast.mei, "daily_activity").rows]
        assert trading.unclaimed(session, cast.nadia) == []
    assert profile
    assert (profile.volume_30d_usd, profile.equity_usd) == (Decimal(150), Decimal(1070))
    assert list(days["volume_usd"]) == [150]
    assert sorted(exported) == [("0001", Decimal(50)), (cast.harbour.uid, Decimal(100))]
    assert len(every(TradingProfile)) == 1


def test_an_undo_of_a_merge_gives_back_exactly_what_was_there(cast: Cast) -> None:
    furnish(cast)
    before = everything()

    done = merge(cast.mei, cast.harbour, cast.lotus, name=cast.lotus, account=cast.lotus, notes=cast.lotus)
    merged = now(cast.harbour)
    undone = take_back(cast.mei, done)

    assert (merged.name, merged.uid, merged.number) == ("莲花资本", "0001", cast.lotus.number)
    assert undone.conflicts == []
    assert everything() == before


def test_a_later_import_under_a_past_uid_reaches_the_one_kept(cast: Cast) -> None:
    furnish(cast)
    merge(cast.mei, cast.harbour, cast.lotus)

    listed = bring_in(cast.mei, "clients", "uid,name,tier\n0001,Lotus,VIP5\n")
    fills = bring_in(cast.mei, "trades", f"{FILLS}0001,2026-03-11 04:00,BTC-USDT,buy,7,b\n")
    said = bring_in(cast.mei, "interactions", "uid,happened_at,summary\n0001,2026-03-11 04:00,Hello\n")

    kept = now(cast.harbour)
    assert (listed.counts, fills.counts, said.counts) == (counts(changed=1), counts(created=1), counts(created=1))
    assert (kept.name, kept.tier, kept.uid, kept.number) == ("Lotus", "VIP5", cast.harbour.uid, cast.harbour.number)
    with db.read() as session:
        profile = trading.profile_of(session, cast.mei, kept.id)
        assert profile
        assert profile.volume_30d_usd == 157
    with pytest.raises(ConflictError), db.write(by=cast.mei) as session:
        clients.add(session, cast.mei, clients.NewClient(name="Lotus again", venue="OKX", uid="0001"))


def test_somebody_elses_facts_do_not_come_in_under_a_past_uid(cast: Cast) -> None:
    furnish(cast)
    merge(cast.mei, cast.harbour, cast.lotus)

    fills = bring_in(cast.tomas, "trades", f"{FILLS}0001,2026-03-11 04:00,BTC-USDT,buy,7,b\n")

    assert fills.counts == counts(refused=1)


def test_a_client_may_change_places_with_a_further_account(cast: Cast) -> None:
    furnish(cast)
    merge(cast.mei, cast.harbour, cast.lotus)

    with db.write(by=cast.mei) as session:
        clients.change(
            session, cast.mei, cast.harbour.id, clients.ClientChange(version=now(cast.harbour).version, uid="0001")
        )

    assert (now(cast.harbour).number, [one.number for one in every(FurtherAccount)]) == (3, [1])


def test_a_lead_merges_across_books_and_tasks_and_history_follow(cast: Cast) -> None:
    with db.write(by=cast.tomas) as session:
        tasks.add(session, cast.tomas, NewTask(title="Owed", client_id=cast.northlight.id, due_on=date(2026, 3, 20)))

    done = merge(cast.nadia, cast.harbour, cast.northlight)

    (past,) = every(PastAssignment)
    assert (past.person_id, past.client_id, past.part) == (cast.tomas.id, cast.harbour.id, "merged")
    assert [one.owner_id for one in every(Task)] == [cast.mei.id]
    with db.read() as session:
        held = clients.assignments_of(session, cast.nadia, cast.harbour.id)
    assert (held[0].person_id, held[0].from_at) == (cast.mei.id, cast.harbour.created_at)
    assert take_back(cast.nadia, done).conflicts == []


def test_choosing_the_other_manager_hands_the_client_over(cast: Cast) -> None:
    merge(cast.nadia, cast.harbour, cast.northlight, manager_id=cast.northlight)

    assert now(cast.harbour).manager_id == cast.tomas.id
    with db.read() as session:
        held = clients.assignments_of(session, cast.nadia, cast.harbour.id)
    assert [(one.person_id, one.part, one.until_at is None) for one in held] == [
        (cast.tomas.id, "primary", True), (cast.mei.id, "primary", False),
    ]  # fmt: skip


def test_who_may_merge_what(cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        merge(cast.mei, cast.harbour, cast.northlight)
    with pytest.raises(NotFoundError):
        merge(cast.nadia, cast.harbour, cast.fjord)
    with pytest.raises(NotAllowedError):
        merge(cast.ada, cast.harbour, cast.lotus)
    with pytest.raises(InvalidError, match="itself"):
        merge(cast.mei, cast.harbour, cast.harbour)
    with pytest.raises(InvalidError, match="no field"):
        merge(cast.mei, cast.harbour, cast.lotus, version=cast.lotus)
    assert {now(one).version for one in (cast.harbour, cast.northlight, cast.lotus, cast.fjord)} == {1}


def test_whoever_looked_at_an_older_version_is_told(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        clients.tag(session, cast.mei, [cast.lotus.id], ["otc"])

    with pytest.raises(ConflictError, match="莲花资本"):
        merge_all(cast.mei, [Merge(keep_id=cast.harbour.id, other_ids=[cast.lotus.id], versions={cast.lotus.id: 1})])

    assert now(cast.lotus).tags == ["otc"]


def test_several_groups_become_one_each_in_one_change_set(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        new = [clients.add(session, cast.nadia, clients.NewClient(name=f"Alder {n}", uid=f"9{n}")) for n in range(4)]
        ids = sorted((one.id for one in (new[1], new[3])), key=str)
        session.add(NotDuplicate(first_id=ids[0], second_id=ids[1], said_by=cast.nadia.id))
    before = everything()

    done = merge_all(
        cast.nadia, [Merge(keep_id=new[0].id, other_ids=[new[1].id]), Merge(keep_id=new[2].id, other_ids=[new[3].id])]
    )

    (decision,) = every(NotDuplicate)
    assert {decision.first_id, decision.second_id} == {new[0].id, new[2].id}
    with pytest.raises(InvalidError, match="in common"):
        merge_all(
            cast.nadia,
            [Merge(keep_id=new[0].id, other_ids=[new[2].id]), Merge(keep_id=cast.harbour.id, other_ids=[new[2].id])],
        )
    assert take_back(cast.nadia, done).conflicts == []
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
        assert clients.merging.where_is(session, cast.mei, third.id) == now(cast.harbour)
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


@given(seed=st.integers(0, 10**6))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    handles = [NewHandle(kind=HandleKind.TELEGRAM, value=f"t{chance.randrange(4)}", is_verified=chance.random() < 0.5)]
    new = NewClient(
        name=f"Name {number}", venue=chance.choice(["OKX", "Bybit"]), uid=uid, handles=handles, notes=chance.choice(["", "x"]),
        tags=chance.sample(["a", "b", "c"], 2), manager_id=chance.choice([cast.mei.id, cast.tomas.id]),
        birthday=chance.choice([None, date(1980, 1, 1)]),
    )  # fmt: skip
    client = clients.add(session, cast.nadia, new)
    if uid:
        account = clients.number_of(session, client.venue, uid)
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


def test_only_what_a_client_does_at_its_own_venue_gives_it_a_tier_there(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        elsewhere = clients.add(session, cast.mei, NewClient(name="Harbour", venue="Bybit", uid="9"))
        trading.ensure_policies(session)
        for client, volume in ((cast.harbour, 1_000), (elsewhere, 10**10)):
            number = clients.number_of(session, client.venue, client.uid or "")
            session.add(DailyActivity(number=number, day=date(2026, 3, 15), product="spot", volume_usd=Decimal(volume)))
        session.flush()
        trading.refresh(session)
    with db.read() as session:
        alone = trading.tier_of(session, cast.mei, cast.harbour.id)

    merge(cast.mei, cast.harbour, elsewhere)

    with db.read() as session:
        profile = trading.profile_of(session, cast.mei, cast.harbour.id)
        standing = trading.tier_of(session, cast.mei, cast.harbour.id)
        summary = client_summary.summary_of(session, cast.mei, cast.harbour.id)
        line = book.page(session, cast.mei, clients.ClientFilter()).lines[0]
    assert profile
    assert profile.volume_30d_usd == line.volume_30d_usd == 10**10 + 1_000
    assert alone
    assert standing
    assert (standing.tier, standing.gap_usd) == (alone.tier, alone.gap_usd)
    assert summary.volume_30d_usd == profile.volume_30d_usd
