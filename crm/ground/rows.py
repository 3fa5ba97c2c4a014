"""What every table has in common: keys that sort by time, versions, moments, and what DuckDB leaves out."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BeforeValidator
from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import declared_attr
from sqlalchemy.schema import CreateIndex
from sqlmodel import Field, SQLModel

from crm.ground import clock
from crm.ground.keys import uuid7

MONEY = sa.Numeric(24, 8)
MOMENT = sa.DateTime(timezone=True)
Money = Annotated[Decimal, BeforeValidator(lambda v: Decimal(str(v)) if isinstance(v, float) else v)]


def now_field() -> Any:  # noqa: ANN401 -- Field() itself is typed Any
    return Field(default_factory=clock.now, sa_type=MOMENT)


def moment(default: datetime | None = None) -> Any:  # noqa: ANN401
    return Field(default=default, sa_type=MOMENT)


def json_list() -> Any:  # noqa: ANN401
    return Field(default_factory=list, sa_type=sa.JSON)


def json_map() -> Any:  # noqa: ANN401
    return Field(default_factory=dict, sa_type=sa.JSON)


def money(default: Decimal | None = None) -> Any:  # noqa: ANN401
    return Field(default=default, sa_type=MONEY)


class Row(SQLModel):
    id: UUID = Field(default_factory=uuid7, primary_key=True)


class Versioned(Row):
    """A row that people edit: saving on top of a version that is no longer there is a ConflictError."""

    version: int = 1

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


# What is kept out of the journal: sessions, jobs, secrets, and what is only derived from other rows.
UNJOURNALLED = {"info": {"journalled": False}}
# Facts are many: no index on DuckDB (the writer keeps them apart), real keys on PostgreSQL. Their number may be that of an
# account nobody claimed yet, so it is no foreign key to a client; an undo still keeps the account while facts stand on it.
FACTS = {"info": {"facts": True, "points_at": {"number": ("trading_account.number", "TRUE")}}}
DAILY_FACTS = {"info": {"facts": True, "points_at": {"number": ("trading_account.number", "source = 'summary'")}}}
DERIVED_FACTS = {"info": {"facts": True, "journalled": False}}


def is_journalled(table: sa.Table) -> bool:
    return bool(table.info.get("journalled", True))


@event.listens_for(SQLModel.metadata, "before_create")
def _defer_keys(metadata: sa.MetaData, *_: object, **__: object) -> None:
    defer_foreign_keys(metadata)


def defer_foreign_keys(metadata: sa.MetaData) -> None:
    """Foreign keys are checked at commit, so that no write needs to know the order of tables."""
    for table in metadata.tables.values():
        for key in table.foreign_key_constraints:
            key.deferrable, key.initially = True, "DEFERRED"


# On DuckDB an update of an indexed or referenced row is delete + insert, which foreign keys and indexes then refuse. An index
# costs, too: taking the keys of a million clients out of it was half of an undo, finding one of them without it takes 5 ms.
@compiles(ForeignKeyConstraint, "duckdb")
def _no_foreign_keys(*_: object, **__: object) -> None:
    return None


@compiles(PrimaryKeyConstraint, "duckdb")
def _keys_of_facts(constraint: PrimaryKeyConstraint, compiler: Any, **kwargs: Any) -> str | None:  # noqa: ANN401
    if constraint.table.info.get("facts"):
        return None
    visit: Callable[..., str] = compiler.visit_primary_key_constraint
    return visit(constraint, **kwargs)


@compiles(CreateIndex, "duckdb")
def _no_indexes(*_: object, **__: object) -> str:
    return "SELECT 1"
