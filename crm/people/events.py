"""Evidence of what is no change of a row: who signed in, failed, was refused, proved themselves, read a whole list."""

import logging
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import db
from crm.db.sessions import WriteSession
from crm.ground import clock, messages
from crm.ground.messages import Message
from crm.people.models import SecurityEvent, TokenUse

KEPT = timedelta(days=400)
SHOWN = 200
USED_EVERY = timedelta(minutes=1)

_log = logging.getLogger("crm.security")
_lock = threading.Lock()
_waiting: deque["Event"] = deque()
_deferring = threading.Event()
_used: dict[UUID, TokenUse] = {}
_unwritten: dict[UUID, TokenUse] = {}


class Kind(StrEnum):
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_SLOWED = "sign_in_slowed"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- a word for what happened
    CONFIRMED = "confirmed"
    CONFIRMING_FAILED = "confirming_failed"
    LINK_MADE = "link_made"
    LINK_USED = "link_used"
    TOKEN_MADE = "token_made"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    FACTOR_ON = "factor_on"
    FACTOR_OFF = "factor_off"
    RECOVERY_CODE_USED = "recovery_code_used"
    LOCK_LIFTED = "lock_lifted"
    REFUSED = "refused"
    LIST_READ = "list_read"


@dataclass(frozen=True)
class Event:
    """`person_id` did it or tried to, None if nobody knows who; `about_id` is whom it was done to."""

    kind: Kind
    person_id: UUID | None = None
    about_id: UUID | None = None
    address: str = ""
    detail: str | Message = ""
    happened_at: datetime = field(default_factory=clock.now)


def add(session: WriteSession, event: Event) -> None:
    """Write it down together with what it is about: both stay or neither."""
    session.add(_row(event))
    session.flush()
    tell(event)


def note(event: Event) -> None:
    """Write down what stands beside every write, such as a refusal; the log has it at once."""
    tell(event)
    with _lock:
        _waiting.append(event)
    if not _deferring.is_set():
        flush()


def note_use(token_id: UUID, address: str) -> None:
    """A token was used just now; once a minute is enough to know."""
    with _lock:
        last = _used.get(token_id)
        if last and last.used_at > clock.now() - USED_EVERY:
            return
        _used[token_id] = _unwritten[token_id] = TokenUse(token_id=token_id, used_at=clock.now(), address=address[:60])
    if not _deferring.is_set():
        flush()


def defer(*, on: bool) -> None:
    """Whether somebody flushes every few seconds; otherwise each event is written at once."""
    if on:
        _deferring.set()
    else:
        _deferring.clear()


def flush() -> None:
    """Write what waits; what cannot be written waits on."""
    with _lock:
        events, uses = list(_waiting), dict(_unwritten)
        _waiting.clear()
        _unwritten.clear()
    if not events and not uses:
        return
    try:
        with db.beside("events") as session:
            session.add_all([_row(event) for event in events])
            for use in uses.values():
                session.merge(use)
    except BaseException:
        with _lock:
            _waiting.extendleft(reversed(events))
            _unwritten.update(uses | _unwritten)
        raise


def recent(session: Session, about: Sequence[UUID], *, limit: int = SHOWN) -> Sequence[SecurityEvent]:
    """What these people did or had done to them, the newest first."""
    of_them = col(SecurityEvent.person_id).in_(about) | col(SecurityEvent.about_id).in_(about)
    newest = (col(SecurityEvent.happened_at).desc(), col(SecurityEvent.id).desc())
    return session.exec(select(SecurityEvent).where(of_them).order_by(*newest).limit(limit)).all()


def forget_old(session: WriteSession) -> None:
    """Keep what a yearly review asks for, and no more."""
    session.exec(sa.delete(SecurityEvent).where(col(SecurityEvent.happened_at) < clock.now() - KEPT))


def _row(event: Event) -> SecurityEvent:
    return SecurityEvent(
        happened_at=event.happened_at,
        kind=event.kind.value,
        person_id=event.person_id,
        about_id=event.about_id,
        address=event.address[:60],
        detail=messages.stored(event.detail),
    )


def tell(event: Event) -> None:
    """Only the line of the log, which anybody may cause as often as they like: ids and no names, so that it holds nobody's data."""
    told = {"event": event.kind.value, "person": event.person_id, "about": event.about_id, "address": event.address}
    _log.info("%s", event.kind.value, extra={"fields": {name: value for name, value in told.items() if value}})
