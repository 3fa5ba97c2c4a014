"""The second factor: codes of an app (TOTP, RFC 6238), each good once, and recovery codes for the day the phone is lost."""

import base64
import hmac
import secrets as random
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pyotp
import segno
import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.ground import clock, keyring
from crm.ground.config import settings
from crm.ground.errors import InvalidError, NotAllowedError
from crm.ground.messages import Message
from crm.people import epochs, events, notices, proof, queries, secrets
from crm.people.events import Event, Kind
from crm.people.models import Person, RecoveryCode, SecondFactor
from crm.people.rights import Right, require

ISSUER, SECONDS, DRIFT = "VIP Desk", 30, 1
RECOVERY_CODES, LETTERS = 10, 16  # 80 bits each: a plain hash of them cannot be guessed back
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Enrolment:
    """What an app needs to know: the address in the QR code, and the secret for those who type it."""

    address: str
    secret: str

    def picture(self) -> str:
        """The QR code as SVG; it is drawn here, and nobody else sees the secret."""
        drawn: str = segno.make(self.address, error="m").svg_inline(scale=5, border=3, dark="#000", light="#fff")
        return drawn


def is_on(session: Session, person_id: UUID) -> bool:
    found = session.get(SecondFactor, person_id)
    return found is not None and found.confirmed_at is not None


def is_required(person: Person) -> bool:
    """Whether the settings ask one of this role."""
    return person.role in settings().second_factor_roles


def begin(session: WriteSession, by: Person) -> Enrolment:
    """A secret that does not count before a code of it was typed; asked again, it is the same.

    Raises:
        NotAllowedError: there is one already.
    """
    if is_on(session, by.id):
        raise NotAllowedError("You have a second factor already; switch it off first.")
    found = session.get(SecondFactor, by.id)
    if found is None:
        found = SecondFactor(person_id=by.id, salt=secrets.fresh())
        session.add(found)
        session.flush()
    secret = _secret(found)
    return Enrolment(pyotp.TOTP(secret).provisioning_uri(name=by.email, issuer_name=ISSUER), secret)


def confirm(session: WriteSession, by: Person, code: str) -> list[str]:
    """Switch it on by the first code of the app; gives the recovery codes, which are shown once.

    Raises:
        InvalidError: that is not the code of now.
    """
    proof.require(session, by)
    found = session.get(SecondFactor, by.id)
    if found is None or found.confirmed_at or not _fits_once(session, found, code):
        raise InvalidError("That is not the code of now. Check that the clock of your phone is right.")
    found.confirmed_at = clock.now()
    codes = _new_recovery_codes(session, by.id)
    events.add(session, Event(Kind.FACTOR_ON, by.id))
    return codes


def passes(session: WriteSession, person_id: UUID, typed: str) -> bool:
    """Whether this is a code of the app or a recovery code; either is used up by it."""
    found = session.get(SecondFactor, person_id)
    if found is None or found.confirmed_at is None:
        return False
    return _fits_once(session, found, typed) or _recovers(session, person_id, typed)


def switch_off(session: WriteSession, by: Person) -> None:
    """One's own, unless one's role needs one."""
    proof.require(session, by)
    if is_required(by):
        raise NotAllowedError("Your role needs a second factor.")
    _forget(session, by.id)
    events.add(session, Event(Kind.FACTOR_OFF, by.id))


def reset(session: WriteSession, by: Person, person_id: UUID) -> None:
    """For somebody who lost phone and recovery codes: they sign in with the password alone, and are told, as their leads are."""
    require(by, Right.ACCOUNTS)
    proof.require(session, by)
    person = queries.get(session, by, person_id)
    _forget(session, person.id)
    epochs.begin_anew(session, [person.id])
    told = Message("{maker} took the second factor of {name} off.", maker=by.name, name=person.name)
    notices.tell(session, [person.id, *notices.who_watches(session, person, but=by.id)], told)
    events.add(session, Event(Kind.FACTOR_OFF, by.id, person.id))


def recovery_codes_left(session: Session, person_id: UUID) -> int:
    unused = (col(RecoveryCode.person_id) == person_id) & col(RecoveryCode.used_at).is_(None)
    return session.exec(select(sa.func.count()).select_from(RecoveryCode).where(unused)).one()


def _forget(session: WriteSession, person_id: UUID) -> None:
    session.exec(sa.delete(SecondFactor).where(col(SecondFactor.person_id) == person_id))
    session.exec(sa.delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))


def _secret(found: SecondFactor) -> str:
    """Base32, 160 bits: of the row and of the key outside the database, so that a copy of the database shows no codes."""
    return base64.b32encode(bytes.fromhex(keyring.sealed("second factor", found.salt))[:20]).decode()


def _fits_once(session: WriteSession, found: SecondFactor, typed: str) -> bool:
    """A code is good for its half minute and the two beside it, and never twice."""
    code = "".join(typed.split())
    fitting = [step for step, wanted in _codes(found) if hmac.compare_digest(wanted.encode(), code.encode())]
    if not fitting:
        return False
    step = fitting[0]
    newer = (col(SecondFactor.person_id) == found.person_id) & (col(SecondFactor.last_step) < step)
    used = session.connection().execute(sa.update(SecondFactor).where(newer).values(last_step=step))
    session.refresh(found)
    return used.rowcount == 1


def _codes(found: SecondFactor) -> Iterator[tuple[int, str]]:
    app, now = pyotp.TOTP(_secret(found)), int(clock.now().timestamp()) // SECONDS
    for step in range(now - DRIFT, now + DRIFT + 1):
        yield step, app.generate_otp(step)


def _recovers(session: WriteSession, person_id: UUID, typed: str) -> bool:
    hashed = secrets.hashed("".join(letter for letter in typed.lower() if letter in _ALPHABET))
    mine = (col(RecoveryCode.code_hash) == hashed) & (col(RecoveryCode.person_id) == person_id)
    unused = mine & col(RecoveryCode.used_at).is_(None)
    used = session.connection().execute(sa.update(RecoveryCode).where(unused).values(used_at=clock.now()))
    if used.rowcount != 1:
        return False
    left = recovery_codes_left(session, person_id)
    told = Message(
        "A recovery code was used to sign in as you; {count} are left.",
        one="A recovery code was used to sign in as you; {count} is left.",
        count=left,
    )
    notices.tell(session, [person_id], told)
    events.add(session, Event(Kind.RECOVERY_CODE_USED, person_id))
    return True


def _new_recovery_codes(session: WriteSession, person_id: UUID) -> list[str]:
    """Four groups of four letters, none of which looks like another."""
    session.exec(sa.delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))
    codes = ["".join(random.choice(_ALPHABET) for _ in range(LETTERS)) for _ in range(RECOVERY_CODES)]
    session.add_all([RecoveryCode(code_hash=secrets.hashed(code), person_id=person_id) for code in codes])
    session.flush()
    return ["-".join(code[at : at + 4] for at in range(0, LETTERS, 4)) for code in codes]
