"""Exchange UIDs in the files of another CRM: in a column that somebody added there, or nowhere."""

VENUES = {"UID": "", "Exchange UID": "", "Account UID": ""} | {
    f"{venue} UID": venue
    for venue in (
        *("OKX", "Bybit", "Binance", "CoinEx", "Hyperliquid", "Gate", "Bitget", "KuCoin"),
        *("MEXC", "HTX", "Kraken", "Coinbase"),
    )
}


def exchange_uid(*, otherwise: str = "", venue: str = "") -> dict[str, str]:
    """The UID of a row and its venue; where it has none, the CRM's own number under the CRM's name, if one is given."""
    columns = [f'"{name}"' for name in VENUES]
    cases = [f"WHEN \"{name}\" IS NOT NULL THEN '{named}'" for name, named in VENUES.items() if named]
    if otherwise:
        cases.append(f"WHEN coalesce({', '.join(columns)}) IS NULL THEN '{venue}'")
        columns.append(otherwise)
    return {"uid": f"coalesce({', '.join(columns)})", "venue": f"CASE {' '.join(cases)} END"}
