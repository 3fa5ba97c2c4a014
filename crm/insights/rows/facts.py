"""Rows of trading and of balances behind an amount: by client for the desk, day by day for one client."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from crm import clients
from crm.insights import desk
from crm.insights.rows.wanted import NO_TIER, Wanted
from crm.journal import entities
from crm.people import Person
from crm.trading import Balance

balance = entities.of(Balance).c
fact = desk.fact
Rows = sa.Select[Any]


def volume(viewer: Person, wanted: Wanted) -> Rows:
    return _traded(viewer, wanted, {"volume": sa.func.sum(fact.volume_usd)})


def revenue(viewer: Person, wanted: Wanted) -> Rows:
    """Only rows that tell their fees."""
    amounts = {"volume": sa.func.sum(fact.volume_usd), "revenue": desk.net()}
    return _traded(viewer, wanted, amounts).where(fact.fees_usd.is_not(None))


def maker(viewer: Person, wanted: Wanted) -> Rows:
    """Only rows that tell how much made the market."""
    amounts = {"volume": sa.func.sum(fact.volume_usd), "maker_volume": sa.func.sum(fact.maker_volume_usd)}
    return _traded(viewer, wanted, amounts).where(fact.maker_volume_usd.is_not(None))


def net_deposits(viewer: Person, wanted: Wanted) -> Rows:
    """Deposits less withdrawals of the days that tell either."""
    book = _book(viewer, wanted)
    owner = clients.accounts.numbered(book)
    into, out = (sa.func.coalesce(amount, 0) for amount in (balance.deposits_usd, balance.withdrawals_usd))
    known = sa.func.coalesce(balance.deposits_usd, balance.withdrawals_usd).is_not(None)
    parts = [book.c.id, book.c.name, book.c.tier, book.c.manager_id, *([balance.day] if wanted.client_id else [])]
    sums = {"deposits": sa.func.sum(into), "withdrawals": sa.func.sum(out), "net_deposits": sa.func.sum(into - out)}
    return (
        sa.select(*parts, *(amount.label(name) for name, amount in sums.items()))
        .join(owner, owner.c.account == balance.number)
        .join(book, book.c.number == owner.c.number)
        .where(known, balance.day.between(*_days(wanted)))
        .group_by(*parts)
    )


def equity(viewer: Person, wanted: Wanted) -> Rows:
    """What each account of a client held when it was last told of, up to the last day asked for; or what was told on one day."""
    book = _book(viewer, wanted)
    owner = clients.accounts.numbered(book)
    place = sa.func.row_number().over(partition_by=balance.number, order_by=balance.day.desc())
    told = (
        sa.select(balance.number, balance.day, balance.equity_usd, place.label("place"))
        .where(
            balance.day == wanted.day if wanted.day else balance.day <= wanted.until, balance.equity_usd.is_not(None)
        )
        .subquery()
    )
    return (
        sa.select(book.c.id, book.c.name, book.c.tier, book.c.manager_id, told.c.day, told.c.equity_usd.label("equity"))
        .join(owner, owner.c.account == told.c.number)
        .join(book, book.c.number == owner.c.number)
        .where(told.c.place == 1)
    )


def _traded(viewer: Person, wanted: Wanted, amounts: Mapping[str, sa.ColumnElement[Any]]) -> Rows:
    book = _book(viewer, wanted)
    owner = clients.accounts.numbered(book)
    days = [fact.day, fact.product, fact.instrument] if wanted.client_id else []
    parts = [book.c.id, book.c.name, book.c.tier, book.c.manager_id, *days]
    return (
        sa.select(*parts, *(amount.label(name) for name, amount in amounts.items()))
        .join(owner, owner.c.account == fact.number)
        .join(book, book.c.number == owner.c.number)
        .where(fact.day.between(*_days(wanted)), *_narrowed(wanted))
        .group_by(*parts)
    )


def _narrowed(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found = [fact.product == wanted.product] if wanted.product else []
    if wanted.instrument is not None:
        found.append(fact.instrument == wanted.instrument)
    if wanted.beyond:
        found.append(fact.instrument.not_in(wanted.beyond))
    return found


def _days(wanted: Wanted) -> tuple[Any, Any]:
    return (wanted.day, wanted.day) if wanted.day else (wanted.since, wanted.until)


def _book(viewer: Person, wanted: Wanted) -> sa.Subquery:
    book = desk.scope(viewer)
    return sa.select(book).where(*about(book.c, wanted)).subquery("book")


def about(c: Any, wanted: Wanted) -> list[sa.ColumnElement[bool]]:  # noqa: ANN401 -- the columns of a subquery
    """Whose rows: a client's, a manager's, a tier's (as it stands today)."""
    found = []
    if wanted.client_id:
        found.append(c.id == wanted.client_id)
    if wanted.manager_id:
        found.append(c.manager_id == wanted.manager_id)
    if wanted.tier:
        found.append(c.tier.is_(None) if wanted.tier == NO_TIER else c.tier == wanted.tier)
    return found
