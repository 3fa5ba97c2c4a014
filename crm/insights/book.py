"""The list of clients with what a manager wants to see beside each name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Float, case, cast, func, null
from sqlmodel import Session, col, select

from crm import clients, people
from crm.clients import Client, ClientFilter, ClientLine, ClientPage
from crm.ground import clock
from crm.ground.messages import Message
from crm.insights.client_summary import gap_said
from crm.insights.gather import Known, known_of
from crm.insights.health import Health, health_of
from crm.insights.measures import change
from crm.interactions.models import Interaction
from crm.people import Person
from crm.tasks.models import Task, TaskStatus
from crm.trading import TradingProfile, TradingTier

AT_ONCE = 2000
NEVER = datetime(1, 1, 2, tzinfo=UTC)  # whoever was never contacted waits longest

_BEFORE = col(TradingProfile.volume_previous_30d_usd)


@dataclass(frozen=True)
class BookLine:
    """A line of the list; None is unknown."""

    line: ClientLine
    volume_30d_usd: Decimal | None
    change: float | None
    earned_tier: str | None
    gap: Message | None
    falls_on: date | None
    last_contact_at: datetime | None
    health: Health
    open_tasks: int
    next_task: str | None
    next_due_on: date | None


@dataclass(frozen=True)
class BookPage:
    lines: list[BookLine]
    total: int


def _of_trading(value: Any) -> Any:  # noqa: ANN401 -- expressions
    return (
        select(value)
        .where(TradingProfile.number == Client.number, col(TradingProfile.first_day).is_not(None))
        .scalar_subquery()
    )


def _of_standing(column: Any) -> Any:  # noqa: ANN401
    return select(column).where(TradingTier.number == Client.number).scalar_subquery()


# Orders that the list of clients itself does not know. `change` is `measures.change`, for the database to sort by.
ORDERS: Mapping[str, Any] = {
    "tier": func.coalesce(col(Client.tier), _of_standing(col(TradingTier.tier))),
    "volume_30d": _of_trading(col(TradingProfile.volume_30d_usd)),
    "change": _of_trading(
        case((_BEFORE > 0, cast(col(TradingProfile.volume_30d_usd), Float) / cast(_BEFORE, Float)), else_=null())
    ),
    "falls_on": _of_standing(col(TradingTier.falls_on)),
    "last_contact": func.coalesce(
        select(func.max(Interaction.happened_at)).where(Interaction.client_id == Client.id).scalar_subquery(), NEVER
    ),
    "next_due_on": select(func.min(Task.due_on))
    .where(Task.client_id == Client.id, Task.status == TaskStatus.OPEN)
    .scalar_subquery(),
}


def order_of(name: str) -> Any:  # noqa: ANN401 -- a column or expression
    """By what a list of clients is sorted under this name, for other lists of clients to be sorted the same way."""
    return ORDERS.get(name) if name in ORDERS else clients.order_of(name)


def page(  # noqa: PLR0913 -- as clients.page
    session: Session,
    viewer: Person,
    wanted: ClientFilter,
    *,
    order: str = "name",
    descending: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> BookPage:
    """One page of the list, also by what other rooms know; clients of whom that is unknown come last."""
    if order in ORDERS:
        found = _ordered(
            session,
            viewer,
            wanted,
            ORDERS[order].desc() if descending else ORDERS[order].asc(),
            slice(offset, offset + limit),
        )
    else:
        found = clients.page(session, viewer, wanted, order=order, descending=descending, limit=limit, offset=offset)
    ids = [line.id for line in found.lines]
    today = clock.today(viewer.time_zone)
    known = {
        k.client.id: k
        for k in known_of(
            session, clients.visible_to(viewer).where(col(Client.id).in_(ids)), today=today, zone=viewer.time_zone
        )
    }
    return BookPage([_line(line, known[line.id], today) for line in found.lines], found.total)


def every(
    session: Session, viewer: Person, wanted: ClientFilter, *, order: str = "name", descending: bool = False
) -> list[BookLine]:
    """The whole list, read page by page, so that no statement names more clients than a database takes."""
    lines: list[BookLine] = []
    while True:
        found = page(session, viewer, wanted, order=order, descending=descending, limit=AT_ONCE, offset=len(lines))
        lines += found.lines
        if not found.lines or len(lines) >= found.total:
            return lines


def _ordered(session: Session, viewer: Person, wanted: ClientFilter, by: Any, part: slice) -> ClientPage:  # noqa: ANN401
    chosen = clients.matching(viewer, wanted)
    rows = session.exec(chosen.order_by(by.nulls_last(), col(Client.id)).slice(part.start, part.stop)).all()
    total = session.scalar(chosen.with_only_columns(func.count()))
    names = people.names(session)
    fields = [name for name in ClientLine.__dataclass_fields__ if name != "manager_name"]
    lines = [
        ClientLine(**{name: getattr(row, name) for name in fields}, manager_name=names.get(row.manager_id, ""))
        for row in rows
    ]
    return ClientPage(lines, total or 0)


def _line(line: ClientLine, known: Known, today: date) -> BookLine:
    trades, standing, owed = known.trades, known.standing, known.owed
    return BookLine(
        line=line,
        volume_30d_usd=trades.volume_30d_usd if trades else None,
        change=change(trades.volume_30d_usd, trades.volume_previous_30d_usd) if trades else None,
        earned_tier=standing.tier if standing else None,
        gap=_gap(standing),
        falls_on=standing.falls_on if standing else None,
        last_contact_at=known.contacts.last_at if known.contacts else None,
        health=health_of(known, today=today),
        open_tasks=owed.open if owed else 0,
        next_task=owed.next_title if owed else None,
        next_due_on=owed.next_due_on if owed else None,
    )


def _gap(standing: TradingTier | None) -> Message | None:
    if not standing or not standing.next_tier or not standing.gap_metric or standing.gap_usd is None:
        return None
    return gap_said(standing.next_tier, standing.gap_metric, standing.gap_usd)
