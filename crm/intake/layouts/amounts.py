"""Amounts as venues write them, in the words of SQL: with the coin glued on, in coins, in dollars, in moments of any kind."""

from crm.intake.money.currencies import DOLLARS

# Coins whose names begin with digits; any other digit before a name belongs to the number.
_DIGITS_FIRST = "1INCH|1MBABYDOGE|1000(?:SATS|CAT|CHEEMS|FLOKI|PEPE|SHIB|BONK|LUNC|XEC|RATS)"
_COIN = rf"({_DIGITS_FIRST}|[A-Z][A-Z0-9]*)$"
_MOST = "DECIMAL(38, 12)"
# A moment of the file is read in the file's zone; its day is the exchange's. `derived` puts both in.
ZONE, EXCHANGE_ZONE = "$zone", "$exchange_zone"


def number(cell: str) -> str:
    """-1,234.5 or 0E-8; NULL where it is none."""
    bare = f"replace({cell}, ',', '')"
    return f"coalesce(try_cast({bare} AS {_MOST}), try_cast(try_cast({bare} AS DOUBLE) AS {_MOST}))"


def size(cell: str) -> str:
    """The number of “0.01BTC” or “0.01 BTC”."""
    return number(rf"trim(regexp_replace({cell}, '{_COIN}', ''))")


def coin(cell: str) -> str:
    """The coin of “0.01BTC” or “0.01 BTC”."""
    return f"nullif(regexp_extract({cell}, '{_COIN}', 1), '')"


def is_dollars(name: str) -> str:
    """Dollar coins count as dollars; nothing else has a price here unless the file gives it."""
    return f"coalesce(upper({name}) IN {DOLLARS}, FALSE)"


def times(left: str, right: str) -> str:
    return f"try_cast(TRY(({left}) * ({right})) AS {_MOST})"


def by(left: str, right: str) -> str:
    return f"try_cast(CAST({left} AS DOUBLE) / nullif(CAST({right} AS DOUBLE), 0) AS {_MOST})"


def worth(amount: str, coin: str, *, base: str, price_usd: str) -> str:
    """An amount of a coin in dollars: of dollars themselves, or of the coin whose price the row gives; else NULL."""
    own = f"upper({coin}) = upper({base})"
    return (
        f"CASE WHEN ({amount}) = 0 THEN 0 WHEN {is_dollars(coin)} THEN {amount}"
        f" WHEN {own} THEN {times(amount, price_usd)} END"
    )


def quote_of(pair: str) -> str:
    """The dollar coin in which BTCUSDT, BTC/USDT or btc_usdt is priced; NULL where it is priced in anything else."""
    return f"nullif(regexp_extract(upper({pair}), '({'|'.join(sorted(DOLLARS, key=len, reverse=True))})$', 1), '')"


def base_of(pair: str) -> str:
    """The coin that is bought with the dollars of BTCUSDT, BTC/USDT or btc_usdt."""
    quote = quote_of(pair)
    return rf"regexp_replace(left(upper({pair}), length({pair}) - length({quote})), '[-_/]$', '')"


def moment(cell: str) -> str:
    """Seconds or milliseconds since 1970, or a date and time in its own zone or the file's, its year in two or four digits, first."""
    whole = rf"CASE WHEN regexp_matches({cell}, '^\d{{2}}-\d{{2}}-\d{{2}} ') THEN '20' || {cell} ELSE {cell} END"
    return (
        rf"CASE WHEN regexp_matches({cell}, '^\d{{13}}$') THEN make_timestamptz(try_cast({cell} AS BIGINT) * 1000)"
        rf" WHEN regexp_matches({cell}, '^\d{{10}}$') THEN make_timestamptz(try_cast({cell} AS BIGINT) * 1000000)"
        rf" WHEN regexp_matches({cell}, ':\d{{2}}[\d:.]*(Z|[+-]\d{{2}}(:?\d{{2}})?)$') THEN try_cast({cell} AS TIMESTAMPTZ)"
        f" ELSE timezone('{ZONE}', try_cast({whole} AS TIMESTAMP)) END"
    )


def when(cell: str) -> str:
    """A moment as text; what is no moment stays as it is, to be looked at as a date of another order."""
    return f"coalesce(CAST({moment(cell)} AS VARCHAR), {cell})"


def day(cell: str) -> str:
    """The exchange's day of a moment; text that is no moment stays, to be looked at as a day."""
    return f"coalesce(CAST(CAST(timezone('{EXCHANGE_ZONE}', {moment(cell)}) AS DATE) AS VARCHAR), {cell})"


def chosen(cell: str, words: dict[str, str]) -> str:
    """Ours for the venue's word; nothing for a word that we do not know."""
    cases = " ".join(f"WHEN '{theirs}' THEN '{ours}'" for theirs, ours in words.items())
    return f"CASE lower({cell}) {cases} END"
