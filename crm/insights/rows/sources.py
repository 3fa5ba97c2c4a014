"""What every number is made of: its rows, the columns that are added up, and how their sums give the number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from sqlmodel import Session

from crm.ground.messages import Message
from crm.insights import measures
from crm.insights.rows import facts, standings
from crm.insights.rows.facts import Rows
from crm.insights.rows.wanted import Wanted
from crm.people import Person

Unit = Literal["usd", "share", "count", "bps"]
Sums = Mapping[str, Any]
Number = Decimal | float | int | None


@dataclass(frozen=True)
class Source:
    """`read` gives the rows as a select; `sums` are the columns that are added up; `number` is what is made of the sums.

    `rows` counts as a sum, too.
    """

    label: Message
    unit: Unit
    read: Callable[[Session, Person, Wanted], Rows]
    sums: Sequence[str]
    number: Callable[[Sums], Number]
    of_a_client: bool = False


def _plain(found: Callable[[Person, Wanted], Rows]) -> Callable[[Session, Person, Wanted], Rows]:
    return lambda _session, viewer, wanted: found(viewer, wanted)


def _sum(name: str, sums: Sums) -> Number:
    found: Number = sums[name]
    return found


def _of(
    label: Message, unit: Unit, found: Callable[[Person, Wanted], Rows], *sums: str, of_a_client: bool = False
) -> Source:
    """The number is the last of the columns that are added up, or the count of rows where none is."""
    return Source(label, unit, _plain(found), sums, partial(_sum, sums[-1] if sums else "rows"), of_a_client)


def _retained(name: str, sums: Sums) -> Number:
    return measures.retained(sums[name], sums["before"])


def _coverage(sums: Sums) -> Number:
    return measures.coverage(sums["in_time"] or 0, sums["standard"] or 0)


def _fee(sums: Sums) -> Number:
    return measures.effective_fee_bps(sums["revenue"], sums["volume"])


def _maker(sums: Sums) -> Number:
    return measures.maker_share(sums["maker_volume"], sums["volume"])


SOURCES: Mapping[str, Source] = {
    "volume": _of(Message("Volume"), "usd", facts.volume, "volume", of_a_client=True),
    "revenue": _of(Message("Net fee revenue"), "usd", facts.revenue, "volume", "revenue", of_a_client=True),
    "net_deposits": _of(
        Message("Net deposits"), "usd", facts.net_deposits, "deposits", "withdrawals", "net_deposits", of_a_client=True
    ),
    "deposits": _of(Message("Deposits"), "usd", facts.net_deposits, "deposits", of_a_client=True),
    "withdrawals": _of(Message("Withdrawals"), "usd", facts.net_deposits, "withdrawals", of_a_client=True),
    "equity": _of(Message("Equity"), "usd", facts.equity, "equity", of_a_client=True),
    "fee": Source(
        Message("Effective fee"), "bps", _plain(facts.revenue), ("volume", "revenue"), _fee, of_a_client=True
    ),
    "maker": Source(
        Message("Maker share"), "share", _plain(facts.maker), ("volume", "maker_volume"), _maker, of_a_client=True
    ),
    "active": _of(Message("Active VIPs"), "count", standings.active),
    "nrr": Source(
        Message("Revenue kept, with growth (NRR)"),
        "share",
        _plain(standings.kept),
        ("before", "now"),
        partial(_retained, "now"),
    ),
    "grr": Source(
        Message("Revenue kept, without growth (GRR)"),
        "share",
        _plain(standings.kept),
        ("before", "now", "at_most"),
        partial(_retained, "at_most"),
    ),
    "at_risk": _of(Message("Revenue at risk"), "usd", standings.at_risk, "volume_before", "volume", "before"),
    "coverage": Source(Message("Contact coverage"), "share", standings.in_touch, ("in_time", "standard"), _coverage),
    "promises": Source(Message("Overdue promises"), "count", standings.promises, (), partial(_sum, "rows")),
    "late_tasks": Source(Message("Overdue tasks"), "count", standings.late_tasks, (), partial(_sum, "rows")),
    "open_tasks": _of(Message("Open tasks"), "count", standings.open_tasks),
    "clients": _of(Message("Clients"), "count", standings.held),
    "falling": _of(Message("Revenue on falling tiers"), "usd", standings.falling, "volume", "revenue", "at_stake"),
    "before": _of(Message("Net fee revenue, the period before"), "usd", standings.moved, "now", "gained", "before"),
    "now": _of(Message("Net fee revenue, this period"), "usd", standings.moved, "before", "gained", "now"),
    "new": _of(Message("Net fee revenue of new clients"), "usd", standings.step("new"), "before", "now", "gained"),
    "returned": _of(
        Message("Net fee revenue of returned clients"), "usd", standings.step("returned"), "before", "now", "gained"
    ),
    "expansion": _of(
        Message("Net fee revenue that grew"), "usd", standings.step("expansion"), "before", "now", "gained"
    ),
    "contraction": _of(
        Message("Net fee revenue that shrank"), "usd", standings.step("contraction"), "before", "now", "gained"
    ),
    "lost": _of(Message("Net fee revenue that was lost"), "usd", standings.step("lost"), "before", "now", "gained"),
}
