"""Moments as people and programs write them: read in the zone that they name, or refused; never with the zone dropped."""

import pytest
from sqlmodel import select

from crm import db
from crm.trading.models import DailyActivity, Fill
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts

NOON = "2025-03-04T12:00:00+00:00"
SAME = [
    "2025-03-04 20:00:00 HKT",
    "2025-03-04 21:00 JST",
    "2025-03-04 04:00:00 PST",
    "2025-03-04 20:00:00 +08:00",
    "2025-03-04 20:00:00 +0800",
    "2025-03-04 20:00:00 UTC+8",
    "2025-03-04 20:00:00 (UTC+08:00)",
    "2025-03-04T20:00:00 GMT+0800",
    "2025-03-04 20:00:00 Asia/Shanghai",
    "2025-03-04 07:00:00 America/New_York",
    "2025-03-04 12:00:00 UTC",
    "2025-03-04 12:00:00Z",
    "2025-03-04 12:00:00",
    "2025-03-04 12:00:00,000",
    "2025-03-04 12:00:00.000000000",
    "2025年3月4日 12:00",
    "2025年3月4日12:00:00",
    "2025-03-04 下午12:00",
    "2025/3/4 中午12:00",
    "March 4, 2025 12:00 PM",
    "4 Mar 2025 12:00",
    "4-Mar-25 12:00",
    "04 March 2025 12:00",
    "1741089600",
    "1741089600000",
    "1741089600000000",
    "1741089600000000000",
    "1741089600.0",
    "Mar 4, 2025 7:00 AM EST",
]


@pytest.mark.parametrize("written", SAME)
def test_a_moment_is_read_in_the_zone_that_it_names(cast_on_duckdb: Cast, written: str) -> None:
    header = "uid,time,symbol,price,quantity"
    done = bring_in(
        cast_on_duckdb.mei, "trades", f'{header}\n{cast_on_duckdb.harbour.uid},"{written}",BTC-USDT,100,1\n'
    )

    assert done.counts == counts(created=1)
    with db.read() as session:
        assert session.exec(select(Fill)).one().traded_at.isoformat() == NOON


@pytest.mark.parametrize(
    "written",
    ["2025-03-04 12:00:00 CST", "2025-03-04 12:00 about", "2025-03-04 12:00:00 Asia/Atlantis", "2025-02-30 12:00"],
)
def test_what_does_not_say_which_moment_it_is_is_refused(cast_on_duckdb: Cast, written: str) -> None:
    header, uid = "uid,time,symbol,price,quantity", cast_on_duckdb.harbour.uid
    rows = [f"{uid},2025-03-0{n} 11:00,BTC-USDT,100,1" for n in (1, 2)]

    done = bring_in(cast_on_duckdb.mei, "trades", "\n".join([header, *rows, f"{uid},{written},BTC-USDT,100,1"]))

    assert done.counts == counts(created=2, refused=1)


@pytest.mark.parametrize(
    "written",
    ["4-Mar-25", "4-Mar-2025", "March 4, 2025 3:02 PM", "4 March, 2025", "Mar 4 2025", "2025年3月4日", "2025-Mar-04"],
)
def test_days_in_words(cast_on_duckdb: Cast, written: str) -> None:
    done = bring_in(
        cast_on_duckdb.mei, "daily_activity", f'uid,day,volume\n{cast_on_duckdb.harbour.uid},"{written}",5\n'
    )

    assert done.counts == counts(created=1)
    with db.read() as session:
        assert session.exec(select(DailyActivity)).one().day.isoformat() == "2025-03-04"
