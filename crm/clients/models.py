"""Clients, the ways to reach them, who looked after them before, and what else is written down about them."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Sequence
from sqlmodel import Field, SQLModel

from crm.ground import rows
from crm.people.models import DESK_ID

# Facts are joined by this small number; it names a venue's UID before and after there is a client.
numbers = Sequence("client_number", metadata=SQLModel.metadata, start=1)

KYC_NOTICE = timedelta(days=30)


class ClientKind(StrEnum):
    PERSON = "person"
    INSTITUTION = "institution"


class ClientStatus(StrEnum):
    PROSPECT = "prospect"
    ACTIVE = "active"
    DORMANT = "dormant"
    CLOSED = "closed"


class Risk(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ContactKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    TELEGRAM = "telegram"
    WECHAT = "wechat"
    WHATSAPP = "whatsapp"
    X = "x"
    DISCORD = "discord"
    LINE = "line"
    OTHER = "other"


class AssignmentRole(StrEnum):
    """What someone is to a client."""

    PRIMARY = "primary"
    BACKUP = "backup"
    MERGED = "merged"  # the manager of a record that was merged into this one


class Client(rows.Versioned, table=True):
    """A VIP. `manager_id` is never empty, so there is exactly one primary manager at any instant.

    DuckDB gets none of its keys: taking a million rows out of an index costs it more than all else of an undo. There the one
    writer looks before it inserts, and `crm doctor` looks after it.
    """

    __table_args__ = (sa.Index("client_by_uid", "venue", "uid", unique=True), {"info": {"facts": True}})

    number: int = Field(sa_type=sa.BigInteger)
    venue: str = Field(max_length=60)
    uid: str | None = Field(default=None, max_length=120)
    name: str = Field(max_length=300)
    kind: str = ClientKind.PERSON
    status: str = ClientStatus.ACTIVE
    tier: str | None = Field(default=None, max_length=40)
    kyc_level: str | None = Field(default=None, max_length=40)
    kyc_expires_on: date | None = None
    risk: str | None = None
    country: str | None = Field(default=None, max_length=2)
    language: str | None = Field(default=None, max_length=20)
    time_zone: str | None = Field(default=None, max_length=60)
    birthday: date | None = None
    source: str | None = Field(default=None, max_length=120)
    notes: str = ""
    tags: list[str] = rows.json_list()
    attributes: dict[str, Any] = rows.json_map()
    manager_id: UUID = Field(default=DESK_ID, foreign_key="person.id", index=True)
    backup_id: UUID | None = Field(default=None, foreign_key="person.id")
    joined_on: date | None = None
    created_at: datetime = rows.now_field()
    closed_at: datetime | None = rows.moment()
    search_text: str = ""

    def kyc_expires_soon(self, on: date) -> bool:
        """Within 30 days, or it has expired."""
        return self.kyc_expires_on is not None and self.kyc_expires_on - on <= KYC_NOTICE


class Account(SQLModel, table=True):
    """The number under which a venue's UID has facts, whether or not it is a client yet."""

    __tablename__ = "trading_account"
    __table_args__ = (sa.Index("trading_account_by_uid", "venue", "uid", unique=True),)

    number: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    venue: str
    uid: str


class FurtherAccount(SQLModel, table=True):
    """Another account of a client: what it trades is counted with the client's own, and its UID still leads there."""

    __tablename__ = "further_account"
    __table_args__ = {"info": {"points_at": {"number": ("trading_account.number", "TRUE")}}}

    number: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    client_id: UUID = Field(foreign_key="client.id", index=True)


class MergedClient(rows.Row, table=True):
    """A record that was merged into another; under its old id and name the client is still found."""

    __tablename__ = "merged_client"

    client_id: UUID = Field(foreign_key="client.id", index=True)
    name: str = Field(max_length=300)
    search_text: str = ""
    merged_at: datetime = rows.now_field()


class NotDuplicate(SQLModel, table=True):
    """Two clients that look alike and are not one, as somebody said: they are not offered for merging again."""

    __tablename__ = "not_duplicate"

    first_id: UUID = Field(primary_key=True, foreign_key="client.id")
    second_id: UUID = Field(primary_key=True, foreign_key="client.id", index=True)
    said_by: UUID = Field(foreign_key="person.id")
    said_at: datetime = rows.now_field()


class ContactMethod(rows.Row, table=True):
    """One way to reach a client; e-mail lower-cased, phone in E.164 where it can be told, others without the @."""

    __tablename__ = "handle"
    __table_args__ = (
        sa.Index("handle_of_client", "client_id", "kind", "value", unique=True),
        {"info": {"facts": True}},  # as many as facts: no index on DuckDB
    )

    client_id: UUID = Field(foreign_key="client.id", index=True)
    kind: str
    value: str = Field(max_length=300, index=True)
    label: str = ""
    is_verified: bool = False


class PastAssignment(rows.Row, table=True):
    """Who looked after a client before: whoever does now stands on the client itself."""

    __tablename__ = "past_assignment"

    client_id: UUID = Field(foreign_key="client.id", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    part: str = AssignmentRole.PRIMARY
    from_at: datetime = rows.moment()
    until_at: datetime = rows.moment()


# With its client when that is merged; it is in the way of nothing.
_GOES_ALONG = {"info": {"journalled": False, "points_at": {"client_id": ("client.id", "FALSE")}}}


class HeldRow(rows.Row, table=True):
    """What somebody wanted to write about a client whom they do not see: it waits for a lead who does.

    A row of an import (`batch_id`, `line`), a client added by hand (`fields`), or a whole import (`batch_id` alone) of somebody
    of whom too much waits already. `outcome` is empty while it waits.
    """

    __tablename__ = "held_row"
    __table_args__ = _GOES_ALONG

    client_id: UUID | None = None
    asked_by: UUID = Field(foreign_key="person.id")
    held_at: datetime = rows.now_field()
    batch_id: UUID | None = None
    line: int | None = Field(default=None, sa_type=sa.BigInteger)
    fields: dict[str, Any] = rows.json_map()
    outcome: str = ""
    decided_by: UUID | None = None
    decided_at: datetime | None = rows.moment()


class AttributeDefinition(SQLModel, table=True):
    """A free-form field of clients, declared by hand or by the import that first brought it."""

    __tablename__ = "attribute_definition"

    name: str = Field(primary_key=True, max_length=120)
    label: str = Field(max_length=120)
    type: str = "text"
    created_at: datetime = rows.now_field()
