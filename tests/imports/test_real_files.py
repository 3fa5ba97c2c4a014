"""Lists and fills that other people wrote: all rows accounted for, nothing new the second time, nothing left after undo."""

import csv
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from crm import db, people
from crm.clients.models import Account, Client
from crm.trading.models import DailyActivity, Fill
from tests.imports.bringing import bring_in, counts, everything, take_back
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long

INDIA = timedelta(hours=5, minutes=30)
LISTS = [
    ("datablist/customers-100.csv", 100),
    ("datablist/customers-10000_dd-mm-yyyy.csv", 10_000),
    ("zh/银行客户留存.csv", 10_000),
    ("salesforce_dataloader/accountData.csv", 423),
    ("salesforce_dataloader/accountsForInsert.csv", 4),
    ("salesforce_dataloader/insertAccountCsv.csv", 100),
    ("salesforce_dataloader/upsertFkAccountOldFormatCsvTemplate.csv", 50),
    ("maven_crm_mixed_dates/accounts.csv", 85),
]


@pytest.mark.parametrize(("name", "rows"), LISTS)
def test_a_real_list_goes_in_once_and_comes_out_whole(database: str, shared: Path, name: str, rows: int) -> None:
    before = everything()
    path = shared / "client_lists" / name

    first = bring_in(people.machine(), "clients", path)
    second = bring_in(people.machine(), "clients", path)
    take_back(people.machine(), first)

    assert first.counts == counts(created=rows)
    assert second.counts == counts(unchanged=rows)
    assert everything() == before


def test_a_chinese_bank_list_keeps_what_no_field_holds(database: str, shared: Path) -> None:
    bring_in(people.machine(), "clients", shared / "client_lists" / "zh" / "银行客户留存.csv")

    with db.read() as session:
        hargrave = session.exec(select(Client).where(Client.uid == "15634602")).one()
    assert (hargrave.name, hargrave.country) == ("Hargrave", "FR")
    assert hargrave.attributes["信用分数"] == "619"


def test_real_fills_add_up_to_what_others_computed(database: str, shared: Path) -> None:
    """By account and by day; to bring in the hundred thousand costs more than both comparisons."""
    folder = shared / "trades" / "hyperliquid"

    first = bring_in(people.machine(), "trades", folder / "hl_trades_5col.show.csv")
    again = bring_in(people.machine(), "trades", folder / "hl_trades_5col.show.csv")

    assert (first.counts, again.counts) == (counts(created=107_384), counts(unchanged=107_384))
    with db.read() as session:
        sums = [
            sa.func.sum(col(name))
            for name in (DailyActivity.trades, DailyActivity.volume_usd, DailyActivity.realised_pnl_usd)
        ]
        joined = (
            sa.select(col(Account.uid))
            .add_columns(*sums)
            .join(DailyActivity, col(DailyActivity.number) == Account.number)
        )
        query = joined.where(col(Account.venue) == "Hyperliquid").group_by(col(Account.uid))
        found = {uid: (int(n), volume, pnl) for uid, n, volume, pnl in session.connection().execute(query)}
    expected = _rows(folder / "account_scorecard.show.csv")
    assert len(found) == len(expected) == 16
    for line in expected:
        trades, volume, pnl = found[line["Account"]]
        assert trades == int(float(line["rows"]))
        assert float(volume) == pytest.approx(float(line["notional_usd"]), rel=1e-9)
        assert float(pnl) == pytest.approx(float(line["gross_pnl"]), rel=1e-9, abs=1e-6)
    _daily_pnl_is_the_others_where_their_day_is_ours(folder / "daily_pnl_per_account.show.csv")


def _daily_pnl_is_the_others_where_their_day_is_ours(others: Path) -> None:
    """Their day is India's, ours ends at 16:00 UTC: they agree where no fill stands between 21:30 and midnight in India."""
    moved: set[tuple[str, str]] = set()
    with db.read() as session:
        columns = (col(Account.uid), col(Fill.day), col(Fill.traded_at), col(Fill.realised_pnl_usd))
        query = sa.select(*columns).join(Fill, col(Fill.number) == Account.number)
        ours: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for uid, day, traded_at, pnl in session.connection().execute(query):
            ours[uid, str(day)] += pnl or 0
            theirs = str((traded_at + INDIA).date())
            if theirs != str(day):
                moved |= {(uid, theirs), (uid, str(day))}
    compared = 0
    for line in _rows(others):
        key = (line["Account"], line["Date"])
        if key not in moved:
            assert float(ours[key]) == pytest.approx(float(line["Closed PnL"]), rel=1e-9, abs=1e-6)
            compared += 1
    assert compared > 500


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
