"""Guessing gets slower, and nobody is locked out by others or by a clock."""

from datetime import timedelta

import pytest

from crm import db, people
from crm.ground import clock
from crm.ground.errors import NotAllowedError, NotFoundError
from crm.people import passwords, sign_in, throttle
from crm.people.throttle import TooSoonError
from tests.cast import DESK, Cast
from tests.conftest import NOON

MEI = "mei@desk.example"


def guess(email: str = MEI, address: str = "10.0.0.1", device: str = "") -> None:
    with db.write() as session:
        sign_in.attempt(session, email, address, device=device)


def known(cast: Cast) -> str:
    with db.write() as session:
        return sign_in.know(session, cast.mei.id, "")


def test_guesses_from_one_address_lock_nobody_out_elsewhere(cast: Cast) -> None:
    for _ in range(5):
        guess(address="10.0.0.66")
    with pytest.raises(TooSoonError):
        guess(address="10.0.0.66")

    guess(address="10.0.0.2")


def test_a_browser_one_has_signed_in_with_is_never_locked_by_others(cast: Cast) -> None:
    device = known(cast)
    for number in range(20):
        guess(address=f"10.0.1.{number}")
    with pytest.raises(TooSoonError):
        guess(address="10.0.0.2")
    for number in range(30):
        with db.write() as session:
            throttle.count(session, throttle.address_key("10.0.0.2"), 30 + number)

    guess(address="10.0.0.2", device=device)
    guess(address="10.0.1.7", device=device)


def test_a_known_browser_is_slowed_by_its_own_guesses_and_helps_with_no_other_account(cast: Cast) -> None:
    device = known(cast)
    for number in range(5):
        guess(address=f"10.0.2.{number}", device=device)
    with pytest.raises(TooSoonError):
        guess(address="10.0.3.1", device=device)

    for _ in range(5):
        guess("tomas@desk.example", "10.0.0.9", device)
    with pytest.raises(TooSoonError):
        guess("tomas@desk.example", "10.0.0.9", device)


def test_a_clock_set_back_makes_nobody_wait_longer(cast: Cast) -> None:
    with clock.stopped_at(NOON + timedelta(hours=2)):
        for _ in range(5):
            guess(address="10.0.0.5")

    with pytest.raises(TooSoonError) as told:
        guess(address="10.0.0.5")
    assert told.value.seconds == 2
    with clock.stopped_at(NOON + timedelta(hours=2)):
        guess("tomas@desk.example", "10.0.0.6")
    guess("tomas@desk.example", "10.0.0.6")


def test_a_lead_sees_and_lifts_the_locks_of_the_team(cast: Cast) -> None:
    with db.write(by=DESK) as session:
        passwords.choose(session, cast.mei.id, "copper lantern tide")
    for _ in range(5):
        guess()
    with db.read() as session:
        assert [(lock.person.name, lock.seconds) for lock in people.watch.locks(session, cast.nadia)] == [
            ("Mei Lin", 2)
        ]
    with pytest.raises(NotAllowedError), db.write(by=cast.oskar) as session:
        people.watch.lift(session, cast.oskar, cast.mei.id)

    with pytest.raises(NotFoundError), db.write(by=cast.nadia) as session:
        people.watch.lift(session, cast.nadia, cast.oskar.id)

    with db.write(by=cast.nadia) as session:
        people.watch.lift(session, cast.nadia, cast.mei.id)

    guess()
    with db.read() as session:
        kinds = [event.kind for event in people.watch.events_of(session, cast.nadia)]
    assert "lock_lifted" in kinds
