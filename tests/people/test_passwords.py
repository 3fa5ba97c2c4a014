"""Which passwords are taken, and what a new one ends."""

import pytest

from crm import db, journal
from crm.ground.errors import InvalidError, NotAllowedError
from crm.people import passwords, sign_in
from crm.people.models import Credential
from tests.cast import Cast

GOOD = "copper lantern tide"


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "password123",
        "Password2026!",
        "qwertyuiop",
        "1234567890",
        "aaaaaaaaaaaaaa",
        "adminadmin",
        "bitcoin2026",
        "vip-desk-demo",
        "mei.lin.2026",
        "MeiLinMeiLin",
        "x" * 201,
        "1qaz2wsx3edc",
        "P@ssw0rd2026",
        "Aa123456789",
        "liverpool123",
        "Password!Password",
        "Summer2026!!",
        "Chelsea2025!",
        "zhangwei1988",
        "woaini520520",
        "1q2w3e4r5t6y",
        "trustno1trustno1",
        "a" * 100 + "bcd",
    ],
)
def test_short_common_and_personal_passwords_are_refused(password: str) -> None:
    with pytest.raises(InvalidError):
        passwords.check(password, name="Mei Lin", email="mei@desk.example")


@pytest.mark.parametrize(
    "password", [GOOD, "正确的马电池订书钉啊啊", "mei goes by ferry", "Tr0ub4dor&3x", f"{GOOD} " * 9, "Kx7#mP2vQ9"]
)
def test_length_counts_and_not_odd_letters(password: str) -> None:
    passwords.check(password, name="Mei Lin", email="mei@desk.example")


def test_a_long_password_counts_to_its_last_letter(cast: Cast) -> None:
    long = " ".join(["copper lantern tide"] * 10)[:200]
    with db.write(by=cast.mei) as session:
        passwords.choose(session, cast.mei.id, long)

    with db.read() as session:
        kept = passwords.kept_for(session, cast.mei.id)
    assert passwords.verify(kept, long)
    assert not passwords.verify(kept, long + "x")


def test_only_the_hash_is_kept_and_the_journal_knows_only_when(cast: Cast) -> None:
    with db.write(by=cast.mei, why="password") as session:
        passwords.choose(session, cast.mei.id, GOOD)

    with db.read() as session:
        kept = session.get_one(Credential, cast.mei.id).password_hash
        [made] = journal.recent(session, limit=1)
        [line] = journal.changes_of(session, made.id)
    assert kept.startswith("$argon2id$")
    assert (line.entity, set(line.after or {})) == ("person", {"password_changed_at", "version"})
    assert passwords.verify(kept, GOOD)
    assert not passwords.verify(kept, GOOD + " ")


def test_without_an_account_there_is_still_a_hash_to_compare() -> None:
    assert not passwords.verify(None, "nobody has this password")
    assert not passwords.verify("damaged", GOOD)


def test_a_new_password_ends_every_session(cast: Cast) -> None:
    with db.write() as session:
        secret = sign_in.start(session, cast.mei.id)
    with db.write(by=cast.mei) as session:
        passwords.choose(session, cast.mei.id, GOOD)

    with db.read() as session:
        assert sign_in.find(session, secret) is None


def test_changing_it_asks_for_the_old_one(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        passwords.choose(session, cast.mei.id, GOOD)

    with pytest.raises(NotAllowedError), db.write(by=cast.mei) as session:
        passwords.change(session, cast.mei, old="not this one", new="ivory harbour nine")
    with db.write(by=cast.mei) as session:
        passwords.change(session, cast.mei, old=GOOD, new="ivory harbour nine")

    with db.read() as session:
        assert passwords.verify(passwords.kept_for(session, cast.mei.id), "ivory harbour nine")
