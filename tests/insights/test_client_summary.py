"""One client at a glance: each number by hand, and what is missing stays missing."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from crm import db
from crm.clients.models import Client
from crm.ground.errors import NotFoundError
from crm.ground.messages import Message, Share, Usd
from crm.insights.client_summary import ClientSummary, summary_of
from crm.insights.gather import end_of
from crm.insights.health import Health
from crm.interactions.models import Interaction
from crm.people import Person
from crm.tasks.models import Task
from tests.cast import DESK, Cast
from tests.trading.make import AS_OF, ago, balance, day, put


def look(viewer: Person, client: Client) -> ClientSummary:
    with db.read() as session:
        return summary_of(session, viewer, client.id)


def save(*rows: Interaction | Task) -> None:
    with db.write(by=DESK) as session:
        session.add_all(rows)


def talk(client: Client, days: int, mood: int | None = None) -> Interaction:
    return Interaction(
        client_id=client.id,
        person_id=client.manager_id,
        happened_at=datetime(2026, 3, 16, 3, tzinfo=UTC) - timedelta(days=days),
        summary="x",
        mood=mood,
    )


def driver(health: Health, name: str) -> float | None:
    return next(d.score for d in health.drivers if name in d.name.text)


def said(summary: ClientSummary) -> list[str]:
    return [str(reason.said) for reason in summary.reasons]


def test_a_client_of_whom_nothing_is_known_has_no_numbers_at_all(cast: Cast) -> None:
    put(policies=True)

    found = look(cast.mei, cast.harbour)

    assert (found.as_of, found.volume_30d_usd, found.change, found.effective_fee_bps, found.maker_share) == (None,) * 5
    assert (found.equity_usd, found.last_contact_at, found.gap, found.roll_off, found.silence) == (None,) * 5
    assert (found.open_tasks, found.overdue_tasks, found.promises_overdue) == (0, 0, 0)
    assert (found.health.score, found.health.band, found.health.coverage) == (None, None, 0)


def test_nobody_looks_into_a_book_that_is_not_theirs(cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        look(cast.tomas, cast.harbour)


def test_fees_and_maker_share_are_measured_on_the_days_that_tell_them(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(0), "1000", fees="2", rebates="0.5", maker_volume="250"),
        day(cast.harbour, ago(1), "2000", fees="1"),
        day(cast.harbour, ago(2), "7000"),
        day(cast.harbour, ago(31), "5000", fees="99", maker_volume="5000"),
    )

    found = look(cast.mei, cast.harbour)

    assert found.volume_30d_usd == 10_000
    assert found.net_fees_30d_usd == Decimal("2.5")
    assert found.effective_fee_bps == pytest.approx(Decimal(25000) / 3000)
    assert found.maker_share == 0.25
    assert found.change == pytest.approx(1.0)


def test_a_client_who_is_paid_more_than_it_pays_has_a_negative_fee(cast: Cast) -> None:
    put(day(cast.harbour, ago(0), "10000", fees="0", rebates="1"))

    assert look(cast.mei, cast.harbour).effective_fee_bps == -1


def test_tier_gap_and_roll_off_are_said_in_words(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(25), "15800000"),
        day(cast.lotus, ago(0), "1"),
        balance(cast.harbour, ago(0), equity="1000"),
        policies=True,
    )

    found = look(cast.mei, cast.harbour)

    assert (found.tier, found.earned_tier) == ("VIP4", "VIP1")
    assert str(found.gap) == "$4.2M more 30-day spot volume to VIP2 (79% reached)"
    assert found.roll_off is not None
    assert found.roll_off.without_trading is not None
    assert found.roll_off.without_trading.on == AS_OF + timedelta(days=5)
    assert "VIP1 falls to Lv1 on 20 Mar 2026 without more trading" in said(found)


def test_a_tier_that_is_kept_up_is_no_reason_to_call(cast: Cast) -> None:
    put(*(day(cast.harbour, ago(n), "340000") for n in range(30)), policies=True)

    found = look(cast.mei, cast.harbour)

    assert found.roll_off is not None
    assert found.roll_off.without_trading is not None
    assert found.roll_off.at_pace_of_7_days is None
    assert not [text for text in said(found) if "falls" in text]


def test_silence_is_the_share_of_past_pauses_that_were_shorter(cast: Cast) -> None:
    # Nine pauses: eight of two days and one of ten; the last active day is five days ago.
    active = [5, 7, 9, 11, 13, 23, 25, 27, 29, 31]
    put(
        *(day(cast.harbour, ago(n), "1") for n in active),
        day(cast.northlight, ago(0), "1"),
        day(cast.harbour, ago(1), "0"),
    )

    found = look(cast.mei, cast.harbour)

    assert found.silence is not None
    assert (found.silence.gaps, found.silence.shorter, found.silence.current_days) == (9, 8, 5)
    assert found.silence.q == pytest.approx(8 / 9)
    assert not found.silence.is_unusual
    assert driver(found.health, "rhythm") == pytest.approx(200 / 9)


def test_silence_says_nothing_before_there_are_eight_pauses(cast: Cast) -> None:
    put(*(day(cast.harbour, ago(n), "1") for n in range(10, 18)), day(cast.northlight, ago(0), "1"))

    found = look(cast.mei, cast.harbour)

    assert found.silence is not None
    assert (found.silence.gaps, found.silence.q) == (7, None)


def test_an_unusual_pause_is_a_reason_with_its_numbers(cast: Cast) -> None:
    put(*(day(cast.harbour, ago(n), "1") for n in range(10, 30)), day(cast.northlight, ago(0), "1"))

    assert "Quiet for 10 days, its longest pause so far" in said(look(cast.mei, cast.harbour))


def test_health_is_the_weighted_mean_of_what_is_known(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(40), "100"),
        day(cast.harbour, ago(0), "40"),
        balance(cast.harbour, ago(0), equity="75", out="25"),
        policies=True,
    )
    save(talk(cast.harbour, 21, mood=5), talk(cast.harbour, 30, mood=2))

    found = look(cast.mei, cast.harbour).health

    # volume 40 (30), deposits 75 (15), contact 21 days at a standard of 14: 50 (15), mood 3.5: 62.5 (10)
    assert [driver(found, name) for name in ("Volume", "Deposits", "Contact", "Mood")] == pytest.approx(
        [40, 75, 50, 62.5]
    )
    assert (driver(found, "rhythm"), driver(found, "identity")) == (None, None)
    assert found.score == round((30 * 40 + 15 * 75 + 15 * 50 + 10 * 62.5) / 70)
    assert found.coverage == pytest.approx(0.7)
    assert found.band == "yellow"


def test_contact_and_kyc_are_reasons_when_they_are_due(cast: Cast) -> None:
    put(policies=True)
    with db.write(by=DESK) as session:
        session.get_one(Client, cast.harbour.id).kyc_expires_on = date(2026, 4, 1)
        session.get_one(Client, cast.lotus.id).kyc_expires_on = date(2026, 3, 1)
        session.add(day(cast.northlight, ago(0), "1"))
        session.add_all([talk(cast.harbour, 15), talk(cast.lotus, 30)])
    put()

    assert said(look(cast.mei, cast.harbour)) == [
        "The KYC expires on 1 Apr 2026",
        "Last contact 15 days ago; VIP4 is to be contacted every 14 days",
    ]
    assert said(look(cast.mei, cast.lotus)) == ["The KYC expired on 1 Mar 2026"]
    assert said(look(cast.tomas, cast.northlight)) == [
        "No contact was ever logged; VIP2 is to be contacted every 30 days"
    ]


def test_amounts_and_shares_read_well_in_english() -> None:
    said_so = Message(
        "{a} {b} {c} {d} {e}",
        a=Usd(Decimal(4_200_000)),
        b=Usd(Decimal(-1500)),
        c=Usd(Decimal(0)),
        d=Share(0.625),
        e=Usd(Decimal(10**9)),
    )

    assert str(said_so) == "$4.2M -$1.5K $0 62% $1B"


def test_a_day_ends_when_the_next_begins_also_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    assert end_of(date(2026, 3, 29), "Europe/Berlin") == datetime(2026, 3, 30, tzinfo=berlin)
    assert end_of(date(2026, 3, 29), "Europe/Berlin").astimezone(UTC) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert end_of(date(2026, 3, 28), "Europe/Berlin").astimezone(UTC) == datetime(2026, 3, 28, 23, tzinfo=UTC)
