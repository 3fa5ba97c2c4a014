"""Codes of an app, each good once; recovery codes; and proving again who one is."""

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from sqlmodel import select

from crm import db, people
from crm.db.sessions import WriteSession
from crm.ground import clock, config
from crm.ground.errors import InvalidError, NotAllowedError
from crm.people import NewPerson, Person, links, passwords, proof, second_factor, sign_in, throttle, tokens
from crm.people.models import RecoveryCode, SecondFactor
from crm.people.proof import ProofNeededError
from tests.cast import DESK, Cast
from tests.conftest import NOON

GOOD = "copper lantern tide"
LATER = NOON + timedelta(minutes=16)


def enrolled(person: Person) -> tuple[pyotp.TOTP, list[str]]:
    """The app of a person, and the recovery codes; the code of this half minute is used up."""
    with db.write(by=person) as session:
        app = pyotp.TOTP(second_factor.begin(session, person).secret)
        return app, second_factor.confirm(session, person, app.at(clock.now()))


def passes(person: Person, code: str) -> bool:
    with db.write() as session:
        return second_factor.passes(session, person.id, code)


def at_a_screen(person: Person) -> Person:
    """Somebody who has just signed in by a browser."""
    with db.write() as session:
        found = sign_in.find(session, sign_in.start(session, person.id))
    assert found
    return proof.came_by(found.person, found.sid)


def test_the_first_code_switches_it_on_and_nothing_of_the_secret_is_in_the_database(cast: Cast) -> None:
    app, codes = enrolled(cast.mei)

    with db.read() as session:
        row = session.get_one(SecondFactor, cast.mei.id)
        kept = list(session.exec(select(RecoveryCode.code_hash)))
        assert second_factor.is_on(session, cast.mei.id)
    assert app.secret not in row.model_dump_json()
    assert len(set(codes)) == len(kept) == 10
    assert not set(codes) & set(kept)


