"""The journal's two tables: who did something and why, and what each row was before and after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import field_serializer
from sqlmodel import Field, SQLModel, col

from crm.ground import messages, rows
from crm.ground.keys import uuid7
from crm.ground.messages import Message

LOOK = "preview"  # the kind of a set that only tells that somebody looked


class ChangeSet(SQLModel, table=True):
    """One committed write. `seq` orders the chain; `hash` covers its content and `previous_hash`, `seal` the hash.

    Whoever has only the database can chain it anew, but not seal it: that takes the key outside.
    """

    __tablename__ = "change_set"
    __table_args__ = rows.UNJOURNALLED

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    seq: int = Field(sa_type=sa.BigInteger, unique=True)
    made_at: datetime = rows.now_field()
    made_by: UUID | None = None
    kind: str
    why: str = ""
    undoes: UUID | None = None
    changes: int = Field(default=0, sa_type=sa.BigInteger)
    previous_hash: str = ""
    hash: str = ""
    seal: str | None = None

    @field_serializer("why")
    def _in_words(self, why: str) -> str:
        return str(messages.read(why))

    @property
    def reason(self) -> Message:
        """Why it was done; sets of before messages were kept have a finished sentence."""
        return messages.read(self.why)


# Rows of an import may be millions and are only ever appended, so this table has no mapped class and no key.
change = sa.Table(
    "change",
    SQLModel.metadata,
    sa.Column("change_set_id", sa.Uuid, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("entity", sa.String, nullable=False),
    sa.Column("entity_key", sa.String, nullable=False),
    sa.Column("before", sa.JSON(none_as_null=True)),
    sa.Column("after", sa.JSON(none_as_null=True)),
    sa.Index("change_by_set", "change_set_id"),
    sa.Index("change_by_entity", "entity", "entity_key"),
    info={"journalled": False},
)


def _told() -> sa.Select[Any]:
    """The lines of `change` with what they were before.

    A line with neither side takes back an insert of the set that its own set undoes: the row was as that set had written
    it, and is not written down a second time.
    """
    made, first = sa.orm.aliased(ChangeSet), change.alias("first")
    blank = change.c.before.is_(sa.null()) & change.c.after.is_(sa.null())
    origin: sa.ColumnElement[bool] = (
        (first.c.change_set_id == made.undoes)
        & (first.c.entity == change.c.entity)
        & (first.c.entity_key == change.c.entity_key)
        & first.c.before.is_(sa.null())
    )
    line = change.c
    return (
        sa.select(
            line.change_set_id,
            line.seq,
            line.entity,
            line.entity_key,
            sa.func.coalesce(line.before, first.c.after, type_=sa.JSON).label("before"),
            line.after,
        )
        .join(made, col(made.id) == line.change_set_id)
        .outerjoin(first, blank & origin)
    )


told = _told().subquery("told")
TOLD = f"({_told().compile(compile_kwargs={'literal_binds': True})})"


@dataclass(frozen=True)
class Change:
    """One row's change: `before` is None for an insert, `after` for a delete; an update names only its fields."""

    change_set_id: UUID
    seq: int
    entity: str
    entity_key: str
    before: dict[str, object] | None
    after: dict[str, object] | None


@dataclass(frozen=True)
class UndoConflict:
    """A row that an undo left alone, and why: changed since, gone, in use, or in the way."""

    entity: str
    entity_key: str
    reason: str


@dataclass(frozen=True)
class Undone:
    """What an undo did: the new change set (None if nothing was left to undo), rows put back, rows left alone."""

    change_set_id: UUID | None
    rows: int
    conflicts: list[UndoConflict]
