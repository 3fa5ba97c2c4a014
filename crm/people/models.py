"""The desk's people and teams, and how a person proves who they are."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel, field_validator
from sqlmodel import Field, SQLModel

from crm.ground import clock, limits, rows
from crm.ground.errors import InvalidError

DESK_ID = UUID("00000000-0000-7000-8000-000000000001")


Languages = Annotated[list[limits.Code], Field(max_length=limits.MOST_CONTACTS)]


class Role(StrEnum):
    MANAGER = "manager"
    LEAD = "lead"
    ADMIN = "admin"


class Team(rows.Versioned, table=True):
    name: str = Field(unique=True, max_length=80)


class Person(rows.Versioned, table=True):
    """Someone who works here. The desk itself is one too: it holds the clients that nobody was given yet."""

    email: str = Field(unique=True, max_length=200)
    name: str = Field(max_length=120)
    role: str = Role.MANAGER
    team_id: UUID | None = Field(default=None, foreign_key="team.id")
    languages: list[str] = rows.json_list()
    time_zone: str = "Asia/Shanghai"
    locale: str = "en"
    is_active: bool = True
    created_at: datetime = rows.now_field()
    password_changed_at: datetime | None = rows.moment()


class Colleague(BaseModel):
    """What everybody may know of a colleague."""

    id: UUID
    email: str
    name: str
    role: str
    team_id: UUID | None
    languages: list[str]
    time_zone: str
    locale: str
    is_active: bool


class Credential(SQLModel, table=True):
    __table_args__ = rows.UNJOURNALLED

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    password_hash: str


class CredentialsEpoch(SQLModel, table=True):
    """How often a person's password, role or right to sign in changed: what was handed out in an earlier epoch is dead.

    It only rises, so it is not journalled: no undo may bring an old session, token or link back.
    """

    __tablename__ = "credentials_epoch"
    __table_args__ = rows.UNJOURNALLED

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    epoch: int = 0


class SecondFactor(SQLModel, table=True):
    """The app that shows a person's codes. Its secret is made of `salt` and the key outside the database."""

    __tablename__ = "second_factor"
    __table_args__ = rows.UNJOURNALLED

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    salt: str
    confirmed_at: datetime | None = rows.moment()
    last_step: int = Field(default=0, sa_type=sa.BigInteger)


class RecoveryCode(SQLModel, table=True):
    """Instead of a code of the app, once. Only its hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = rows.UNJOURNALLED

    code_hash: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    used_at: datetime | None = rows.moment()


class OneTimeLink(SQLModel, table=True):
    """A link that works once: the first admin's (no person yet), or a colleague's to choose a password."""

    __tablename__ = "one_time_link"
    __table_args__ = rows.UNJOURNALLED

    token_hash: str = Field(primary_key=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    expires_at: datetime = rows.moment()
    used_at: datetime | None = rows.moment()
    made_by: UUID | None = None
    epoch: int | None = None


class WebSession(SQLModel, table=True):
    """One signed-in browser. Only the hash of its cookie is kept.

    `proved_at`: when the person last proved who they are; None while the second factor is still waited for.
    """

    __tablename__ = "web_session"
    __table_args__ = rows.UNJOURNALLED

    token_hash: str = Field(primary_key=True)
    public_id: str
    person_id: UUID = Field(foreign_key="person.id")
    csrf: str
    started_at: datetime = rows.now_field()
    seen_at: datetime = rows.now_field()
    ended_at: datetime | None = rows.moment()
    address: str = ""
    browser: str = ""
    proved_at: datetime | None = rows.moment()
    epoch: int | None = None


class KnownDevice(SQLModel, table=True):
    """A browser in which a person has signed in before: what strangers try elsewhere does not slow it down."""

    __tablename__ = "known_device"
    __table_args__ = rows.UNJOURNALLED

    token_hash: str = Field(primary_key=True)
    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    seen_at: datetime = rows.now_field()


class SecurityEvent(rows.Row, table=True):
    """What a person did or tried that is no change of a row: signing in, being refused, reading whole lists."""

    __tablename__ = "security_event"
    __table_args__ = rows.UNJOURNALLED

    happened_at: datetime = rows.now_field()
    kind: str = Field(max_length=40)
    person_id: UUID | None = None
    about_id: UUID | None = None
    address: str = ""
    detail: str = ""


class Notice(rows.Row, table=True):
    """What a person must be told about an account, until they have seen it."""

    __table_args__ = rows.UNJOURNALLED

    person_id: UUID = Field(foreign_key="person.id")
    text: str
    made_at: datetime = rows.now_field()
    seen_at: datetime | None = rows.moment()


class SignInFailure(SQLModel, table=True):
    """Failed sign-ins counted under one key: the next try waits longer each time."""

    __tablename__ = "sign_in_failure"
    __table_args__ = rows.UNJOURNALLED

    key: str = Field(primary_key=True)
    failures: int = 0
    last_at: datetime = rows.now_field()


class Draft(SQLModel, table=True):
    """What a person typed into a form and has not sent yet."""

    __table_args__ = rows.UNJOURNALLED

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    form: str = Field(primary_key=True, max_length=120)
    fields: dict[str, object] = rows.json_map()
    saved_at: datetime = rows.now_field()


class ApiToken(rows.Row, table=True):
    __tablename__ = "api_token"

    person_id: UUID = Field(foreign_key="person.id")
    name: str = Field(max_length=80)
    token_hash: str = Field(unique=True)
    created_at: datetime = rows.now_field()
    expires_at: datetime | None = rows.moment()
    revoked_at: datetime | None = rows.moment()
    scopes: list[str] | None = Field(
        default=None, sa_type=sa.JSON(none_as_null=True)
    )  # None: made before there were any
    epoch: int | None = None


class TokenUse(SQLModel, table=True):
    """When a token was last used, and whence."""

    __tablename__ = "token_use"
    __table_args__ = rows.UNJOURNALLED

    token_id: UUID = Field(primary_key=True)
    used_at: datetime = rows.now_field()
    address: str = ""


class NewPerson(SQLModel):
    """What a form or the CLI asks of a new colleague."""

    email: str = Field(max_length=200)
    name: str = Field(min_length=1, max_length=120)
    role: Role = Role.MANAGER
    team_id: UUID | None = None
    languages: Languages = []
    time_zone: limits.Word = "Asia/Shanghai"
    locale: limits.Code = "en"

    @field_validator("email")
    @classmethod
    def _looks_like_an_address(cls, value: str) -> str:
        address = value.strip().lower()
        if address.count("@") != 1 or address.startswith("@") or address.endswith("@") or " " in address:
            raise InvalidError("“{value}” is not an e-mail address.", value=value)
        return address

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        return clock.zone(value).key


class PersonChange(SQLModel):
    """Fields that were left out stay as they are; `version` is the one that was looked at."""

    version: int
    name: str | None = Field(default=None, min_length=1, max_length=120)
    role: Role | None = None
    team_id: UUID | None = None
    languages: Languages | None = None
    time_zone: limits.Word | None = None
    locale: limits.Code | None = None
    is_active: bool | None = None
