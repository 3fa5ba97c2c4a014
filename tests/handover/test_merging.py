"""Several records of one client become one: what stays, who may, what comes in later."""

from datetime import date
from decimal import Decimal

import pytest

from crm import clients, db, exports, handover, tasks, trading
from crm.clients import Client, NewClient
from crm.clients.models import ContactMethod, FurtherAccount, NotDuplicate, PastAssignment
from crm.ground.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from crm.handover.merging import Merge
from crm.insights import book, client_summary
from crm.interactions.models import Interaction
from crm.tasks import NewTask, Task
from crm.trading.models import DailyActivity, TradingProfile
from crm.trading.queries import profile_of, tier_of, unclaimed
from tests.cast import DESK, Cast
from tests.handover.merged import FILLS, every, furnish, merge, merge_all, now, take_back
from tests.imports.bringing import bring_in, counts, everything


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
    assert sorted((one.kind, one.value, one.is_verified) for one in every(ContactMethod)) == [
        ("email", "desk@harbour.example", False),
        ("telegram", "harbour", False),
        ("wechat", "lotus", True),
    ]
    with db.read() as session:
        assert session.get(Client, cast.lotus.id) is None
        assert handover.merging.where_is(session, cast.mei, cast.lotus.id) == kept
        assert clients.page(session, cast.mei, clients.ClientFilter(text="莲花")).total == 1
        assert clients.page(session, cast.mei, clients.ClientFilter(text="0001")).total == 1
        assert clients.find(session, cast.mei, "OKX", "0001") == kept


def test_facts_of_all_accounts_count_for_the_one_kept(cast: Cast) -> None:
    furnish(cast)

    merge(cast.mei, cast.harbour, cast.lotus)

    with db.read() as session:
        profile = profile_of(session, cast.mei, cast.harbour.id)
        days = trading.daily_of(session, cast.mei, cast.harbour.id, date(2026, 3, 1), date(2026, 3, 15))
        exported = [(row[1], row[5]) for row in exports.export(session, cast.mei, "daily_activity").rows]
        assert unclaimed(session, cast.nadia) == []
    assert profile
    assert (profile.volume_30d_usd, profile.equity_usd) == (Decimal(150), Decimal(1070))
    assert list(days["volume_usd"]) == [150]
    assert sorted(exported) == [("0001", Decimal(50)), (cast.harbour.uid, Decimal(100))]
    assert len(every(TradingProfile)) == 1


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
        profile = profile_of(session, cast.mei, kept.id)
        assert profile
        assert profile.volume_30d_usd == 157
    with pytest.raises(ConflictError), db.write(by=cast.mei) as session:
        clients.add(session, cast.mei, clients.NewClient(name="Lotus again", venue="OKX", uid="0001"))


def test_somebody_elses_facts_do_not_come_in_under_a_past_uid(cast: Cast) -> None:
    furnish(cast)
    merge(cast.mei, cast.harbour, cast.lotus)

    fills = bring_in(cast.tomas, "trades", f"{FILLS}0001,2026-03-11 04:00,BTC-USDT,buy,7,b\n")

    assert fills.counts == counts(held=1)


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
        (cast.tomas.id, "primary", True),
        (cast.mei.id, "primary", False),
    ]


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


def test_only_what_a_client_does_at_its_own_venue_gives_it_a_tier_there(cast: Cast) -> None:
    with db.write(by=DESK) as session:
        elsewhere = clients.add(session, cast.mei, NewClient(name="Harbour", venue="Bybit", uid="9"))
        trading.ensure_policies(session)
        for client, volume in ((cast.harbour, 1_000), (elsewhere, 10**10)):
            number = clients.accounts.number_of(session, client.venue, client.uid or "")
            session.add(DailyActivity(number=number, day=date(2026, 3, 15), product="spot", volume_usd=Decimal(volume)))
        session.flush()
        trading.refresh(session)
    with db.read() as session:
        alone = tier_of(session, cast.mei, cast.harbour.id)

    merge(cast.mei, cast.harbour, elsewhere)

    with db.read() as session:
        profile = profile_of(session, cast.mei, cast.harbour.id)
        standing = tier_of(session, cast.mei, cast.harbour.id)
        summary = client_summary.summary_of(session, cast.mei, cast.harbour.id)
        line = book.page(session, cast.mei, clients.ClientFilter()).lines[0]
    assert profile
    assert profile.volume_30d_usd == line.volume_30d_usd == 10**10 + 1_000
    assert alone
    assert standing
    assert (standing.tier, standing.gap_usd) == (alone.tier, alone.gap_usd)
    assert summary.volume_30d_usd == profile.volume_30d_usd
