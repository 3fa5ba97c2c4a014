"""While a file is staged: what is counted in another coin than dollars, and has no price in them, is not taken for dollars."""

from crm.intake.headers import squeezed
from crm.intake.layouts.amounts import DOLLARS, base_of, is_dollars
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.trading.importing.activity import COIN

# Money and coins in which pairs are priced; the second part of a pair may also be SWAP, PERP or a day.
FOREIGN = (
    "EUR",
    "GBP",
    "JPY",
    "CNY",
    "CNH",
    "HKD",
    "TWD",
    "KRW",
    "SGD",
    "AUD",
    "CAD",
    "CHF",
    "TRY",
    "BRL",
    "INR",
    "RUB",
    "UAH",
    "PLN",
    "MXN",
    "ZAR",
    "AED",
    "NGN",
    "ARS",
    "THB",
    "IDR",
    "VND",
    "PHP",
    "EURT",
    "EURC",
    "EURI",
    "XSGD",
    "BTC",
    "ETH",
    "BNB",
    "SOL",
    "TRX",
    "XRP",
    "DOGE",
    "DOT",
    "OKB",
    "KCS",
)
_NO_PAIR = {squeezed(name) for name in ("coin", *COIN.names)}  # cbBTC is a coin, and no pair of CB and BTC
_PAIR = rf"[-_/ :]({'|'.join(FOREIGN)})$"
_JOINED = rf"^[A-Z0-9]{{2,}}({'|'.join(FOREIGN)})$"
_IN_DOLLARS = rf"({'|'.join(DOLLARS)})([-_/ :]|$)"


def refuse_other_coins(staging: Staging, mapping: Mapping) -> None:
    """Daily figures and balances of a coin: only dollars are dollars."""
    if mapping.layout or not mapping.has("coin"):
        return
    _refuse(staging, "coin", "upper(trim(coin))", f"coin IS NOT NULL AND {_is_foreign('coin')}")


def refuse_other_quotes(staging: Staging, mapping: Mapping) -> None:
    """Fills of BTC-JPY: their price, and so their volume, is in yen. A column that says USD in its name is taken at its word."""
    names_a_coin = squeezed(_title(staging, mapping, "instrument")) in _NO_PAIR
    if mapping.layout or names_a_coin or _says_dollars(staging, mapping, "volume_usd"):
        return
    pair = "upper(instrument)"
    quote = f"coalesce(nullif(regexp_extract({pair}, '{_PAIR}', 1), ''), CASE WHEN NOT regexp_matches({pair}, '{_IN_DOLLARS}')"
    quote += f" THEN nullif(regexp_extract({pair}, '{_JOINED}', 1), '') END)"
    _refuse(staging, "instrument", "instrument", f"{quote} IS NOT NULL")


def price_fees(staging: Staging, mapping: Mapping) -> None:
    """A fee in the coin that was bought has the price of the fill; one in any other is unknown, and said to be."""
    if mapping.layout or not mapping.has("fee_coin") or _says_dollars(staging, mapping, "fee_usd"):
        return
    foreign = f"fee_usd <> 0 AND fee_coin IS NOT NULL AND {_is_foreign('fee_coin')}"
    own = f"upper(trim(fee_coin)) = {base_of('instrument')} AND price IS NOT NULL"
    staging.run(f"UPDATE checked SET fee_usd = fee_usd * price, fee_coin = 'USD' WHERE {foreign} AND {own}")
    title = _title(staging, mapping, "fee_coin")
    staging.run(
        f"""INSERT INTO problem SELECT line, $1, fee_coin,
            'the fee is in a coin whose price the file does not say; it is unknown', FALSE FROM checked WHERE {foreign}""",
        [title],
    )
    staging.run(f"UPDATE checked SET fee_usd = NULL WHERE {foreign}")


def _refuse(staging: Staging, field: str, value: str, condition: str) -> None:
    about = f"FROM checked WHERE NOT refused AND {condition}"
    if not staging.one(f"SELECT count(*) {about}"):
        return
    title = "Instrument" if field == "instrument" else "Coin"
    staging.run(
        f"INSERT INTO problem SELECT line, '{title}', {value}, 'is counted in a coin that has no price in dollars here', TRUE {about}"
    )
    staging.run(f"UPDATE checked SET refused = TRUE WHERE NOT refused AND {condition}")


def _is_foreign(coin: str) -> str:
    return f"NOT {is_dollars(f'trim({coin})')}"


def _says_dollars(staging: Staging, mapping: Mapping, field: str) -> bool:
    return "usd" in squeezed(_title(staging, mapping, field))


def _title(staging: Staging, mapping: Mapping, field: str) -> str:
    index = mapping.first(field)
    return "" if index is None else staging.header[index]
