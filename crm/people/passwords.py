"""Passwords: long rather than odd, never a common one, kept as argon2id."""

from functools import lru_cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import InvalidError, NotAllowedError, NotFoundError
from crm.people import sign_in
from crm.people.models import Credential, Person
from crm.people.queries import DEMO_DOMAIN

SHORTEST, LONGEST = 10, 200
DEMO_PASSWORD = "vip-desk-demo"  # noqa: S105 -- everybody may know it, see `is_demo`

# OWASP's advice is at least 46 MiB with one pass on one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)

# What remains of well-known lists once a password has ten letters: these, their repetitions, and runs of keys.
_WORDS = """
    password passwort passw0rd iloveyou princess sunshine football baseball superman batman starwars welcome letmein
    qwerty qwertyuiop qwertz azerty asdfghjkl zxcvbnm 1q2w3e4r 1qaz2wsx qazwsx abc abcdef abcdefg a1b2c3 trustno admin
    administrator changeme secret master monkey dragon shadow whatever computer internet login guest default test
    testing summer winter spring autumn bitcoin ethereum crypto binance okx bybit coinbase vip vipdesk vip-desk
    vip-desk-demo woaini woaini520 5201314 mima nihao company demo correcthorsebatterystaple hello michael jordan
    1234567890 0123456789 9876543210 0987654321 12345678910 11111111111 123456789 987654321 123123 112233 666666 888888
"""
_COMMON = frozenset(_WORDS.split())


def check(password: str, *, name: str, email: str) -> None:
    """Refuse what is short, common, or made of the person's own name.

    Raises:
        InvalidError: the sentence says what to do instead.
    """
    if len(password) < SHORTEST:
        raise InvalidError(
            "A password has at least {count} letters; three or four words do well.", at="password", count=SHORTEST
        )
    if len(password) > LONGEST:
        raise InvalidError("A password has at most {count} letters.", at="password", count=LONGEST)
    if email.endswith(DEMO_DOMAIN) and password == DEMO_PASSWORD:
        return
    folded = password.casefold()
    if len(set(folded)) < 4 or _core(folded) in _COMMON or folded in _COMMON:  # noqa: PLR2004
        raise InvalidError(
            "That password is on every list of common ones; choose three or four words instead.", at="password"
        )
    rest = folded
    for own in [*name.casefold().split(), email.casefold().split("@")[0]]:
        rest = rest.replace(own, "") if len(own) > 1 else rest
    if rest != folded and sum(letter.isalpha() for letter in rest) < SHORTEST - 4:
        raise InvalidError(
            "A password made of your own name is the first that others try; choose other words.", at="password"
        )


def _core(folded: str) -> str:
    """The word inside `Password2026!`, or the piece that `admin!admin!` repeats."""
    bare = folded.strip("0123456789!?.,*#$@_- ") or folded
    for size in range(1, len(bare) // 2 + 1):
        if len(bare) % size == 0 and bare[:size] * (len(bare) // size) == bare:
            return bare[:size].strip("0123456789!?.,*#$@_- ")
    return bare


def verify(kept: str | None, password: str) -> bool:
    """Whether this is the password; without an account it takes the same time to say no."""
    try:
        return _hasher.verify(kept or _nobodys(), password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def kept_for(session: Session, person_id: UUID) -> str | None:
    found = session.get(Credential, person_id)
    return found.password_hash if found else None


def choose(session: WriteSession, person_id: UUID, password: str) -> Person:
    """Give a person this password; every session they have ends. That it changed is journalled, the password is not."""
    person = session.get(Person, person_id)
    if not person:
        raise NotFoundError("There is no such person.")
    check(password, name=person.name, email=person.email)
    session.merge(Credential(person_id=person.id, password_hash=_hasher.hash(password)))
    person.password_changed_at = clock.now()
    session.flush()
    sign_in.end_all(session, person.id)
    return person


def change(session: WriteSession, by: Person, *, old: str, new: str) -> Person:
    """Change one's own password; one has to know the old one."""
    if not verify(kept_for(session, by.id), old):
        raise NotAllowedError("That is not your present password.", at="old")
    return choose(session, by.id, new)
