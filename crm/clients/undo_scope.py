"""Which clients the rows of a change set are about: nobody takes back, or reads, what is in another's book now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import journal
from crm.clients.models import Client, MergedClient
from crm.clients.scope import sees_all, visible_ids
from crm.db.sql import Sql
from crm.ground.errors import NotAllowedError
from crm.journal import Change, entities
from crm.people import Person

# The key of such a row is a client's; a record that was merged into another had its own.
_KEYED_AS_CLIENTS = {"client", "merged_client"}


def check(session: Session, by: Person, change_set_id: UUID) -> None:
    """Every client of a set, or of what was said, planned and traded in it, is one that the person sees, or is gone.

    Raises:
        NotAllowedError: some of them stand in another book now.
    """
    if not session.exec(select(Client.id).where(_is_unseen(by)).limit(1)).first():
        return
    made = journal.get(session, change_set_id)
    source = journal.TOLD if made.undoes else "change"  # only an undo leaves it to another set to say what a row was
    lines = f"(SELECT * FROM {source} t WHERE t.change_set_id = :id) x"
    owners = _owners(Sql(session), lines, {"id": change_set_id}, journal.touched(session, change_set_id))
    if owners is None:
        return
    hidden = select(Client.id).where(col(Client.id).in_(sa.select(owners.c.client_id)), _is_unseen(by))
    if session.exec(hidden.limit(1)).first():
        raise NotAllowedError("Some of these clients are in another book now; ask their manager or a lead.")


def unseen(session: Session, viewer: Person, lines: Sequence[Change]) -> set[tuple[UUID, int]]:
    """Which lines of the journal, by their set and place, are about a client whom the viewer does not see."""
    if not lines or sees_all(viewer):
        return set()
    owners = _owners(Sql(session), *_as_rows(lines), {line.entity for line in lines})
    if owners is None:
        return set()
    hidden = sa.select(owners.c.change_set_id, owners.c.seq).join(Client, col(Client.id) == owners.c.client_id)
    return {(key, place) for key, place in session.execute(hidden.where(_is_unseen(viewer)).distinct())}


def _is_unseen(viewer: Person) -> sa.ColumnElement[bool]:
    return col(Client.id).not_in(visible_ids(viewer))


def _as_rows(lines: Sequence[Change]) -> tuple[str, Mapping[str, object]]:
    """Lines that were read already, as a table to select from."""
    rows: list[str] = []
    values: dict[str, object] = {}
    for n, line in enumerate(lines):
        rows.append(
            f"(CAST(:set{n} AS UUID), {line.seq}, :entity{n}, :key{n}, CAST(:before{n} AS JSON), CAST(:after{n} AS JSON))"
        )
        values |= {f"set{n}": line.change_set_id, f"entity{n}": line.entity, f"key{n}": line.entity_key}
        values |= {f"before{n}": _naming(line, line.before), f"after{n}": _naming(line, line.after)}
    return f"(VALUES {', '.join(rows)}) x (change_set_id, seq, entity, entity_key, before, after)", values


def _naming(line: Change, document: Mapping[str, object] | None) -> str | None:
    """Of what a row was or became, as JSON, only what names a client."""
    if document is None:
        return None
    names = {column.name for column in _pointing(entities.table(line.entity))}
    return orjson.dumps({name: value for name, value in document.items() if name in names}).decode()


def _owners(sql: Sql, lines: str, values: Mapping[str, object], names: Collection[str]) -> sa.Subquery | None:
    """Whose clients lines of the journal are about, by their set and place; of a merged record, the client that it became."""
    parts = [part for name in sorted(names) for part in _about(sql, entities.table(name), lines)]
    if not parts:
        return None
    text = sa.text(" UNION ALL ".join(parts)).bindparams(**values)
    about = text.columns(change_set_id=sa.Uuid, seq=sa.BigInteger, id=sa.Uuid).subquery("about")
    now = sa.func.coalesce(col(MergedClient.client_id), about.c.id).label("client_id")
    merged = about.outerjoin(MergedClient, col(MergedClient.id) == about.c.id)
    return sa.select(about.c.change_set_id, about.c.seq, now).select_from(merged).subquery("owners")


def _about(sql: Sql, entity: sa.Table, lines: str) -> Iterator[str]:
    """Selects of the clients that lines of a table name: before, after, and where the row stands now."""
    found, where = "SELECT x.change_set_id, x.seq,", f"WHERE x.entity = '{entity.name}'"
    if entity.name in _KEYED_AS_CLIENTS:
        yield f"{found} CAST(x.entity_key AS UUID) AS id FROM {lines} {where}"
    keys = [entity.c[name] for name in entities.key_columns(entity)]
    for column in _pointing(entity):
        for document in ("x.after", "x.before"):
            yield f"{found} {sql.from_json(document, column)} AS id FROM {lines} {where} AND {document} IS NOT NULL"
        if len(keys) == 1:  # a change names only the fields that it wrote; whose row it is says the row
            row = f"{entity.name} o ON o.{keys[0].name} = CAST(x.entity_key AS {sql.type_of(keys[0])})"
            yield f"{found} o.{column.name} AS id FROM {lines} JOIN {row} {where}"
    if "number" in entity.c and entity.name not in _KEYED_AS_CLIENTS:
        number = "CAST(split_part(x.entity_key, '|', 1) AS BIGINT)"
        yield f"{found} c.id FROM {lines} JOIN client c ON c.number = {number} {where}"
        yield f"{found} f.client_id FROM {lines} JOIN further_account f ON f.number = {number} {where}"


def _pointing(entity: sa.Table) -> Iterator[sa.Column[object]]:
    """The columns that name a client."""
    client = entities.of(Client)
    return (column for column in entity.columns if any(key.column.table is client for key in column.foreign_keys))
