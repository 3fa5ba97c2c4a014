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
from crm.people import epochs, events, second_factor, secrets, throttle
from crm.people.events import Event, Kind
from crm.people.models import Credential, KnownDevice, Person, WebSession
from crm.people.throttle import ACCOUNT_TRIES, ADDRESS_TRIES, PAIR_TRIES, TooSoonError

TURN = "sign-in"  # tries and sessions are written one after another, beside all else
FACTOR_MINUTES = 10  # so long a password that was right waits for its code
DEVICE_DAYS = 180
LEFT_OPEN = timedelta(minutes=10)  # so long after its session expired a page may still send what was typed


@dataclass(frozen=True)
class Attempt:
    """One try: who it may be (None: nobody), the hash to compare with, and the keys it is counted under."""

    person: Person | None
    password_hash: str | None
    keys: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class SignedIn:
    """A live session and whose it is. `sid` may be shown, `csrf` goes into forms."""

    sid: str
    person: Person
    csrf: str
    started_at: datetime


def attempt(session: WriteSession, email: str, address: str, *, device: str = "") -> Attempt:
    """Count a try before the password is looked at, so that many at once are counted too.

    A browser in which this account signed in before is counted by itself, so that nobody elsewhere can lock it out.

    Raises:
        TooSoonError: there were too many tries; the same for accounts that do not exist.
    """
    person = session.exec(select(Person).where(Person.email == email.strip().lower(), col(Person.is_active))).first()
    kept = session.get(Credential, person.id) if person else None
    known = _known(session, person, device)
    counted = [(throttle.pair_key(email, f"device {secrets.hashed(device)}" if known else address), PAIR_TRIES)]
    if not known:
        counted += [(throttle.account_key(email), ACCOUNT_TRIES), (throttle.address_key(address), ADDRESS_TRIES)]
    try:
        for key, free in counted:
            throttle.count(session, key, free)
    except TooSoonError:
        events.tell(Event(Kind.SIGN_IN_SLOWED, about_id=person.id if person else None, address=address))
        raise
    keys = tuple(key for key, _ in counted)
    return Attempt(person if kept else None, kept.password_hash if kept else None, keys, address)


def succeed(session: WriteSession, tried: Attempt, *, browser: str) -> str:
    """Open a session for the person of a successful try; gives the secret for the cookie.

    With a second factor the session waits for its code, and opens nothing before `pass_factor` was told it.
    """
    if tried.person is None:
        raise ValueError("nobody to sign in")
    pair, *others = tried.keys
    throttle.clear(session, [pair])
    # Account and address get back only this try: else one right one would let strangers guess on for ever.
    for key in others:
        throttle.forgive(session, key)
    waits = second_factor.is_on(session, tried.person.id)
    if not waits:
        events.add(session, Event(Kind.SIGNED_IN, tried.person.id, address=tried.address))
    return start(session, tried.person.id, address=tried.address, browser=browser, waits=waits)


def start(session: WriteSession, person_id: UUID, *, address: str = "", browser: str = "", waits: bool = False) -> str:
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
        proved_at=None if waits else now,
        epoch=epochs.of(session, person_id),
    )
    session.add(opened)
    session.flush()
    return secret


def waiting(session: Session, secret: str) -> Person | None:
    """Whose right password waits for a code of the second factor."""
    since = clock.now() - timedelta(minutes=FACTOR_MINUTES)
    query = (
        select(Person)
        .join(WebSession, col(Person.id) == col(WebSession.person_id))
        .where(
            col(WebSession.token_hash) == secrets.hashed(secret),
            col(WebSession.proved_at).is_(None),
            col(WebSession.started_at) > since,
            _is_kept(),
        )
    )
    return session.exec(query).first()


def count_code(session: WriteSession, person: Person) -> None:
    """Count a try of a code, before it is looked at.

    Raises:
        TooSoonError: there were too many.
    """
    throttle.count(session, throttle.code_key(person.email), PAIR_TRIES)


def forgive_code(session: WriteSession, person: Person) -> None:
    """The code or password that was asked again is right."""
    throttle.clear(session, [throttle.code_key(person.email)])


def pass_factor(session: WriteSession, secret: str, code: str) -> str | None:
    """Open the session that waited, under a new secret for the cookie; None if the code is wrong."""
    person = waiting(session, secret)
    if person is None or not second_factor.passes(session, person.id, code):
        return None
    waited = session.get_one(WebSession, secrets.hashed(secret))
    forgive_code(session, person)
    events.add(session, Event(Kind.SIGNED_IN, person.id, address=waited.address))
    opened = start(session, person.id, address=waited.address, browser=waited.browser)
    session.delete(waited)
    session.flush()
    return opened


def know(session: WriteSession, person_id: UUID, device: str) -> str:
    """Note that a person signed in here; gives the secret by which this browser is known next time."""
    secret = device or secrets.fresh()
    session.merge(KnownDevice(token_hash=secrets.hashed(secret), person_id=person_id, seen_at=clock.now()))
    session.flush()
    return secret


def _known(session: Session, person: Person | None, device: str) -> bool:
    found = session.get(KnownDevice, (secrets.hashed(device), person.id)) if person and device else None
    return found is not None and found.seen_at > clock.now() - timedelta(days=DEVICE_DAYS)


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
    return col(WebSession.proved_at).is_not(None) & _is_kept()


def _is_kept() -> sa.ColumnElement[bool]:
    """Nobody ended it, and its person's credentials are those of then."""
    of_now = epochs.is_current(col(WebSession.epoch), col(WebSession.person_id))
    return col(WebSession.ended_at).is_(None) & col(Person.is_active) & of_now


def _is_fresh(now: datetime) -> sa.ColumnElement[bool]:
    idle, absolute = timedelta(minutes=settings().session_idle_minutes), timedelta(hours=settings().session_hours)
    return (col(WebSession.seen_at) > now - idle) & (col(WebSession.started_at) > now - absolute)


def still_open(session: Session, sids: Iterable[str]) -> set[str]:
    """Which of these sessions may keep their pages: nobody has ended them, and their time is not long over.

    For some minutes a page stays, so that a click still brings what was typed into a form; then it goes unasked.
    """
    query = (
        select(WebSession.public_id)
        .join(Person, col(Person.id) == col(WebSession.person_id))
        .where(col(WebSession.public_id).in_(list(sids)), _is_open(), _is_fresh(clock.now() - LEFT_OPEN))
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


def end_others(session: WriteSession, by: Person, sid: str) -> None:
    """Sign out everywhere but here."""
    _end(session, (col(WebSession.person_id) == by.id) & (col(WebSession.public_id) != sid))
    events.add(session, Event(Kind.SESSIONS_ENDED, by.id))


def leave(session: WriteSession, secret: str) -> None:
    """Somebody signs in anew, or out, in a browser: what its cookie opened is over."""
    _end(session, col(WebSession.token_hash) == secrets.hashed(secret))


def _end(session: WriteSession, condition: sa.ColumnElement[bool]) -> None:
    still_on = col(WebSession.ended_at).is_(None)
    session.exec(sa.update(WebSession).where(condition, still_on).values(ended_at=clock.now()))
