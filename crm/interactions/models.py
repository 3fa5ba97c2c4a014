"""Interactions: what was said to a client, when, through which channel, and what came of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from crm.ground import limits, rows


class Channel(StrEnum):
    CONSULTATION = "consultation"
    CALL = "call"
    MEETING = "meeting"
    CHAT = "chat"
    EMAIL = "email"
    TELEGRAM = "telegram"
    WECHAT = "wechat"
    TICKET = "ticket"
    EVENT = "event"
    OTHER = "other"


class Direction(StrEnum):
    OUTBOUND = "outbound"
    INBOUND = "inbound"


class Product(StrEnum):
    """The products of an exchange that a conversation can be about."""

    SPOT = "spot"
    MARGIN = "margin"
    PERPETUAL = "perpetual"
    FUTURES = "futures"
    OPTIONS = "options"
    EARN = "earn"
    LOANS = "loans"
    OTC = "otc"
    API = "api"
    COPY = "copy"


Products = Annotated[list[Product], Field(max_length=limits.MOST_FIELDS)]


class Interaction(rows.Versioned, table=True):
    client_id: UUID = Field(foreign_key="client.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    channel: str = Channel.CONSULTATION
    direction: str = Direction.OUTBOUND
    happened_at: datetime = rows.moment()
    minutes: int | None = None
    topic: str = Field(default="", max_length=200)
    products: list[str] = rows.json_list()
    summary: str = ""
    mood: int | None = None
    outcome: str = ""
    next_steps: str = ""
    external_id: str | None = None
    created_at: datetime = rows.now_field()
    search_text: str = ""


class NewInteraction(SQLModel):
    """What the Log page asks: the client and what was said; everything else has a default.

    `person_id`: who spoke with the client, if it was not whoever logs it.
    """

    client_id: UUID
    person_id: UUID | None = None
    summary: str = Field(min_length=1, max_length=1_000_000)
    channel: Channel = Channel.CONSULTATION
    direction: Direction = Direction.OUTBOUND
    happened_at: datetime | None = None
    minutes: int | None = Field(default=None, ge=0, le=1440)
    topic: str = Field(default="", max_length=200)
    products: Products = []
    mood: int | None = Field(default=None, ge=1, le=5)
    outcome: str = Field(default="", max_length=10_000)
    next_steps: str = Field(default="", max_length=300)
    follow_up_on: date | None = None
    is_promise: bool = False


class InteractionChange(SQLModel):
    """Fields that were not set stay as they are; `version` is the one that was looked at."""

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]

    version: int
    summary: str | None = Field(default=None, min_length=1, max_length=1_000_000)
    channel: Channel | None = None
    direction: Direction | None = None
    happened_at: datetime | None = None
    minutes: int | None = Field(default=None, ge=0, le=1440)
    topic: str | None = Field(default=None, max_length=200)
    products: Products | None = None
    mood: int | None = Field(default=None, ge=1, le=5)
    outcome: limits.Paragraph | None = None
    next_steps: str | None = Field(default=None, max_length=300)
