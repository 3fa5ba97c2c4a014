"""API tokens: a person's key for programs, hashed, scoped, expiring, revocable."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import InvalidError, NotFoundError
from crm.people import epochs, events, secrets
from crm.people.events import Event, Kind
from crm.people.models import ApiToken, Person, TokenUse
from crm.people.rights import Right, may

PREFIX = "vip_"  # so that a token left in a file is recognised as one
LONGEST_DAYS = 90


class Scope(StrEnum):
    """What a token lets a program do, of what its person may: read and export, write about clients, bring files in."""

    READ = "read"
    LOG = "log"
    IMPORT = "import"


EVERYTHING = frozenset(Scope)


@dataclass(frozen=True)
class Issued:
    """A new token: `secret` is shown now and never again."""

    secret: str
    token: ApiToken


@dataclass(frozen=True)
class Bearer:
    """Who sent a token, and what it lets them do."""

    person: Person
    token_id: UUID
    scopes: frozenset[Scope]


def issue(
    session: WriteSession, by: Person, name: str, *, days: int = 90, scopes: Collection[Scope] = EVERYTHING
) -> Issued:
    """A token for so many days, until the person's password or role changes."""
    if not name.strip() or len(name) > 80:  # noqa: PLR2004 -- the column's length
        raise InvalidError("Name the token after the program that will use it, in at most 80 letters.", at="name")
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidError("A token lives between 1 and {count} days.", at="days", count=LONGEST_DAYS)
    if not scopes:
        raise InvalidError("Choose what the token may do.", at="scopes")
    secret, now = PREFIX + secrets.fresh(), clock.now()
    token = ApiToken(
        person_id=by.id,
        name=name.strip(),
        token_hash=secrets.hashed(secret),
        created_at=now,
        expires_at=now + timedelta(days=days),
        scopes=sorted(Scope(scope).value for scope in scopes),
        epoch=epochs.of(session, by.id),
    )
    session.add(token)
    session.flush()
    events.add(session, Event(Kind.TOKEN_MADE, by.id))
    return Issued(secret, token)


def scopes_of(token: ApiToken) -> frozenset[Scope]:
    """One that was made before there were scopes may what it could then."""
    return EVERYTHING if token.scopes is None else frozenset(map(Scope, token.scopes))


def revoke(session: WriteSession, by: Person, token_id: UUID) -> ApiToken:
    """One's own, or for an admin anybody's."""
    token = session.get(ApiToken, token_id)
    if not token or not (token.person_id == by.id or may(by, Right.ACCOUNTS)):
        raise NotFoundError("There is no such token.")
    token.revoked_at = token.revoked_at or clock.now()
    session.flush()
    events.add(session, Event(Kind.TOKEN_REVOKED, by.id, token.person_id))
    return token


def tokens_of(session: Session, viewer: Person, *, everybody: bool = False) -> Sequence[ApiToken]:
    """One's own tokens that still work, or for an admin everybody's, the newest first."""
    query = select(ApiToken).where(_works())
    if not (everybody and may(viewer, Right.ACCOUNTS)):
        query = query.where(ApiToken.person_id == viewer.id)
    return session.exec(query.order_by(col(ApiToken.created_at).desc())).all()


def uses_of(session: Session, tokens: Iterable[ApiToken]) -> Mapping[UUID, TokenUse]:
    """When each was last used, and whence; one that never was is not among them."""
    ids = [token.id for token in tokens]
    return {use.token_id: use for use in session.exec(select(TokenUse).where(col(TokenUse.token_id).in_(ids)))}


def find(session: Session, secret: str) -> Bearer | None:
    """Who sent this token; None if it is unknown, revoked, expired, or of before the person's credentials changed."""
    query = (
        select(Person, ApiToken)
        .join(ApiToken, col(ApiToken.person_id) == col(Person.id))
        .where(ApiToken.token_hash == secrets.hashed(secret), _works(), col(Person.is_active))
    )
    found = session.exec(query).first()
    return Bearer(found[0], found[1].id, scopes_of(found[1])) if found else None


def find_person(session: Session, secret: str) -> Person | None:
    found = find(session, secret)
    return found.person if found else None


def _works() -> sa.ColumnElement[bool]:
    of_now = epochs.is_current(col(ApiToken.epoch), col(ApiToken.person_id))
    return col(ApiToken.revoked_at).is_(None) & (col(ApiToken.expires_at) > clock.now()) & of_now
