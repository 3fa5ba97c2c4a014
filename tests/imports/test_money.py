"""Amounts are dollars only where the file says so; units, signs and sums are read from its own words, and said."""

from decimal import Decimal
from typing import Any

import pytest

from crm import db, imports
from crm.ground.errors import InvalidError
from crm.intake.guesses import Guess, OpenQuestionError, Topic
from crm.intake.money import pairs, titled
from tests.cast import Cast
from tests.imports.bringing import bring_in, problems, staged

D = Decimal


def read(cast: Cast, kind: str, header: str, *rows: str, **options: Any) -> list[dict[str, Any]]:
    """What the rows of a file would be put as; None for a row that is refused."""
    lines = [f"uid,{header}", *(f"{cast.harbour.uid},{row}" for row in rows)]
    batch = staged(cast.mei, kind, "\n".join(lines).encode(), **options)
    with db.read() as session:
        found = imports.preview(session, cast.mei, batch.id).lines
    return [{d.label: d.new for d in line.differences} if line.outcome != "refused" else {} for line in found]


def said(cast: Cast, kind: str, header: str, *rows: str, **options: Any) -> dict[str, Guess]:
    lines = [f"uid,{header}", *(f"{cast.harbour.uid},{row}" for row in rows)]
    batch = staged(cast.mei, kind, "\n".join(lines).encode(), **options)
    with db.read() as session:
        return {guess.key: guess for guess in imports.guesses_of(session, cast.mei, batch.id)}


IN_DOLLARS = (
    "BTC-USDT BTC/USD BTCUSDT btc_usdt XXBTZUSD XBT/USD tBTCUSD tBTCUST tBTCF0:USTF0 BTC-USDT-SWAP BTC-USD-240329 BTCUSD_PERP"
    " PF_XBTUSD XBTUSDTM 1000PEPEUSDT BTC/USDT:USDT BTC-29MAR24-60000-C-USDT EURUSD ETHUSDC BTCUSD_240329 BTCUSDTPERP"
)
IN_OTHERS = (
    "XETHXXBT BTC-LKR ETHLKR ETHBTC BTCEUR USDT/TRY USDTTRY BTC-SUSD XBT/EUR tETHBTC BTC-EUR-SWAP ETHXBT BTCXYZ SOL_ETH"
    " XXBTZEUR BTC:KZT DOGEBRL BTCJPY"
)
ALONE = "BTC ETH-PERP BTC-PERPETUAL FARTCOIN cbBTC WSTETH @107 kPEPE BTC-28JUN24 ETHFI"


def test_a_pair_is_in_dollars_only_where_its_quote_is_known_to_be() -> None:
    found = {name: pairs.parsed(name) for name in f"{IN_DOLLARS} {IN_OTHERS} {ALONE}".split()}

    assert [name for name in IN_DOLLARS.split() if not found[name].is_in_dollars] == []
    assert [name for name in IN_OTHERS.split() if found[name].is_in_dollars or not found[name].quote] == []
    assert [name for name in ALONE.split() if found[name].quote] == []
    assert pairs.pairs_of(["BTCUSDT", "ABCDXYZ"])["ABCDXYZ"].quote == pairs.UNKNOWN  # this file joins its pairs


TITLES = {
    "Volume (EUR)": ("volume", "EUR", 0),
    "Price [JPY]": ("price", "JPY", 0),
    "成交额(CNY)": ("成交额", "CNY", 0),
    "Turnover in GBP": ("turnover", "GBP", 0),
    "Total €": ("total", "EUR", 0),
    "volume_eur": ("volume", "EUR", 0),
    "US$ volume": ("volume", "USD", 0),
    "Volume (k USD)": ("volume", "USD", 1_000),
    "Volume USD m": ("volume", "USD", 1_000_000),
    "Volume ('000)": ("volume", "", 1_000),
    "Umsatz in TEUR": ("umsatz", "EUR", 1_000),
    "Volumen Mio. €": ("volumen", "EUR", 1_000_000),
    "Volume (in millions of US dollars)": ("volume", "USD", 1_000_000),
    "成交额（万美元）": ("成交额", "USD", 10_000),
    "取引高(百万円)": ("取引高", "JPY", 1_000_000),
    "Fee (BNB)": ("fee", "BNB", 0),
}


