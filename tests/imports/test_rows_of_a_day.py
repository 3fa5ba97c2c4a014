"""Several rows of one account and day: what adds up does, what stands there at a moment does not, what is equal is a repetition."""

from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from crm import db, imports
from crm.intake.guesses import OpenQuestionError
from crm.trading.models import Balance, DailyActivity
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything, take_back
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long


def held(cast: Cast) -> tuple[Decimal | None, ...]:
    with db.read() as session:
        found = session.exec(select(Balance).where(Balance.number == cast.harbour.number)).one()
        return found.equity_usd, found.deposits_usd, found.withdrawals_usd


EQUITIES = (
    ("UID,Day,Equity,Coin\n{uid},2026-03-02,500,USDT\n{uid},2026-03-02,70,USDC\n", 570),
    ("UID,Date,Equity\n{uid},2026-03-02 18:00,70\n{uid},2026-03-02 09:00,500\n", 70),
    ("UID,Day,Equity,Time\n{uid},2026-03-02,70,18:00\n{uid},2026-03-02,500,9:30\n", 70),
    ("UID,Day,Equity,Wallet\n{uid},2026-03-02,70,spot\n{uid},2026-03-02,500,earn\n", 570),
)


def test_equity_adds_up_by_its_parts_and_else_the_last_counts(cast: Cast) -> None:
    for text, equity in EQUITIES:
        done = bring_in(cast.mei, "balances", text.format(uid=cast.harbour.uid))
        assert held(cast)[0] == equity, text
        assert (done.counts.created, done.left_out) == ((2, 0) if equity == 570 else (1, 1)), text
        take_back(cast.mei, done)

    unclear = f"UID,Day,Equity,Deposits\n{cast.harbour.uid},2026-03-02,70,5\n{cast.harbour.uid},2026-03-02,500,6\n"
    with pytest.raises(OpenQuestionError, match="Equity"):
        bring_in(cast.mei, "balances", unclear)
    bring_in(cast.mei, "balances", unclear, answers={"same_row:Equity": "first counts"})
    assert held(cast)[:2] == (Decimal(70), Decimal(11))


def test_deposits_add_up_and_the_certificate_too(cast: Cast) -> None:
    rows = [
        "{uid},2026-03-02,800.25,0,a",
        "{uid},2026-03-02,90.5,0,b",
        "{uid},2026-03-02,90.5,0,b",
        "{uid},2026-03-03,7,1,c",
    ]
    text = "UID,Day,Deposits,Withdrawals,Tx hash\n" + "\n".join(rows).format(uid=cast.harbour.uid)

    done = bring_in(cast.mei, "balances", text)

    assert done.counts == counts(created=3, duplicate=1)
    assert (done.left_out, {s.label: s.in_store for s in done.sums}["Deposits (USD)"]) == (0, Decimal("897.75"))
    before = everything()
    assert bring_in(cast.mei, "balances", text).counts == counts(unchanged=3, duplicate=1)
    assert everything() == before
    with db.read() as session:
        found = [g for g in imports.guesses_of(session, cast.mei, done.batch.id) if g.topic == "same_row"]
    assert {(g.column, g.guess) for g in found} == {("Deposits", "adds up"), ("Withdrawals", "adds up")}


def test_a_day_waits_for_its_refused_row(cast: Cast) -> None:
    text = f"UID,Day,Deposits,Tx hash\n{cast.harbour.uid},2026-03-02,800,a\n{cast.harbour.uid},2026-03-02,9o,b\n"

    assert bring_in(cast.mei, "balances", text).counts == counts(refused=2)


DAYS: tuple[tuple[str, str, str, dict[str, str], tuple[int, int]], ...] = (
    ("Coin,Volume,Fees", "USDT,100,1", "USDC,50,2", {}, (150, 3)),
    ("Hour,Volume,Fees", "1,100,1", "2,50,2", {}, (150, 3)),
    ("Sub account,Volume,Fees", "main,100,1", "second,50,2", {}, (150, 3)),
    ("Updated at,Volume,Fees", "2026-03-03 08:00,100,1", "2026-03-03 09:00,50,2", {}, (50, 2)),
    ("Note,Volume,Fees", "x,100,1", "x,50,2", {"same_row": "first counts"}, (100, 1)),
)


@pytest.mark.parametrize(("header", "first", "second", "answers", "whole"), DAYS)
def test_volume_adds_up_per_coin_hour_and_sub_account(
    cast: Cast, header: str, first: str, second: str, answers: dict[str, Any], whole: tuple[int, int]
) -> None:
    text = f"UID,Day,{header}\n{cast.harbour.uid},2026-03-02,{first}\n{cast.harbour.uid},2026-03-02,{second}\n"

    done = bring_in(cast.mei, "daily_activity", text, answers=answers)

    with db.read() as session:
        day = session.exec(select(DailyActivity).where(DailyActivity.number == cast.harbour.number)).one()
    assert [day.volume_usd, day.fees_usd] == [Decimal(amount) for amount in whole]
    assert (done.counts.duplicate, done.left_out) == ((0, 0) if whole[0] == 150 else (1, 1))


def test_the_certificate_says_where_a_column_was_read_otherwise(cast: Cast) -> None:
    text = f"UID;Day;Equity;Deposits\n{cast.harbour.uid};2026-03-02;1.250;12\n"

    done = bring_in(cast.mei, "balances", text)

    by_label = {s.label: s for s in done.sums}
    assert by_label["Equity (USD)"].as_written == Decimal("1.25")
    assert "1,250" in str(by_label["Equity (USD)"].differs)
    assert by_label["Deposits (USD)"].differs is None
