"""Batches of imported files: what came, how it was understood, what became of every row."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from crm.ground import rows
from crm.intake.upsert import Mode


class BatchStatus(StrEnum):
    STAGED = "staged"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    UNDONE = "undone"


class Batch(rows.Versioned, table=True):
    """One file that was dropped in; what it did is in the journal, under `change_set_id`.

    `counts` holds rows, created, changed, unchanged, refused, duplicate.
    """

    __table_args__ = rows.UNJOURNALLED

    kind: str
    file_name: str
    file_hash: str
    size: int = Field(sa_type=sa.BigInteger)
    status: str = BatchStatus.STAGED
    mode: str = Mode.ADD_AND_CHANGE
    mapping: dict[str, Any] = rows.json_map()
    counts: dict[str, Any] = rows.json_map()
    staged_by: UUID | None = None
    staged_at: datetime = rows.now_field()
    applied_at: datetime | None = rows.moment()
    change_set_id: UUID | None = None
    undo_change_set_id: UUID | None = None
    job_id: UUID | None = None
    error: str = ""

    @property
    def refused_name(self) -> str:
        """What the file of its refused rows is called."""
        return f"{self.file_name.rsplit('.', 1)[0]}-refused.csv"


class Problem(SQLModel, table=True):
    """One thing that is wrong with one row of a file: refused rows keep their cells, so that none is lost."""

    __tablename__ = "import_problem"
    __table_args__ = {"info": {"facts": True, "journalled": False}}

    batch_id: UUID = Field(primary_key=True, foreign_key="batch.id")
    line: int = Field(primary_key=True, sa_type=sa.BigInteger)
    column: str = Field(primary_key=True)
    value: str = ""
    reason: str = ""
    is_error: bool = True


class MappingProfile(rows.Versioned, table=True):
    """A mapping that was kept under a name, recognised next time by the header."""

    __tablename__ = "mapping_profile"

    name: str = Field(unique=True, max_length=120)
    kind: str
    header_hash: str
    mapping: dict[str, Any] = rows.json_map()