def test_titles_name_currency_and_unit() -> None:
    found = {title: titled(title) for title in [*TITLES, "Volume (24h)", "FEES ALL", "Trade volume", "Price (avg)"]}

    told = {title: (one.name, one.money.currency, one.money.scale) for title, one in found.items() if one}
    assert told == TITLES


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [
        ("daily_activity", "day,Volume (EUR)", "2026-03-02,1200"),
        ("daily_activity", "day,volume", "2026-03-02,€ 1200"),
        ("daily_activity", "day,volume", '2026-03-02,"1 200,50 EUR"'),
        ("daily_activity", "day,volume", '2026-03-02,"HK$ 5,000"'),
        ("daily_activity", "day,volume", "2026-03-02,Rs. 500"),
        ("daily_activity", "day,volume,currency", "2026-03-02,500,LKR"),
        ("daily_activity", "day,volume,instrument", "2026-03-02,500,BTC-EUR"),
        ("balances", "day,Equity (HKD)", "2026-03-02,500"),
        ("trades", "time,symbol,price [JPY],quantity", "2026-03-02 10:00,BTC,7500000,1"),
        ("trades", "time,symbol,Total €,price,quantity", "2026-03-02 10:00,BTC,500,500,1"),
        ("trades", "time,symbol,price,quantity,quote currency", "2026-03-02 10:00,BTC,500,1,PHP"),
        ("trades", "time,symbol,price,quantity", "2026-03-02 10:00,BTC-USD-240329-60000-C,0.05,1"),
    ],
)
def test_what_is_said_to_be_no_dollars_is_refused(cast_on_duckdb: Cast, kind: str, header: str, row: str) -> None:
    cast = cast_on_duckdb

    assert read(cast, kind, header, row) == [{}]
    done = bring_in(cast.mei, kind, f"uid,{header}\n{cast.harbour.uid},{row}\n")
    reasons = [reason for _, _, reason in problems(cast.mei, done)]
    assert any("has no price in dollars here" in reason for reason in reasons)


def test_a_person_may_say_that_it_is_dollars_all_the_same(cast_on_duckdb: Cast) -> None:
    cast, options = cast_on_duckdb, {"answers": {"currency:Volume (EUR)": "USD"}}

    [row] = read(cast, "daily_activity", "day,Volume (EUR)", "2026-03-02,1200", **options)

    assert row["volume_usd"] == 1200
    with pytest.raises(InvalidError):
        said(
            cast, "daily_activity", "day,Volume (EUR)", "2026-03-02,1200", answers={"currency:Volume (EUR)": "dollars"}
        )


NUMBERS = {
    "Volume (k USD)": [("1.5", "1500"), ("2", "2000")],
    "Volume (万美元)": [("1.5", "15000")],
    "volume usd": [("1.5k", "1500"), ("2.3m", "2300000"), ("1.2bn", "1200000000"), ("3万", "30000"), ("12", "12")],
    "volume_usd": [('"12,5 Tsd."', "12500"), ("5 Mio", "5000000"), ('"0,5"', "0.5")],
    "Volume": [("1'234.50", "1234.5"), ("+5", "5"), ("$5", "5"), ('"USD 1,234.56"', "1234.56"), ("7 US$", "7")],
    "Volume USD": [('"12,34,567.00"', "1234567"), ("٥٠٫٥", "50.5"), ("5.00 CR", "5")],
}


@pytest.mark.parametrize("title", NUMBERS)
def test_units_and_signs_around_numbers(cast_on_duckdb: Cast, title: str) -> None:
    rows = [f"2026-03-{day:02},{cell}" for day, (cell, _) in enumerate(NUMBERS[title], 2)]

    found = read(cast_on_duckdb, "daily_activity", f"day,{title}", *rows)

    assert [row["volume_usd"] for row in found] == [D(meant) for _, meant in NUMBERS[title]]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("(1.50)", "-1.5"), ("1.50-", "-1.5"), ("-$5", "-5"), ("$-5", "-5"), ("5 DR", "-5"), ("− 5 USDT", "-5")],
)
def test_amounts_below_zero_in_other_writings(cast_on_duckdb: Cast, cell: str, meant: str) -> None:
    [row] = read(cast_on_duckdb, "balances", "day,equity", f"2026-03-02,{cell}")

    assert row["equity_usd"] == D(meant)


