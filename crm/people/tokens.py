"""API tokens: a person's key for programs, hashed, expiring, revocable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import InvalidError, NotFoundError
from crm.people import secrets
from crm.people.models import ApiToken, Person
from crm.people.rights import Right, may

PREFIX = "vip_"  # so that a token left in a file is recognised as one
LONGEST_DAYS = 365


@dataclass(frozen=True)
class Issued:
    """A new token: `secret` is shown now and never again."""

    secret: str
    token: ApiToken


def issue(session: WriteSession, by: Person, name: str, *, days: int = 90) -> Issued:
    """A token that may what its person may, for so many days."""
    if not name.strip() or len(name) > 80:  # noqa: PLR2004 -- the column's length
        raise InvalidError("Name the token after the program that will use it, in at most 80 letters.", at="name")
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidError("A token lives between 1 and {count} days.", at="days", count=LONGEST_DAYS)
    secret, now = PREFIX + secrets.fresh(), clock.now()
    token = ApiToken(
        person_id=by.id,
        name=name.strip(),
        token_hash=secrets.hashed(secret),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    return Issued(secret, token)


def revoke(session: WriteSession, by: Person, token_id: UUID) -> ApiToken:
    """One's own, or for an admin anybody's."""
    token = session.get(ApiToken, token_id)
    if not token or not (token.person_id == by.id or may(by, Right.ACCOUNTS)):
        raise NotFoundError("There is no such token.")
    token.revoked_at = token.revoked_at or clock.now()
    session.flush()
    return token


def tokens_of(session: Session, viewer: Person, *, everybody: bool = False) -> Sequence[ApiToken]:
    """One's own tokens that still work, or for an admin everybody's, the newest first."""
    query = select(ApiToken).where(col(ApiToken.revoked_at).is_(None), col(ApiToken.expires_at) > clock.now())
    if not (everybody and may(viewer, Right.ACCOUNTS)):
        query = query.where(ApiToken.person_id == viewer.id)
    return session.exec(query.order_by(col(ApiToken.created_at).desc())).all()


def find_person(session: Session, secret: str) -> Person | None:
    """Who sent this token; None if it is unknown, revoked or expired, or its person was disabled."""
    query = (
        select(Person)
        .join(ApiToken, col(ApiToken.person_id) == col(Person.id))
        .where(
            ApiToken.token_hash == secrets.hashed(secret),
            col(ApiToken.revoked_at).is_(None),
            col(ApiToken.expires_at) > clock.now(),
            col(Person.is_active),
        )
    )
    return session.exec(query).first()
