"""Which clients of those one sees a list shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col, select

from crm.clients import typed
from crm.clients.models import Client, ClientStatus, ContactKind, ContactMethod, MergedClient
from crm.clients.search import folded, holds


@dataclass(frozen=True)
class ClientFilter:
    """What a list is narrowed to; an empty field narrows nothing, but closed clients are only shown when asked for."""

    text: str = ""
    manager_ids: tuple[UUID, ...] = ()
    statuses: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    venue: str | None = None
    leaves_out: ClassVar[str] = "closed clients"


def kept_by(wanted: ClientFilter) -> ColumnElement[bool]:
    lists: list[tuple[Any, Sequence[object]]] = [
        (Client.manager_id, wanted.manager_ids),
        (Client.status, wanted.statuses),
        (Client.tier, wanted.tiers),
        (Client.country, wanted.countries),
    ]
    conditions: list[ColumnElement[bool]] = [col(column).in_(chosen) for column, chosen in lists if chosen]
    if not wanted.statuses:
        conditions.append(col(Client.status) != ClientStatus.CLOSED)
    if wanted.venue:
        conditions.append(col(Client.venue) == wanted.venue)
    if wanted.tags:
        conditions.append(sa.or_(*(has_tag(col(Client.tags), tag) for tag in wanted.tags)))
    return sa.and_(*conditions, found_by(wanted.text))


def found_by(text: str) -> ColumnElement[bool]:
    """Every word stands in what is written about the client, or in one of the ways to reach it, in whatever form it is typed."""
    meant = typed.understood(text)
    numbers = [sa.or_(_all_held(said), *map(_numbered, forms)) for said, forms in meant.numbers]
    return sa.and_(sa.true(), _all_held(meant.words), *numbers)


def _all_held(said: Sequence[str]) -> ColumnElement[bool]:
    return sa.and_(
        sa.true(),
        *(sa.or_(holds(col(Client.search_text), word), _reached_by(word), _merged_under(word)) for word in said),
    )


def _numbered(digits: str) -> ColumnElement[bool]:
    """A UID or a telephone number that was typed in parts; one that does not say its country is kept as it was written."""
    kept = ContactMethod.value
    spaced = sa.and_(
        col(ContactMethod.kind).in_((ContactKind.PHONE, ContactKind.WHATSAPP)),
        sa.not_(col(kept).startswith("+")),
        holds(sa.func.regexp_replace(col(kept), "[^0-9]", "", "g"), digits),
    )
    reached = select(ContactMethod.client_id).where(sa.or_(holds(col(kept), digits), spaced))
    return sa.or_(holds(col(Client.search_text), digits), col(Client.id).in_(reached), _merged_under(digits))


def _merged_under(word: str) -> ColumnElement[bool]:
    """What a record was found by before it was merged into this client, its UID among it."""
    return col(Client.id).in_(select(MergedClient.client_id).where(holds(col(MergedClient.search_text), word)))


def _reached_by(word: str) -> ColumnElement[bool]:
    """Phone numbers are found however they are spaced, names with or without their @."""
    bare = typed.bare(word)
    digits = "".join(c for c in word if c.isdigit())
    if len(digits) > 3 and not any(c.isalpha() or c == "@" for c in word):  # noqa: PLR2004
        bare = digits
    return col(Client.id).in_(select(ContactMethod.client_id).where(holds(folded(col(ContactMethod.value)), bare)))


class has_tag(FunctionElement[bool]):  # noqa: N801 -- reads like a SQL function
    """A JSON list of texts holds this text."""

    type = sa.Boolean()
    name = "has_tag"
    inherit_cache = True

    def __init__(self, tags: Any, tag: str) -> None:  # noqa: ANN401 -- a column
        super().__init__(tags, sa.literal(tag, sa.String))


@compiles(has_tag)
def _in_jsonb(element: has_tag, compiler: Any, **kwargs: Any) -> str:  # noqa: ANN401
    tags, tag = element.clauses
    return f"jsonb_exists(CAST({compiler.process(tags, **kwargs)} AS JSONB), {compiler.process(tag, **kwargs)})"


@compiles(has_tag, "duckdb")
def _in_json(element: has_tag, compiler: Any, **kwargs: Any) -> str:  # noqa: ANN401
    tags, tag = element.clauses
    return f"list_contains(CAST({compiler.process(tags, **kwargs)} AS VARCHAR[]), {compiler.process(tag, **kwargs)})"