def test_a_share_of_hundred_is_no_amount(cast_on_duckdb: Cast) -> None:
    assert read(cast_on_duckdb, "daily_activity", "day,volume", "2026-03-02,5%", "2026-03-03,5")[0] == {}


def test_what_is_multiplied_is_said_and_in_doubt_asked(cast_on_duckdb: Cast) -> None:
    cast, day = cast_on_duckdb, "2026-03-02"
    by_title = said(cast, "daily_activity", "day,Volume (k USD)", f"{day},1.5")["unit:Volume (k USD)"]
    by_cells = said(cast, "daily_activity", "day,volume usd", f"{day},1.5k")["unit:volume usd"]

    assert (by_title.guess, by_title.sure, by_cells.sure, by_cells.asked) == ("thousand", True, True, False)
    with pytest.raises(OpenQuestionError):
        read(cast, "daily_activity", "day,Volume (M)", f"{day},1.5")
    [row] = read(cast, "daily_activity", "day,Volume (M)", f"{day},1.5", answers={"unit:Volume (M)": "thousand"})
    assert row["volume_usd"] == 1500


def test_lines_above_the_table_name_currency_and_unit(cast_on_duckdb: Cast) -> None:
    cast, rows = cast_on_duckdb, f"uid,day,volume\n{cast_on_duckdb.harbour.uid},2026-03-02,1.5\n"

    for above, volume in (("All amounts in thousands of USD", D(1500)), ("单位：万元", None), ("Currency: EUR", None)):
        batch = staged(cast.mei, "daily_activity", f"{above}\n\n{rows}".encode())
        with db.read() as session:
            [line] = imports.preview(session, cast.mei, batch.id).lines
        assert {d.label: d.new for d in line.differences}.get("volume_usd") == volume


def test_an_amount_without_a_currency_is_said_to_be_a_guess(cast_on_duckdb: Cast) -> None:
    cast, fill = cast_on_duckdb, "2026-03-02 10:00,{},100,2"
    alone = said(cast, "trades", "time,symbol,price,quantity", fill.format("BTC"))
    pair = said(cast, "trades", "time,symbol,price,quantity", fill.format("BTC-USDT"))
    titled_ = said(cast, "trades", "time,symbol,price (USD),quantity", fill.format("BTC"))
    daily = said(cast, "daily_activity", "day,volume", "2026-03-02,5")

    assert (alone["currency:price"].guess, alone["currency:price"].sure) == ("USD", False)
    assert "currency:price" not in pair
    assert "currency:price (USD)" not in titled_
    assert not daily["currency:volume"].sure


def test_fees_and_gains_in_other_coins_are_priced_or_unknown(cast_on_duckdb: Cast) -> None:
    row = "2026-03-02 10:00,{},BTC-USDT,50000,1,{},{},{}"
    header = "time,id,symbol,price,quantity,fee,pnl,pnl currency"
    found = read(
        cast_on_duckdb,
        "trades",
        header,
        row.format("a", "0.001 BTC", "5", "USDT"),
        row.format("b", "2 BNB", "5", "EUR"),
        row.format("c", "3 USDT", "0.01", "BTC"),
    )

    assert [(one.get("fee_usd"), one.get("realised_pnl_usd")) for one in found] == [(50, 5), (None, None), (3, 500)]


def test_a_quantity_in_dollars_is_what_was_paid(cast_on_duckdb: Cast) -> None:
    row = "2026-03-02 10:00,BTC-USDT,50000,{}"
    found = read(cast_on_duckdb, "trades", "time,symbol,price,quantity", row.format("500 USDT"), row.format("0.5 BTC"))
    titled_ = read(cast_on_duckdb, "trades", "time,symbol,price,amount (USDT)", row.format("500"))

    assert [one["volume_usd"] for one in [*found, *titled_]] == [500, 25000, 500]


SIGNS = {
    "nothing charged": ("fee", ["0", "0.00"], [0, 0], None),
    "all charged with a minus": ("fee", ["-1", "-2"], [1, 2], False),
    "takers pay with a minus, makers are paid": (
        "role,fee",
        ["taker,-1", "taker,-2", "maker,0.5"],
        [1, 2, D("-0.5")],
        True,
    ),
    "takers pay, makers are paid with a minus": (
        "role,fee",
        ["taker,1", "taker,2", "maker,-0.5"],
        [1, 2, D("-0.5")],
        True,
    ),
}


