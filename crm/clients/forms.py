"""What a page, the API or an import asks of a client: new ones, changes, ways to reach them."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, ConfigDict, StringConstraints, ValidationInfo, field_validator
from sqlmodel import Field, SQLModel

from crm.clients import values
from crm.clients.models import ClientKind, ClientStatus, ContactKind, Risk
from crm.ground.config import settings


def _or_none(text: object) -> object:
    return (text.strip() or None) if isinstance(text, str) else text


def _only_text(check: Callable[[str | None], str | None]) -> BeforeValidator:
    """Checks text and leaves other types to be refused by the field itself."""
    return BeforeValidator(lambda value: check(value) if isinstance(value, str | None) else value)


EmptyIsNone = BeforeValidator(_or_none)
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Venue = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(values.venue)
]
Text20 = Annotated[str, StringConstraints(max_length=20)]
Text40 = Annotated[str, StringConstraints(max_length=40)]
Text120 = Annotated[str, StringConstraints(max_length=120)]
Short = Annotated[Text40 | None, EmptyIsNone]
Language = Annotated[Text20 | None, EmptyIsNone]
Source = Annotated[Text120 | None, EmptyIsNone]
Uid = Annotated[Text120 | None, _only_text(values.uid)]
Country = Annotated[str | None, _only_text(values.country)]
Zone = Annotated[str | None, _only_text(values.time_zone)]
Birthday = Annotated[date | None, AfterValidator(values.birthday)]
Notes = Annotated[str, StringConstraints(max_length=1_000_000)]
Tags = Annotated[list[str], AfterValidator(values.tags)]


class NewContactMethod(SQLModel):
    """A way to reach a client; a phone number without country takes the client's."""

    kind: ContactKind
    value: Name
    label: str = Field(default="", max_length=120)
    is_verified: bool = False

    @field_validator("value")
    @classmethod
    def _is_an_address(cls, value: str, others: ValidationInfo) -> str:
        return values.email(value) if others.data.get("kind") == ContactKind.EMAIL else value


class NewClient(SQLModel):
    """Only the name is needed. Without a manager the client is the maker's, or the desk's if a lead made it."""

    name: Name
    venue: Venue = Field(default_factory=lambda: settings().venue)
    uid: Uid = None
    kind: ClientKind = ClientKind.PERSON
    status: ClientStatus = ClientStatus.ACTIVE
    tier: Short = None
    kyc_level: Short = None
    kyc_expires_on: date | None = None
    risk: Risk | None = None
    country: Country = None
    language: Language = None
    time_zone: Zone = None
    birthday: Birthday = None
    source: Source = None
    notes: Notes = ""
    tags: Tags = []
    attributes: dict[str, Any] = {}
    manager_id: UUID | None = None
    joined_on: date | None = None
    handles: list[NewContactMethod] = []


class ClientChange(SQLModel):
    """Fields that were not set stay as they are, None empties; `version` is the one that was looked at.

    Attributes are changed one by one: those that are not named stay, None removes.
    """

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]

    version: int
    name: Name | None = None
    venue: Venue | None = None
    uid: Uid = None
    kind: ClientKind | None = None
    status: ClientStatus | None = None
    tier: Short = None
    kyc_level: Short = None
    kyc_expires_on: date | None = None
    risk: Risk | None = None
    country: Country = None
    language: Language = None
    time_zone: Zone = None
    birthday: Birthday = None
    source: Source = None
    notes: Notes | None = None
    tags: Tags | None = None
    attributes: dict[str, Any] | None = None
    joined_on: date | None = None
