"""Signing in and out: sessions are rows, and guessing gets slower with every try."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.config import settings
from crm.ground.errors import BusyError
from crm.people import secrets
from crm.people.models import Credential, Person, SignInFailure, WebSession

TURN = "sign-in"  # tries and sessions are written one after another, beside all else
ACCOUNT_TRIES, ADDRESS_TRIES = 5, 30
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


class TooSoonError(BusyError):
    """Too many wrong passwords: nothing is looked at for a while, not even the right one."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, round(wait.total_seconds()))
        super().__init__("Too many attempts. Wait {seconds} seconds, then try again.", seconds=self.seconds)


@dataclass(frozen=True)
class Attempt:
    """One try: who it may be (None: nobody), the hash to compare with, and the keys it is counted under."""

    person: Person | None
    password_hash: str | None
    keys: tuple[str, str]
    address: str


@dataclass(frozen=True)
class SignedIn:
    """A live session and whose it is. `sid` may be shown, `csrf` goes into forms."""

    sid: str
    person: Person
    csrf: str
    started_at: datetime


def attempt(session: WriteSession, email: str, address: str) -> Attempt:
    """Count a try before the password is looked at, so that many at once are counted too.

    Raises:
        TooSoonError: the account or the address tried too often; the same for accounts that do not exist.
    """
    keys = (f"account:{secrets.hashed(email.strip().lower())}", f"address:{address}")
    _count(session, keys[0], ACCOUNT_TRIES)
    _count(session, keys[1], ADDRESS_TRIES)
    person = session.exec(select(Person).where(Person.email == email.strip().lower(), col(Person.is_active))).first()
    kept = session.get(Credential, person.id) if person else None
    return Attempt(person if kept else None, kept.password_hash if kept else None, keys, address)


def succeed(session: WriteSession, tried: Attempt, *, browser: str) -> str:
    """Open a session for the person of a successful try; gives the secret for the cookie."""
    if tried.person is None:
        raise ValueError("nobody to sign in")
    session.exec(sa.delete(SignInFailure).where(col(SignInFailure.key) == tried.keys[0]))
    # The address gets back only this try: else one known account would let an address guess at all others for ever.
    own = session.get(SignInFailure, tried.keys[1])
    if own:
        own.failures -= 1
    return start(session, tried.person.id, address=tried.address, browser=browser)


def start(session: WriteSession, person_id: UUID, *, address: str = "", browser: str = "") -> str:
    """Open a session without asking for a password; gives the secret for the cookie."""
    secret, now = secrets.fresh(), clock.now()
    opened = WebSession(
        token_hash=secrets.hashed(secret),
        public_id=secrets.fresh()[:16],
        person_id=person_id,
        csrf=secrets.fresh(),
        started_at=now,
        seen_at=now,
        address=address[:60],
        browser=browser[:200],
    )
    session.add(opened)
    session.flush()
    return secret


def find(session: Session, secret: str) -> SignedIn | None:
    """The live session behind a cookie; None if it ended, expired, or its person was disabled."""
    return _signed_in(session, col(WebSession.token_hash) == secrets.hashed(secret))


def find_by_sid(session: Session, sid: str, person_id: UUID) -> SignedIn | None:
    """The live session that a page was opened in."""
    return _signed_in(session, (col(WebSession.public_id) == sid) & (col(WebSession.person_id) == person_id))


def _signed_in(session: Session, condition: sa.ColumnElement[bool]) -> SignedIn | None:
    query = (
        select(WebSession, Person)
        .join(Person, col(Person.id) == col(WebSession.person_id))
        .where(condition, _is_open(), _is_fresh(clock.now()))
    )
    found = session.exec(query).first()
    return SignedIn(found[0].public_id, found[1], found[0].csrf, found[0].started_at) if found else None


def _is_open() -> sa.ColumnElement[bool]:
    return col(WebSession.ended_at).is_(None) & col(Person.is_active)


def _is_fresh(now: datetime) -> sa.ColumnElement[bool]:
    idle, absolute = timedelta(minutes=settings().session_idle_minutes), timedelta(hours=settings().session_hours)
    return (col(WebSession.seen_at) > now - idle) & (col(WebSession.started_at) > now - absolute)


def still_open(session: Session, sids: Iterable[str]) -> set[str]:
    """Which of these sessions nobody has ended; an expired one counts as open until somebody touches it."""
    query = (
        select(WebSession.public_id)
        .join(Person, col(Person.id) == col(WebSession.person_id))
        .where(col(WebSession.public_id).in_(list(sids)), _is_open())
    )
    return set(session.exec(query).all())


def sessions_of(session: Session, viewer: Person) -> list[WebSession]:
    """One's own live sessions, the newest first."""
    query = (
        select(WebSession)
        .join(Person, col(Person.id) == col(WebSession.person_id))
        .where(col(WebSession.person_id) == viewer.id, _is_open(), _is_fresh(clock.now()))
        .order_by(col(WebSession.seen_at).desc())
    )
    return list(session.exec(query).all())


def touch(session: WriteSession, seen: dict[str, datetime]) -> None:
    """Note when sessions were last used; the moment never moves back, and what has expired stays so."""
    for sid, moment in seen.items():
        session.exec(
            sa.update(WebSession)
            .where(col(WebSession.public_id) == sid, col(WebSession.seen_at) < moment, _is_fresh(moment))
            .values(seen_at=moment)
        )


def end(session: WriteSession, sid: str) -> None:
    """Sign out of one browser."""
    _end(session, col(WebSession.public_id) == sid)


def end_all(session: WriteSession, person_id: UUID) -> None:
    """Sign a person out everywhere."""
    _end(session, col(WebSession.person_id) == person_id)


def _end(session: WriteSession, condition: sa.ColumnElement[bool]) -> None:
    still_on = col(WebSession.ended_at).is_(None)
    session.exec(sa.update(WebSession).where(condition, still_on).values(ended_at=clock.now()))


def _count(session: WriteSession, key: str, free: int) -> None:
    now = clock.now()
    # An update that changes nothing holds the row on both engines, so that tries at one time count one after another.
    session.exec(sa.update(SignInFailure).where(col(SignInFailure.key) == key).values(failures=SignInFailure.failures))
    row = session.get(SignInFailure, key)
    if row is None:
        row = SignInFailure(key=key, failures=0, last_at=now)
        session.add(row)
    elif now - row.last_at > FORGOTTEN_AFTER:
        row.failures = 0
    wait = row.last_at + delay(row.failures, free) - now
    if row.failures and wait > timedelta():
        raise TooSoonError(wait)
    row.failures, row.last_at = row.failures + 1, now
    session.flush()


def delay(failures: int, free: int) -> timedelta:
    """How long to wait after so many wrong tries: nothing for the first, then 2, 4, 8 ... seconds."""
    if failures < free:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - free + 1, 20)), LONGEST_WAIT)