@pytest.mark.parametrize("what", SIGNS)
def test_a_charged_fee_is_a_cost_whatever_its_sign(cast_on_duckdb: Cast, what: str) -> None:
    columns, cells, meant, sure = SIGNS[what]
    header = f"time,id,symbol,price,quantity,{columns}"
    rows = [f"2026-03-02 10:00,{n},BTC-USDT,100,2,{cell}" for n, cell in enumerate(cells)]

    assert [row["fee_usd"] for row in read(cast_on_duckdb, "trades", header, *rows)] == meant
    guess = said(cast_on_duckdb, "trades", header, *rows).get("sign:fee")
    assert (guess and guess.sure) == sure


def test_fees_of_both_signs_are_asked(cast_on_duckdb: Cast) -> None:
    rows = [f"2026-03-02 10:00,{n},BTC-USDT,100,2,{fee}" for n, fee in enumerate(["-1", "1", "-2", "2"])]
    header = "time,id,symbol,price,quantity,fee"

    with pytest.raises(OpenQuestionError):
        read(cast_on_duckdb, "trades", header, *rows)
    answered = read(cast_on_duckdb, "trades", header, *rows, answers={"sign:fee": "charged_negative"})
    assert [row["fee_usd"] for row in answered] == [1, -1, 2, -2]


def test_withdrawals_with_a_minus_are_withdrawals_and_deposits_with_one_are_asked(cast_on_duckdb: Cast) -> None:
    [out] = read(cast_on_duckdb, "balances", "day,withdrawals", "2026-03-02,-500")
    [sold, bought] = read(
        cast_on_duckdb,
        "trades",
        "time,symbol,side,notional",
        "2026-03-02 10:00,BTC-USDT,sell,-500",
        "2026-03-02 10:00,BTC-USDT,buy,300",
    )

    assert (out["withdrawals_usd"], sold["volume_usd"], bought["volume_usd"]) == (500, 500, 300)
    with pytest.raises(OpenQuestionError):
        read(cast_on_duckdb, "balances", "day,deposits", "2026-03-02,-500")


def test_fees_above_their_trades_are_asked(cast_on_duckdb: Cast) -> None:
    rows = [f"2026-03-02 10:00,{n},SHIB-USDT,0.00002,1000000,{fee}" for n, fee in enumerate(["1000", "900"])]

    found = said(cast_on_duckdb, "trades", "time,id,symbol,price,quantity,fee", *rows)

    assert found["currency:fee"].asked


def test_amounts_that_do_not_add_up_by_one_factor_are_asked(cast_on_duckdb: Cast) -> None:
    cast, header = cast_on_duckdb, "time,id,symbol,price,quantity,notional"
    thousands = ["2026-03-02 10:00,1,BTC-USDT,50000,1,50", "2026-03-02 10:00,2,ETH-USDT,3000,2,6"]
    euros = ["2026-03-02 10:00,1,BTC-USDT,50000,1,46000", "2026-03-02 10:00,2,ETH-USDT,3000,2,5520"]
    right = ["2026-03-02 10:00,1,BTC-USDT,50000,1,50000", "2026-03-02 10:00,2,ETH-USDT,3000,2,6000.5"]

    unit, rate = (said(cast, "trades", header, *rows) for rows in (thousands, euros))

    assert unit["unit:notional"].asked
    assert "1,000" in str(unit["unit:notional"].because)
    assert rate[f"{Topic.CURRENCY}:notional"].asked
    assert not any(guess.asked for guess in said(cast, "trades", header, *right).values())
    meant = read(cast, "trades", header, *thousands, answers={"unit:notional": "thousand"})
    assert [row["volume_usd"] for row in meant] == [50000, 6000]


def test_a_bare_cell_counts_as_the_other_cells_of_its_column_do(cast: Cast) -> None:
    rows = ["2026-01-01,12,3元", "2026-01-02,12,4元", "2026-01-03,12,5"]

    days = read(cast, "daily_activity", "day,volume usd,fees", *rows)
    fees = said(cast, "daily_activity", "day,volume usd,fees", *rows)["currency:fees"]

    assert [day.get("fees_usd") for day in days] == [None, None, None]
    assert (fees.guess, str(fees.because)) == ("CNY", "its other cells are in CNY")
