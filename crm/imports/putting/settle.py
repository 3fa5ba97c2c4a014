"""From checked rows to what becomes of each, and then into the store, for every kind."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlmodel import Session

from crm import people, trading
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.imports.kinds import Kind
from crm.imports.mapping import Mapping
from crm.imports.models import Mode
from crm.imports.putting import clients, dollars, facts, fills, history, merge, reaching, staff
from crm.imports.putting import people as colleagues
from crm.imports.putting.merge import Target, erasing
from crm.imports.putting.people import Importer
from crm.imports.workbench import Workbench
from crm.people import DESK_ID, Person, Right

FACTS = {"trades", "daily_activity", "balances"}
FILL_COLUMNS = {
    **facts.ACCOUNT_COLUMNS,
    "traded_at": "timestamptz",
    "instrument": "text",
    "product": "text",
    "side": "text",
    "is_maker": "boolean",
    "volume_usd": facts.AMOUNT,
    "fee_usd": facts.AMOUNT,
    "realised_pnl_usd": facts.AMOUNT,
    "fill_key": "text",
}
DAY_COLUMNS = {
    **facts.ACCOUNT_COLUMNS,
    "product": "text",
    "instrument": "text",
    "volume_usd": facts.AMOUNT,
    "maker_volume_usd": facts.AMOUNT,
    "trades": "bigint",
    "fees_usd": facts.AMOUNT,
    "rebates_usd": facts.AMOUNT,
    "realised_pnl_usd": facts.AMOUNT,
}
BALANCE_COLUMNS = {
    **facts.ACCOUNT_COLUMNS,
    **dict.fromkeys(("equity_usd", "deposits_usd", "withdrawals_usd"), facts.AMOUNT),
}

# Fields that are called otherwise in their table.
CALLED = {"backup": "backup_id", "team": "team_id"}

PREPARATIONS: dict[str, Callable[[Workbench, Mapping], None]] = {
    "clients": reaching.prepare,
    "trades": fills.prepare,
    "daily_activity": dollars.refuse_other_coins,
    "balances": dollars.refuse_other_coins,
    "interactions": history.prepare,
    "tasks": history.prepare,
}
WRITERS: dict[str, Callable[[WriteSession, Target], None]] = {
    "clients": clients.put,
    "managers": staff.put,
    "interactions": history.put,
    "tasks": history.put,
    **dict.fromkeys(FACTS, facts.put),
}


@dataclass(frozen=True)
class Settled:
    """`fate` and `linked` stand in the session; this says into which table they go."""

    kind: Kind
    target: Target


def prepare(bench: Workbench, kind: Kind, mapping: Mapping) -> None:
    """What a kind adds to `incoming` before it meets the store."""
    if kind.name in PREPARATIONS:
        PREPARATIONS[kind.name](bench, mapping)


def settle(session: Session, importer: Importer, bench: Workbench, kind: Kind, mapping: Mapping, mode: Mode) -> Settled:
    """Tell what would become of each row that the bench hands over; the temporary tables stay in the session.

    A row about a client out of view is as one about nobody, until `hold` is asked.
    """
    allowed(importer.by, kind)
    sql = Sql(session)
    removes = mapping.removes and any(mapping.columns.get(name) for name in kind.lists)
    with sql.shared_out():
        target = merge.with_erasing(_linked(sql, importer, bench, kind, mapping), mapping.erased(kind), CALLED)
        merge.decide(sql, target, Mode.CHANGE if removes else mode)  # nothing can be removed from a row that is new
    return Settled(kind, target)


def hold(session: WriteSession, settled: Settled) -> None:
    """Keep back the rows that are about clients out of view, as `held`."""
    merge.hold_elsewhere(Sql(session), settled.target)


def write(session: WriteSession, settled: Settled) -> None:
    """Write what was settled, and recompute what is derived from it."""
    WRITERS[settled.kind.name](session, settled.target)
    if settled.kind.name in FACTS:
        _derive(session, settled)


def allowed(by: Person, kind: Kind) -> None:
    if kind.name == "managers" and by.id != DESK_ID:
        people.require(by, Right.ACCOUNTS)
        return
    people.require(by, Right.IMPORT)


def _linked(sql: Sql, importer: Importer, bench: Workbench, kind: Kind, mapping: Mapping) -> Target:
    match kind.name:
        case "clients":
            return clients.link(sql, bench, mapping, importer)
        case "interactions":
            return history.link_interactions(sql, bench, importer, mapping)
        case "tasks":
            return history.link_tasks(sql, bench, importer, mapping)
        case "managers":
            return staff.link(sql, bench, mapping)
    columns, link = {
        "trades": (FILL_COLUMNS, facts.link_fills),
        "daily_activity": (DAY_COLUMNS, facts.link_days),
        "balances": (BALANCE_COLUMNS, facts.link_balances),
    }[kind.name]
    incoming = bench.hand_over(sql.session, "incoming", columns | erasing(kind, mapping))
    colleagues.lay_out(sql, importer)
    facts.lay_out_accounts(sql, incoming, importer.by)
    return replace(link(sql, incoming), elsewhere=facts.elsewhere(sql, incoming, importer.by))


def _derive(session: WriteSession, settled: Settled) -> None:
    touched = f"""SELECT DISTINCT l.number, i.day FROM {settled.target.origin} JOIN fate f ON f.line = l.line
                  WHERE f.fate IN ('created', 'changed')"""
    Sql(session).temp_table("touched", touched)
    if settled.kind.name == "trades":
        trading.roll_up(session, "touched")
    trading.refresh(session, "touched")
    Sql(session).drop("touched")
