"""A venue that no list of ours knows is one venue, however a file writes it."""

import pytest
from sqlmodel import select

from crm import db
from crm.clients.models import Client
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts

TRADES = """Exchange,UID,Time,Symbol,Side,Trade ID,Volume (USD)
{0},D-1,2026-03-02 10:00:00,BTC-PERPETUAL,buy,t1,1000
{1},D-1,2026-03-02 11:00:00,BTC-PERPETUAL,sell,t2,2500
"""


def test_a_client_is_known_again_by_another_spelling_of_the_venue(cast: Cast) -> None:
    bring_in(cast.mei, "clients", "exchange,uid,name\nDeribit,D-1,Alder\n")

    again = bring_in(
        cast.mei, "clients", "exchange,uid,name\nDERIBIT,D-1,Alder\nderibit,D-2,Birch\nDERIBIT,D-2,Birch\n"
    )

    assert again.counts == counts(unchanged=1, created=1, duplicate=1)
    with db.read() as session:
        venues = session.exec(select(Client.venue).where(Client.uid.startswith("D-"))).all()  # type: ignore[union-attr]
    assert venues == ["Deribit", "Deribit"]


@pytest.mark.parametrize("spellings", [("DERIBIT", "DERIBIT"), ("deribit", "Deribit")])
def test_trades_do_not_count_twice_under_another_spelling_of_the_venue(cast: Cast, spellings: tuple[str, str]) -> None:
    bring_in(cast.mei, "clients", "exchange,uid,name\nDeribit,D-1,Alder\n")
    first = bring_in(cast.mei, "trades", TRADES.format("Deribit", "Deribit"))

    again = bring_in(cast.mei, "trades", TRADES.format(*spellings))

    assert (first.counts, again.counts) == (counts(created=2), counts(unchanged=2))
