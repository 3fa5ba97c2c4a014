"""How clients are found: by what they are called now and before, their numbers and addresses, and what is written about them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from babel import Locale
from sqlmodel import Session, col

from crm import clients
from crm.clients.models import Account, Client, ContactKind, ContactMethod, FurtherAccount, MergedClient
from crm.people import Person
from crm.search import journalled
from crm.search.sources import Document, Select, Shown, Source, searchable

KIND = "clients"
AT_ONCE = 5_000
TABLES = frozenset({"client", "handle", "merged_client", "further_account"})
_APART = "\x1f"
_FIELDS = (
    "id",
    "uid",
    "name",
    "kind",
    "status",
    "tier",
    "kyc_level",
    "risk",
    "country",
    "language",
    "venue",
    "source",
    "notes",
    "tags",
)


def read(session: Session, ids: Select | None) -> Iterator[Document]:
    """One row for each client, with all that hangs on it."""
    query = sa.select(*(col(getattr(Client, name)) for name in _FIELDS), col(Client.attributes))
    for gathered in _gathered(ids):
        query = query.add_columns(gathered.c.told).outerjoin(gathered, gathered.c.client_id == col(Client.id))
    if ids is not None:
        query = query.where(col(Client.id).in_(ids))
    for row in session.execute(query, execution_options={"yield_per": AT_ONCE}):
        yield _document(*row)


def _gathered(ids: Select | None) -> tuple[sa.Subquery, ...]:
    """Ways to reach each client, its former names, its further UIDs: each as one text."""
    further: sa.Select[*tuple[Any, ...]] = sa.select(
        col(FurtherAccount.client_id), col(Account.uid).label("value")
    ).join(Account, col(Account.number) == col(FurtherAccount.number))
    told: tuple[sa.Select[*tuple[Any, ...]], ...] = (
        sa.select(
            col(ContactMethod.client_id), (col(ContactMethod.kind) + ":" + col(ContactMethod.value)).label("value")
        ),
        sa.select(col(MergedClient.client_id), col(MergedClient.name).label("value")),
        further,
    )
    return tuple(_joined(query.subquery(), ids) for query in told)


def _joined(rows: sa.Subquery, ids: Select | None) -> sa.Subquery:
    told = sa.func.string_agg(rows.c.value, _APART).label("told")
    query = sa.select(rows.c.client_id, told).group_by(rows.c.client_id)
    return (query if ids is None else query.where(rows.c.client_id.in_(ids))).subquery()


def _document(*row: Any) -> Document:  # noqa: ANN401 -- the columns of `read`
    said = dict(zip(_FIELDS, row, strict=False))
    attributes, ways, names, uids = row[len(_FIELDS) :]
    reached = [way.partition(":") for way in _parts(ways)]
    phones = [value for kind, _, value in reached if kind in (ContactKind.PHONE, ContactKind.WHATSAPP)]
    texts = [
        said[name]
        for name in ("uid", "kind", "status", "tier", "kyc_level", "risk", "venue", "source", "notes")
        if said[name]
    ]
    further = [*(said["tags"] or ()), *map(str, (attributes or {}).values()), *(value for _, _, value in reached)]
    return Document(
        id=said["id"],
        name="\n".join([said["name"], *_parts(names)]),
        text="\n".join([*texts, *further, _called(said["country"]), _spoken(said["language"])]),
        codes=tuple(code for code in (said["uid"], *_parts(uids), *phones) if code),
        client_id=said["id"],
    )


def _parts(told: str | None) -> list[str]:
    return told.split(_APART) if told else []


@cache
def _called(country: str | None) -> str:
    """A country by its code and its names in English and Chinese; Hong Kong is not found as China."""
    if not country:
        return ""
    names = [str(Locale(language).territories.get(country, "")) for language in ("en", "zh")]
    return (
        " ".join([country, *names])
        .replace("中国香港特别行政区", "香港")
        .replace("中国澳门特别行政区", "澳门")
        .replace("SAR China", "")
    )


@cache
def _spoken(language: str | None) -> str:
    if not language:
        return ""
    short = language.replace("-", "_").split("_")[0].lower()
    return " ".join([language, *(str(Locale(one).languages.get(short, "")) for one in ("en", "zh"))])


def shown(session: Session, viewer: Person, ids: Sequence[UUID]) -> Mapping[UUID, Shown]:
    rows = session.exec(clients.visible_to(viewer).where(col(Client.id).in_(ids))).all()
    return {one.id: _shown(one) for one in rows}


def _shown(one: Client) -> Shown:
    facts = " · ".join(str(fact) for fact in (one.venue, one.uid, one.tier, one.country, *(one.tags or ())) if fact)
    return Shown(one.id, one.name, (one.notes, facts), one.uid, one.id)


def keys(since: int, until: int) -> Select:
    parts = [
        journalled.written("client", since, until),
        *(journalled.written(name, since, until, field="client_id") for name in sorted(TABLES - {"client"})),
    ]
    return sa.select(sa.union(*parts).subquery().columns[0])


searchable(Source(KIND, read, shown, keys, sa.select(sa.func.count()).select_from(Client), TABLES))
