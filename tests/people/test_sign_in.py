"""Sessions that end when they should, and guessing that gets slower."""

from datetime import timedelta

import pytest

from crm import db, journal
from crm.ground import clock
from crm.people import passwords, secrets, sign_in, throttle
from crm.people.models import Person, SignInFailure, WebSession
from crm.people.throttle import TooSoonError
from tests.cast import Cast
from tests.conftest import NOON

GOOD = "copper lantern tide"


def guess(email: str, address: str = "10.0.0.1") -> sign_in.Attempt:
    with db.write() as session:
        return sign_in.attempt(session, email, address)


def signed_in(person: Person) -> str:
    with db.write() as session:
        return sign_in.start(session, person.id)


def alive(secret: str) -> bool:
    with db.read() as session:
        return sign_in.find(session, secret) is not None


def test_only_the_hash_of_the_cookie_is_stored_and_nothing_is_journalled(cast: Cast) -> None:
    with db.read() as session:
        before = journal.data_version(session)
    secret = signed_in(cast.mei)
    guess("mei@desk.example")

    with db.read() as session:
        row = session.get_one(WebSession, secrets.hashed(secret))
        found = sign_in.find(session, secret)
        assert journal.data_version(session) == before
    assert secret not in row.model_dump_json()
    assert found
    assert found.person.id == cast.mei.id


def test_a_session_ends_when_nobody_clicks_for_too_long(cast: Cast) -> None:
    secret = signed_in(cast.mei)

    with clock.stopped_at(NOON + timedelta(minutes=479)):
        assert alive(secret)
    with clock.stopped_at(NOON + timedelta(minutes=481)):
        assert not alive(secret)


def test_a_session_that_is_used_ends_after_a_week_all_the_same(cast: Cast) -> None:
    secret = signed_in(cast.mei)
    with db.read() as session:
        found = sign_in.find(session, secret)
    assert found

    for hours in range(6, 170, 6):
        with clock.stopped_at(NOON + timedelta(hours=hours)), db.write() as session:
            sign_in.touch(session, {found.sid: clock.now()})
    with clock.stopped_at(NOON + timedelta(hours=167, minutes=50)):
        assert alive(secret)
    with clock.stopped_at(NOON + timedelta(hours=168, minutes=1)):
        assert not alive(secret)


def test_an_idle_page_stays_ten_minutes_for_what_was_typed_and_no_longer(cast: Cast) -> None:
    secret = signed_in(cast.mei)
    with db.read() as session:
        found = sign_in.find(session, secret)
    assert found

    for minutes, stays in ((481, {found.sid}), (489, {found.sid}), (491, set())):
        with clock.stopped_at(NOON + timedelta(minutes=minutes)), db.read() as session:
            assert sign_in.still_open(session, [found.sid]) == stays


def test_signing_out_of_one_browser_leaves_the_other(cast: Cast) -> None:
    here, there = signed_in(cast.mei), signed_in(cast.mei)
    with db.write() as session:
        found = sign_in.find(session, here)
        assert found
        sign_in.end(session, found.sid)

    assert (alive(here), alive(there)) == (False, True)
    with db.read() as session:
        assert len(sign_in.sessions_of(session, cast.mei)) == 1


def test_a_page_finds_its_session_only_for_its_own_person(cast: Cast) -> None:
    secret = signed_in(cast.mei)
    with db.read() as session:
        found = sign_in.find(session, secret)
        assert found
        assert sign_in.find_by_sid(session, found.sid, cast.mei.id)
        assert sign_in.find_by_sid(session, found.sid, cast.tomas.id) is None
        assert sign_in.still_open(session, [found.sid, "unknown"]) == {found.sid}


@pytest.mark.parametrize("email", ["mei@desk.example", "nobody@desk.example"])
def test_guessing_one_account_gets_slower_whether_or_not_it_exists(cast: Cast, email: str) -> None:
    for _ in range(5):
        guess(email)
    with pytest.raises(TooSoonError) as first:
        guess(email)
    with clock.stopped_at(NOON + timedelta(seconds=3)):
        guess(email)
    with clock.stopped_at(NOON + timedelta(seconds=4)), pytest.raises(TooSoonError) as second:
        guess(email)

    assert (first.value.seconds, second.value.seconds) == (2, 3)


def test_the_wait_grows_to_a_quarter_of_an_hour_and_no_further() -> None:
    waits = [throttle.delay(failures, 5).total_seconds() for failures in (0, 4, 5, 6, 7, 12, 15, 1000)]

    assert waits == [0, 0, 2, 4, 8, 256, 900, 900]


def test_one_address_guessing_many_accounts_is_slowed_too(cast: Cast) -> None:
    for number in range(30):
        guess(f"person{number}@desk.example")
    with pytest.raises(TooSoonError):
        guess("somebody@desk.example")
    guess("somebody@desk.example", "10.0.0.2")


def test_signing_in_clears_the_account_but_not_the_address(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        passwords.choose(session, cast.mei.id, GOOD)
    guess("mei@desk.example")
    tried = guess("mei@desk.example")
    assert passwords.verify(tried.password_hash, GOOD)

    with db.write() as session:
        secret = sign_in.succeed(session, tried, browser="Firefox")

    assert alive(secret)
    with db.read() as session:
        assert session.get(SignInFailure, tried.keys[0]) is None
        assert session.get_one(SignInFailure, tried.keys[1]).failures == 1


def test_nobody_unknown_disabled_or_without_password_is_found(cast: Cast) -> None:
    unknown, no_password = guess("nobody@desk.example"), guess("tomas@desk.example")

    assert (unknown.person, unknown.password_hash) == (None, None)
    assert (no_password.person, no_password.password_hash) == (None, None)
    assert guess("desk").person is None


def test_failures_are_forgotten_after_a_day(cast: Cast) -> None:
    for _ in range(5):
        guess("mei@desk.example")

    with clock.stopped_at(NOON + timedelta(hours=25)):
        guess("mei@desk.example")
        guess("mei@desk.example")
