"""Exports that real venues and programs wrote: each is recognised, every row is accounted for, the second time changes nothing."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from crm import db, imports, people, reading
from crm.ground.errors import InvalidError
from crm.imports import Options
from crm.trading.models import Fill
from tests.imports.bringing import bring_in, counts, everything, take_back
from tests.share import postgresql_in_long, tenth

pytestmark = postgresql_in_long

MINE = {"uid": "81234567890123456"}
EXPORTS: list[tuple[str, str, dict[str, Any], dict[str, int]]] = [
    (
        "okx_from_tests/okx_trading_account_history_19col_2023.csv",
        "OKX trading history 2023",
        MINE,
        {"created": 2, "duplicate": 2},
    ),
    ("okx_from_tests/okx_trading_history_PREAMBLE_BOM_per_cell_2026.csv", "OKX trading history", {}, {"refused": 1}),
    ("okx_from_tests/okx_funding_account_history_7col_2025.csv", "OKX funding history", MINE, {"refused": 2}),
    ("everytrade/okex_v001_M.csv", "OKX spot trades 2020", MINE, {"created": 2}),
    ("everytrade/binance_v002.csv", "Binance spot orders with fills", MINE, {"created": 3, "refused": 4}),
    ("everytrade/bybiteu_fund_v001.csv", "Bybit funding account", {}, {"refused": 4}),
    ("declarenta/tests/fixtures/binance-v2-sample.csv", "Binance account statement", {}, {"created": 1, "refused": 31}),
    (
        "orphic-lacuna/example-data/exchanges/Binance/binance-transactions.csv",
        "Binance account statement",
        MINE,
        {"refused": 17},
    ),
    (
        "dali-rp2/input/test_binance_autoinvest.csv",
        "Binance auto-invest",
        {**MINE, "date_order": "dmy"},
        {"created": 2},
    ),
    ("rotki/kucoin_order_history.csv", "KuCoin trades 2021", MINE, {"created": 2}),
    ("everytrade/huobi_v001.csv", "HTX spot trades", MINE, {"created": 2}),
    (
        "export-to-ghostfolio/coinbase-export.csv",
        "Coinbase transactions",
        MINE,
        {"created": 4, "refused": 4},
    ),
    ("crypto-tax-master/test-data/sample-kraken.csv", "Kraken ledgers", MINE, {"created": 1, "refused": 9}),
]
MORE_OF_COINBASE = {
    "crypto-tax-master/test-data/sample-coinbase.csv",
    "crypto-tax-master/test-data/sample-edge-cases.csv",
    "declarenta/tests/fixtures/coinbase-sample.csv",
}
LISTS = [
    ("roundcube_contacts/gmail.csv", "Google contacts (older layout)", 1),
    ("roundcube_contacts/all.csv", "Outlook contacts", 1),
    ("salesforce_dataloader/accountData.csv", "Salesforce accounts", 423),
]


@pytest.mark.parametrize(("name", "layout", "options", "outcomes"), EXPORTS, ids=lambda value: str(value)[:60])
def test_a_real_export_is_recognised_and_goes_in_once(
    database: str, shared: Path, name: str, layout: str, options: dict[str, Any], outcomes: dict[str, int]
) -> None:
    path = shared / "exchange_exports" / name
    before = everything()

    first = bring_in(people.machine(), None, path, **options)
    second = bring_in(people.machine(), None, path, **options)

    assert first.batch.mapping["layout"] == layout
    assert first.counts == counts(**outcomes)
    assert second.counts == counts(
        **({"unchanged": outcomes["created"]} if "created" in outcomes else {}) | _without(outcomes)
    )
    if outcomes.get("created"):
        take_back(people.machine(), first)
    assert everything() == before


def _without(outcomes: dict[str, int]) -> dict[str, int]:
    return {outcome: number for outcome, number in outcomes.items() if outcome != "created"}


@pytest.mark.parametrize(("name", "layout", "rows"), LISTS)
def test_a_real_list_of_another_program_is_recognised(
    database: str, shared: Path, name: str, layout: str, rows: int
) -> None:
    path = shared / "client_lists" / name

    first = bring_in(people.machine(), None, path)
    second = bring_in(people.machine(), None, path)

    assert (first.batch.kind, first.batch.mapping["layout"]) == ("clients", layout)
    assert (first.counts, second.counts) == (counts(created=rows), counts(unchanged=rows))


def test_sixteen_columns_of_hyperliquid_have_fees_as_costs(database: str, shared: Path) -> None:
    path = shared / "trades" / "hyperliquid" / "historical_data_16col_15629.csv"

    done = bring_in(people.machine(), None, path)

    assert (done.batch.mapping["layout"], done.batch.mapping["time_zone"]) == ("Hyperliquid trades", "Asia/Kolkata")
    assert done.counts == counts(created=15_629)
    with db.read() as session:
        fees, volume = (
            session.connection()
            .execute(sa.select(sa.func.sum(col(Fill.fee_usd)), sa.func.sum(col(Fill.volume_usd))))
            .one()
        )
    rows = list(reading.read(path)[0].rows())
    header = reading.read(path)[0].header
    fee, size = header.index("Fee"), header.index("Size USD")
    assert fees == pytest.approx(sum(Decimal(row[fee]) for row in rows), rel=Decimal("1e-9"))
    assert volume == sum(Decimal(row[size]) for row in rows)


def test_the_dollars_of_real_okx_fills_are_those_of_their_other_row(database: str, shared: Path) -> None:
    bring_in(people.machine(), None, shared / "exchange_exports" / EXPORTS[0][0], **MINE)

    with db.read() as session:
        query = sa.select(col(Fill.side), col(Fill.volume_usd), col(Fill.fee_usd)).order_by(col(Fill.traded_at))
        found = [tuple(row) for row in session.connection().execute(query)]
    assert found == [
        ("sell", Decimal("718.40213"), Decimal("0.5747217")),
        ("sell", Decimal("1853.217198"), Decimal("1.48257376")),
    ]


def test_no_other_real_export_is_taken_for_a_layout_or_crashes(database: str, shared: Path) -> None:
    """Files of banks, brokers and tax programs: understood by the names of their columns, or refused in a sentence.

    A file is recognised before it meets the database: on the second one a share will do.
    """
    known = {name for name, *_ in EXPORTS} | MORE_OF_COINBASE
    folder, taken = shared / "exchange_exports", {}
    others = sorted(p for p in folder.rglob("*") if p.is_file() and str(p.relative_to(folder)) not in known)
    for path in others if db.is_duckdb() else tenth(others):
        try:
            with db.write(by=people.machine()) as session:
                batch = imports.stage(
                    session, people.machine(), None, path.name, path, Options(uid="1", date_order="dmy")
                )
        except InvalidError:
            continue
        if batch.mapping["layout"]:
            taken[path.name] = batch.mapping["layout"]

    assert taken == {}