def test_a_wrong_first_code_switches_nothing_on(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        second_factor.begin(session, cast.mei)
    with pytest.raises(InvalidError, match="clock"), db.write(by=cast.mei) as session:
        second_factor.confirm(session, cast.mei, "000000")

    with db.read() as session:
        assert not second_factor.is_on(session, cast.mei.id)


def test_a_code_works_once_and_neither_it_nor_an_older_one_again(cast: Cast) -> None:
    app, _ = enrolled(cast.mei)
    at_noon = app.at(NOON)

    with clock.stopped_at(NOON + timedelta(seconds=60)):
        before, now = app.at(clock.now() - timedelta(seconds=30)), app.at(clock.now())
        assert passes(cast.mei, f" {now[:3]} {now[3:]} ")
        assert [passes(cast.mei, code) for code in (now, before, at_noon)] == [False, False, False]
    with clock.stopped_at(NOON + timedelta(seconds=120)):
        assert not passes(cast.mei, now)
        assert not passes(cast.tomas, app.at(clock.now()))


def test_a_recovery_code_works_once_and_the_person_is_told(cast: Cast) -> None:
    _, codes = enrolled(cast.mei)

    assert [passes(cast.mei, code) for code in (codes[0].upper(), codes[0], "aaaa-aaaa-aaaa-aaaa")] == [
        True,
        False,
        False,
    ]
    with db.read() as session:
        assert second_factor.recovery_codes_left(session, cast.mei.id) == 9
        assert "9 are left" in people.notices.unseen(session, cast.mei)[0].text.replace("{count}", "9")


def test_a_right_password_opens_nothing_before_the_code(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        passwords.choose(session, cast.mei.id, GOOD)
    app, _ = enrolled(cast.mei)
    with db.write() as session:
        waiting = sign_in.succeed(session, sign_in.attempt(session, cast.mei.email, "10.0.0.1"), browser="")

    with clock.stopped_at(NOON + timedelta(seconds=30)), db.write() as session:
        assert sign_in.find(session, waiting) is None
        assert sign_in.pass_factor(session, waiting, "000000") is None
        opened = sign_in.pass_factor(session, waiting, app.at(clock.now()))
        assert opened
        assert opened != waiting
        assert sign_in.find(session, opened)
        assert sign_in.waiting(session, waiting) is None


def test_a_right_password_waits_ten_minutes_and_not_for_guesses(cast: Cast) -> None:
    enrolled(cast.mei)
    with db.write() as session:
        waiting = sign_in.start(session, cast.mei.id, waits=True)
    for _ in range(throttle.PAIR_TRIES):
        with db.write() as session:
            sign_in.count_code(session, cast.mei)

    with pytest.raises(throttle.TooSoonError), db.write() as session:
        sign_in.count_code(session, cast.mei)
    with clock.stopped_at(NOON + timedelta(minutes=11)), db.read() as session:
        assert sign_in.waiting(session, waiting) is None


def test_a_new_password_by_a_link_leaves_the_second_factor(cast: Cast) -> None:
    enrolled(cast.mei)
    with db.write(by=cast.ada) as session:
        secret = links.invite(session, cast.ada, cast.mei.id)
    with db.write(by=cast.mei) as session:
        links.choose_password(session, secret, GOOD)

    with db.read() as session:
        assert second_factor.is_on(session, cast.mei.id)


def test_a_role_that_needs_one_keeps_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    enrolled(cast.mei)
    monkeypatch.setenv("CRM_SECOND_FACTOR_ROLES", "lead, manager")
    config.settings.cache_clear()

    assert [second_factor.is_required(who) for who in (cast.mei, cast.nadia, cast.ada)] == [True, True, False]
    with pytest.raises(NotAllowedError, match="Your role"), db.write(by=cast.mei) as session:
        second_factor.switch_off(session, cast.mei)


def test_an_admin_takes_it_off_and_the_person_and_the_leads_are_told(cast: Cast) -> None:
    enrolled(cast.mei)
    with pytest.raises(NotAllowedError), db.write(by=cast.nadia) as session:
        second_factor.reset(session, cast.nadia, cast.mei.id)
    with db.write(by=cast.ada) as session:
        second_factor.reset(session, cast.ada, cast.mei.id)

    with db.read() as session:
        assert not second_factor.is_on(session, cast.mei.id)
        for who in (cast.mei, cast.nadia):
            assert "Ada Admin" in people.notices.unseen(session, who)[0].text


NEEDS_PROOF: dict[str, Callable[[WriteSession, Person, Cast], object]] = {
    "a token": lambda session, by, _: tokens.issue(session, by, "my sheet"),
    "a link": lambda session, by, cast: links.invite(session, by, cast.mei.id),
    "an account": lambda session, by, cast: people.change(
        session, by, cast.mei.id, people.PersonChange(version=1, name="Mei")
    ),
    "a new account": lambda session, by, _: people.invite(session, by, NewPerson(email="v@desk.example", name="V")),
    "a second factor of others": lambda session, by, cast: second_factor.reset(session, by, cast.mei.id),
}


@pytest.mark.parametrize("what", NEEDS_PROOF)
def test_what_opens_doors_asks_again_who_sits_there(cast: Cast, what: str) -> None:
    ada, act = at_a_screen(cast.ada), NEEDS_PROOF[what]

    with clock.stopped_at(LATER):
        with pytest.raises(ProofNeededError), db.write(by=ada) as session:
            act(session, ada, cast)
        with db.write(by=ada) as session:
            proof.note(session, ada)
        with db.write(by=ada) as session:
            act(session, ada, cast)


def test_ones_own_language_needs_no_proof_and_neither_does_the_command_line(cast: Cast) -> None:
    mei = at_a_screen(cast.mei)

    with clock.stopped_at(LATER):
        with db.write(by=mei) as session:
            people.speak(session, mei, "en")
        with db.write(by=DESK) as session:
            links.invite(session, DESK, cast.mei.id)


def test_another_browser_of_the_same_person_has_proved_nothing(cast: Cast) -> None:
    here, there = at_a_screen(cast.mei), at_a_screen(cast.mei)

    with clock.stopped_at(LATER):
        with db.write() as session:
            proof.note(session, here)
        with db.read() as session:
            assert (proof.is_fresh(session, here), proof.is_fresh(session, there)) == (True, False)


def test_a_demo_asks_nobody_for_the_password_that_everybody_knows(cast: Cast) -> None:
    with db.write(by=DESK) as session:
        may = people.invite(session, DESK, NewPerson(email="may@demo.example", name="May"))
    may = at_a_screen(may)

    with clock.stopped_at(LATER), db.read() as session:
        assert proof.is_fresh(session, may)
