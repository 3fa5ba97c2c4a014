"""What is known about an account's trading is shown to those who see its client, and to nobody else."""

from typing import Any

import pytest

from crm import clients, db, trading
from crm.ground.errors import NotFoundError
from crm.trading.queries import profile_of, tier_of, unclaimed
from tests.cast import DESK, Cast
from tests.trading.make import AS_OF, ago, balance, day, put


def enter_unclaimed() -> int:
    with db.write(by=DESK) as session:
        return clients.accounts.number_of(session, "OKX", "777")


def test_the_days_of_a_client_are_for_those_who_see_it(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(1), "5", fees="0.25"),
        day(cast.harbour, ago(40), "9"),
        balance(cast.harbour, ago(1), equity="70"),
    )

    with db.read() as session:
        days = trading.daily_of(session, cast.mei, cast.harbour.id, ago(30), AS_OF)
        balances = trading.balances_of(session, cast.nadia, cast.harbour.id, ago(30), AS_OF)
        with pytest.raises(NotFoundError):
            trading.daily_of(session, cast.tomas, cast.harbour.id, ago(30), AS_OF)
        with pytest.raises(NotFoundError):
            profile_of(session, cast.oskar, cast.harbour.id)

    assert days.to_dict("records") == [
        {
            "day": ago(1),
            "product": "spot",
            "instrument": "BTC-USDT",
            "volume_usd": 5,
            "maker_volume_usd": None,
            "trades": None,
            "fees_usd": days["fees_usd"][0],
            "rebates_usd": None,
            "realised_pnl_usd": None,
        }
    ]
    assert str(days["fees_usd"][0]) == "0.25000000"
    assert list(balances["equity_usd"]) == [70]


def test_a_client_without_trades_has_an_empty_frame_and_no_profile(cast: Cast) -> None:
    put()

    with db.read() as session:
        assert trading.daily_of(session, cast.mei, cast.harbour.id, ago(30), AS_OF).empty
        assert profile_of(session, cast.mei, cast.harbour.id) is None
        assert tier_of(session, cast.mei, cast.harbour.id) is None


def test_uids_that_are_nobodys_client_are_shown_to_those_who_hand_clients_out(cast: Cast) -> None:
    number = enter_unclaimed()
    fact = day(cast.harbour, ago(3), "8", trades=2)
    fact.number = number
    put(fact, day(cast.harbour, ago(0), "5"))

    with db.read() as session:
        found: Any
        (found,) = unclaimed(session, cast.nadia)
        assert unclaimed(session, cast.mei) == []

    assert (found.venue, found.uid, found.volume_usd, found.trades, found.first_day) == ("OKX", "777", 8, 2, ago(3))
