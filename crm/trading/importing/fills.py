"""While a file is staged: what a trading history leaves unsaid, and a key for fills that have none."""

from crm.ground.config import settings
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.trading.importing import fill_keys, foreign, totals

DAMAGED_ID = r"^\d(\.\d+)?[eE]\+?\d+$"
# An export gives the fingerprint where the venue gave no id.
KNOWN = "CASE WHEN regexp_full_match(trade_id, 'row [0-9a-f]{32} [0-9]+') THEN trade_id ELSE 'id ' || trade_id END"
MARKS = (
    "traded_at",
    "instrument",
    "product",
    "direction",
    "side",
    "role",
    "crossed",
    "price",
    "quantity",
    "volume_usd",
    "fee_usd",
    "realised_pnl_usd",
)


def prepare(staging: Staging, mapping: Mapping) -> None:
    """`incoming` with product, day, volume and `fill_key`: the trade id, or the row's fingerprint and its count in the file."""
    foreign.refuse_other_quotes(staging, mapping)
    foreign.value_quantities(staging, mapping)
    foreign.price_fees(staging, mapping)
    _refuse_unfilled(staging, mapping)
    totals.refuse_contradicted(staging, mapping)
    damaged = (
        staging.one(f"SELECT count(*) FROM checked WHERE regexp_matches(trade_id, '{DAMAGED_ID}')")
        if mapping.first("trade_id") is not None
        else 0
    )
    has_every_id = not damaged and not staging.one("SELECT 1 FROM checked WHERE trade_id IS NULL LIMIT 1")
    marks = ", ".join(f"coalesce(CAST({name} AS VARCHAR), '')" for name in MARKS)
    fingerprint = f"md5(concat_ws(chr(31), {marks}))"
    times = f"row_number() OVER (PARTITION BY venue, uid, {fingerprint} ORDER BY line)"
    own = f"'row ' || {fingerprint} || ' ' || {times}"
    key = own if damaged else KNOWN if has_every_id else f"coalesce({KNOWN}, {own})"
    staging.run(f"""
        CREATE OR REPLACE TABLE fills AS SELECT line, refused, venue, uid, traded_at,
            CAST(timezone('{settings().exchange_zone}', traded_at) AS DATE) AS day, instrument,
            coalesce(product, direction, {_product_of("instrument")}) AS product,
            coalesce(side, bought) AS side, coalesce(role, crossed, rested) = 'maker' AS is_maker,
            {totals.volume(staging, mapping)} AS volume_usd,
            fee_usd, realised_pnl_usd, {key} AS fill_key
        FROM checked""")
    fill_keys.lay_out_reuse(staging, mapping)


def _refuse_unfilled(staging: Staging, mapping: Mapping) -> None:
    """An order that was cancelled before anything of it was filled is no trade."""
    unfilled = "NOT refused AND quantity = 0 AND coalesce(volume_usd, 0) = 0 AND coalesce(total, 0) = 0"
    if mapping.layout or not staging.one(f"SELECT count(*) FROM checked WHERE {unfilled}"):
        return
    staging.run(
        f"INSERT INTO problem SELECT line, 'Quantity', '0', 'nothing was traded', TRUE FROM checked WHERE {unfilled}"
    )
    staging.run(f"UPDATE checked SET refused = TRUE WHERE {unfilled}")


def _product_of(instrument: str) -> str:
    """What the name of an instrument says: BTC-USDT-SWAP, BTC-USD-240329, BTC-USD-240329-60000-C."""
    return rf"""CASE WHEN regexp_matches({instrument}, '(?i)(swap|perp)') THEN 'perpetual'
        WHEN regexp_matches({instrument}, '(?i)-\d+-[cp]$') THEN 'options'
        WHEN regexp_matches({instrument}, '-\d{{6}}$') THEN 'futures' ELSE 'spot' END"""
