"""Passwords: long rather than odd, never a common one, kept as argon2id."""

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import InvalidError, NotAllowedError, NotFoundError
from crm.people import epochs, events
from crm.people.events import Event, Kind
from crm.people.models import Credential, Person
from crm.people.queries import DEMO_DOMAIN

SHORTEST, LONGEST = 10, 200
DEMO_PASSWORD = "vip-desk-demo"  # noqa: S105 -- everybody may know it, see `is_demo`

# OWASP's advice is at least 46 MiB with one pass on one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)

# How many guesses a password has to withstand, as a power of ten (zxcvbn: common passwords, words, names, keys, dates).
FEWEST_GUESSES = 9.0
ESTIMATED = 72  # letters that are looked at: what comes after them only makes it harder
# What lists of other trades and languages do not know.
_TOLD = """
    bitcoin ethereum crypto binance okx bybit coinbase kraken huobi vip vipdesk desk exchange trading company demo welcome
    passwort qwertz azerty woaini woaini520 5201314 mima nihao zhang wang li zhao chen liu yang huang zhou wu wei fang ming
    jing hao jie lei tao xiao hong mei ling yan jun
"""
_WORDS = tuple(_TOLD.split())


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
    own = [*name.casefold().split(), *email.casefold().split("@")[0].split("."), email.casefold().split("@")[0]]
    if _guesses(password, [DEMO_PASSWORD, *own, *_WORDS]) < FEWEST_GUESSES:
        raise InvalidError(
            "That password is on every list of common ones; choose three or four words instead.", at="password"
        )
    rest = folded = password.casefold()
    for word in own:
        rest = rest.replace(word, "") if len(word) > 1 else rest
    if rest != folded and sum(letter.isalpha() for letter in rest) < SHORTEST - 4:
        raise InvalidError(
            "A password made of your own name is the first that others try; choose other words.", at="password"
        )


def _guesses(password: str, known: Sequence[str]) -> float:
    """After how many guesses a good guesser has it, as a power of ten."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 -- its lists of words are loaded when somebody chooses a password

    return float(zxcvbn(password[:ESTIMATED], user_inputs=list(known))["guesses_log10"])


def verify(kept: str | None, password: str) -> bool:
    """Whether this is the password; without an account it takes the same time to say no."""
    try:
        return _hasher.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def kept_for(session: Session, person_id: UUID) -> str | None:
    found = session.get(Credential, person_id)
    return found.password_hash if found else None


def choose(session: WriteSession, person_id: UUID, password: str) -> Person:
    """Give a person this password; every session, token and link they have ends. That it changed is journalled, the password is not."""
    person = session.get(Person, person_id)
    if not person:
        raise NotFoundError("There is no such person.")
    check(password, name=person.name, email=person.email)
    session.merge(Credential(person_id=person.id, password_hash=_hasher.hash(password)))
    person.password_changed_at = clock.now()
    session.flush()
    epochs.begin_anew(session, [person.id])
    events.add(session, Event(Kind.PASSWORD_CHANGED, person.id))
    return person


def change(session: WriteSession, by: Person, *, old: str, new: str) -> Person:
    """Change one's own password; one has to know the old one."""
    if not verify(kept_for(session, by.id), old):
        raise NotAllowedError("That is not your present password.", at="old")
    return choose(session, by.id, new)
