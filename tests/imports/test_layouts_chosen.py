"""A person knows better than a header: whose rows these are, which zone, which column, which layout or none."""

from decimal import Decimal

import pytest

from crm import db, imports
from crm.ground.errors import InvalidError
from crm.imports import Options
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts
from tests.imports.test_layouts import CURRENT, FUNDS, OKX, accounts, fills
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long

BARE = f"""{CURRENT}
1,7,2026-03-10 10:00:00,Perpetual,BTC-USDT-SWAP,Open long,1,cont,70000,0,-0.35,USDT,1,1,0,0,USDT
"""


def test_a_file_without_an_account_waits_for_its_uid(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        batch = imports.stage(session, cast.nadia, None, "okx.csv", BARE.encode())
    with db.read() as session:
        notes = list(map(str, imports.notes_of(session, cast.nadia, batch.id)))
        columns = imports.columns_of(session, cast.nadia, batch.id)

    with pytest.raises(InvalidError, match="give the UID"):
        imports.apply(cast.nadia, batch.id)
    with db.write(by=cast.nadia) as session:
        imports.remap(session, cast.nadia, batch.id, version=batch.version, fields={}, options=Options(uid="55"))
    done = imports.apply(cast.nadia, batch.id)

    assert notes[:2] == [
        "Recognised as “OKX trading history”.",
        "This file does not name its account: give the UID that all of its rows belong to.",
    ]
    assert ("= Size (USD)", "volume_usd") in {(column.header, column.field) for column in columns}
    assert done.counts == counts(created=1)
    assert accounts() == {("OKX", "55")}


def test_the_zone_and_the_venue_that_a_person_says_win(cast: Cast) -> None:
    done = bring_in(cast.nadia, None, OKX, time_zone="UTC", venue="Gate")

    assert done.batch.mapping["time_zone"] == "UTC"
    assert {venue for venue, _ in accounts()} == {"Gate"}
    assert str(fills()["11"].day) == "2026-03-11"


def test_a_column_that_a_person_names_takes_the_place_of_what_was_worked_out(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        batch = imports.stage(session, cast.nadia, None, "okx.csv", BARE.encode(), Options(uid="55"))
    fee = CURRENT.split(",").index("Fee")
    with db.write(by=cast.nadia) as session:
        imports.remap(session, cast.nadia, batch.id, version=batch.version, fields={fee: "fee_usd"}, options=Options())
    imports.apply(cast.nadia, batch.id)

    assert next(iter(fills().values())).fee_usd == Decimal("-0.35")


HYPERLIQUID = "Account,Closed PnL,Size USD,Timestamp IST,Direction\n0xabc,0,100,13-10-2025 21:00,Buy\n"


def test_no_layout_is_a_choice_and_so_is_another_one(cast: Cast) -> None:
    done = bring_in(cast.nadia, "trades", HYPERLIQUID, layout="none", time_zone="UTC")
    with pytest.raises(InvalidError, match="has no column id, Order id"):
        bring_in(cast.nadia, "trades", HYPERLIQUID, layout="OKX trading history")
    with pytest.raises(InvalidError, match="There is no layout “Mars”"):
        bring_in(cast.nadia, "trades", HYPERLIQUID, layout="Mars")
    with pytest.raises(InvalidError, match="is a layout of clients"):
        bring_in(cast.nadia, "trades", "uid,joinTime,volMonth,accFee\n", layout="OKX affiliate invitees")

    assert (done.batch.mapping["layout"], done.batch.mapping["time_zone"]) == ("", "UTC")
    assert accounts() == {("OKX", "0xabc")}


def test_the_layout_can_still_be_changed_while_the_file_waits(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        batch = imports.stage(session, cast.nadia, "trades", "hl.csv", HYPERLIQUID.encode(), Options(layout="none"))
    with db.read() as session:
        offered = imports.layouts_of(session, cast.nadia, batch.id)
    with db.write(by=cast.nadia) as session:
        options = Options(layout=offered[0], time_zone=batch.mapping["time_zone"])
        imports.remap(session, cast.nadia, batch.id, version=batch.version, fields={}, options=options)
    done = imports.apply(cast.nadia, batch.id)

    assert (offered, done.batch.mapping["time_zone"]) == (["Hyperliquid trades"], "Asia/Kolkata")
    assert accounts() == {("Hyperliquid", "0xabc")}


def test_a_kept_mapping_never_gives_one_clients_trades_to_another(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        batch = imports.stage(session, cast.nadia, None, "okx.csv", OKX.encode())
        imports.keep_mapping(session, cast.nadia, batch.id, "OKX")

    bring_in(cast.nadia, None, OKX.replace("81234567890123456", "66").replace("UTC+3", "UTC+8"))

    assert accounts() == {("OKX", "66")}
    assert str(fills()["13"].day) == "2026-03-10"


def test_a_file_of_another_kind_says_what_it_is(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="looks like “Binance account statement”; choose Balances"):
        bring_in(cast.nadia, "trades", FUNDS["Binance account statement"][0])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("open_time,open,high,low,close,volume\n1,2,3,1,2,9\n", "market prices"),
        ("Date(UTC),Coin,Token,Amount,Status\n2021-03-01 12:00:00,ETH,BETH,1,Success\n", "ETH exchanged for BETH"),
    ],
)
def test_a_file_of_which_nothing_is_kept_says_so(cast: Cast, text: str, why: str) -> None:
    with pytest.raises(InvalidError, match=why):
        bring_in(cast.nadia, None, text)


def test_refused_rows_keep_the_line_that_says_whose_they_are(cast: Cast) -> None:
    done = bring_in(cast.nadia, None, OKX)

    with db.read() as session:
        _, mended = imports.refused_file(session, cast.nadia, done.batch.id)
    again = bring_in(cast.nadia, None, mended)

    assert (again.batch.mapping["layout"], again.batch.mapping["time_zone"]) == ("OKX trading history", "Etc/GMT-3")
    assert again.batch.mapping["constants"]["uid"] == "81234567890123456"
    assert again.counts == counts(refused=2)
