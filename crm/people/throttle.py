"""Guessing gets slower with every try: by account and address together, and by either alone for browsers nobody knows."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import BusyError
from crm.people import secrets
from crm.people.models import SignInFailure

# Free tries: of one account from one address or known browser, of one account from everywhere, of one address at all.
PAIR_TRIES, ACCOUNT_TRIES, ADDRESS_TRIES = 5, 20, 30
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


class TooSoonError(BusyError):
    """Too many wrong passwords: nothing is looked at for a while, not even the right one."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, round(wait.total_seconds()))
        super().__init__("Too many attempts. Wait {seconds} seconds, then try again.", seconds=self.seconds)


def account(email: str) -> str:
    """What an account is counted under, whether it is there or not."""
    return secrets.hashed(email.strip().lower())


def pair_key(email: str, place: str) -> str:
    return f"pair:{account(email)}:{place}"


def account_key(email: str) -> str:
    return f"account:{account(email)}"


def address_key(address: str) -> str:
    return f"address:{address}"


def code_key(email: str) -> str:
    """Codes and passwords that are asked again of somebody who is known already."""
    return f"code:{account(email)}"


def count(session: WriteSession, key: str, free: int) -> None:
    """Count a try under a key, before anything is looked at, so that many at once are counted too.

    Raises:
        TooSoonError: there were too many.
    """
    now = clock.now()
    # An update that changes nothing holds the row on both engines, so that tries at one time count one after another.
    session.exec(sa.update(SignInFailure).where(col(SignInFailure.key) == key).values(failures=SignInFailure.failures))
    row = session.get(SignInFailure, key)
    if row is None:
        row = SignInFailure(key=key, failures=0, last_at=now)
        session.add(row)
    elif now - row.last_at > FORGOTTEN_AFTER:
        row.failures = 0
    wait = waiting(row.failures, row.last_at, free)
    if wait > timedelta():
        raise TooSoonError(wait)
    row.failures, row.last_at = row.failures + 1, now
    session.flush()


def waiting(failures: int, last_at: datetime, free: int) -> timedelta:
    """How long a key has to wait yet. A clock that was set back makes nobody wait longer than the rule itself does."""
    due = delay(failures, free)
    return min(last_at + due - clock.now(), due)


def delay(failures: int, free: int) -> timedelta:
    """How long to wait after so many wrong tries: nothing for the first, then 2, 4, 8 ... seconds."""
    if failures < free:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - free + 1, 20)), LONGEST_WAIT)


def forgive(session: WriteSession, key: str) -> None:
    """The last try was right: the key gets back this one, and no more."""
    row = session.get(SignInFailure, key)
    if row:
        row.failures = max(0, row.failures - 1)
        session.flush()


def clear(session: WriteSession, keys: Iterable[str]) -> None:
    session.exec(sa.delete(SignInFailure).where(col(SignInFailure.key).in_(list(keys))))


def locked(session: Session, email: str) -> timedelta:
    """How long somebody has yet to wait who tries this account; nothing if nobody has to."""
    return max((wait for _, wait in _rows(session, email)), default=timedelta())


def lift(session: WriteSession, email: str) -> int:
    """Let an account be tried again at once; gives how many locks there were."""
    found = _rows(session, email)
    clear(session, [key for key, _ in found])
    return sum(wait > timedelta() for _, wait in found)


def _rows(session: Session, email: str) -> list[tuple[str, timedelta]]:
    one = account(email)
    key = col(SignInFailure.key)
    query = select(SignInFailure).where(key.in_([account_key(email), code_key(email)]) | key.like(f"pair:{one}:%"))
    return [
        (row.key, waiting(row.failures, row.last_at, ACCOUNT_TRIES if row.key == account_key(email) else PAIR_TRIES))
        for row in session.exec(query)
    ]
