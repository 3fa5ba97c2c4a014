"""For whom an account's facts count: a further account's for its client, every other's for itself."""

from dataclasses import dataclass

from crm.db.sql import Sql

_ACTIVITY = ("day", "product", "volume_usd", "maker_volume_usd", "fees_usd", "rebates_usd", "realised_pnl_usd")
_BALANCE = ("day", "equity_usd", "deposits_usd", "withdrawals_usd")
_OWNERS = """
    SELECT f.number, c.number AS owner, coalesce(a.venue = c.venue, FALSE) AS at_home
    FROM further_account f JOIN client c ON c.id = f.client_id LEFT JOIN trading_account a ON a.number = f.number"""


@dataclass(frozen=True)
class Owned:
    """Facts as SQL to select from: `number` is whose they count for, `account` under which they stand.

    `numbers`: a temporary table of the clients and accounts concerned, None for all. `at_home` leaves out accounts at other
    venues than the client's, which count for nothing there.
    """

    numbers: str | None
    activity: str
    balances: str
    activity_at_home: str


def lay_out(sql: Sql, numbers: str | None) -> Owned:
    """Make the temporary table `account_owner` (number, owner, at_home), and facts by whom they count for."""
    sql.temp_table("account_owner", _OWNERS)
    if not sql.scalar("SELECT count(*) FROM account_owner"):
        return Owned(numbers, "daily_activity", "(SELECT b.*, number AS account FROM balance b) b", "daily_activity")
    if numbers:
        touched = f"SELECT number FROM {numbers}"
        owning = f"SELECT owner FROM account_owner WHERE number IN ({touched})"
        others = f"SELECT number FROM account_owner WHERE owner IN ({touched} UNION {owning})"
        sql.temp_table("account_touched", f"{touched} UNION {owning} UNION {others}")
        numbers = "account_touched"
    return Owned(
        numbers,
        _by_owner("daily_activity", _ACTIVITY, numbers),
        _by_owner("balance", _BALANCE, numbers),
        _by_owner("daily_activity", _ACTIVITY, numbers, "o.at_home IS NOT FALSE"),
    )


def _by_owner(table: str, columns: tuple[str, ...], numbers: str | None, condition: str = "TRUE") -> str:
    chosen = f"t.number IN (SELECT number FROM {numbers})" if numbers else "TRUE"
    return f"""(SELECT coalesce(o.owner, t.number) AS number, t.number AS account, {", ".join(f"t.{name}" for name in columns)}
        FROM {table} t LEFT JOIN account_owner o ON o.number = t.number WHERE {chosen} AND {condition}) {table}_owned"""
