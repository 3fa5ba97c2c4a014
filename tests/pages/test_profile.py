"""One's own account: language, password, browsers, tokens."""

from crm import db, people
from crm.ground import clock
from tests.cast import DESK, Cast
from tests.pages.opening import opened
from tests.pages.test_people import now, submit

PASSWORD, BETTER = "harbour lights at noon", "seven quiet herons fly"


def test_one_chooses_ones_own_language_and_zone(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = opened("profile", cast.tomas)
    page.selectbox(key="own_language").select("zh")
    page.selectbox(key="own_zone").select("Asia/Tokyo")

    submit(page, "Save")

    assert not page.exception
    changed = now(cast, cast.tomas)
    assert (changed.locale, changed.time_zone) == ("zh", "Asia/Tokyo")


def test_a_new_password_works_and_signs_everybody_out(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=DESK) as session:
        people.passwords.choose(session, cast.tomas.id, PASSWORD)
    page = opened("profile", cast.tomas)
    page.text_input(key="old").input(PASSWORD)
    page.text_input(key="new").input(BETTER)
    page.text_input(key="again").input(BETTER)

    submit(page, "Change the password")

    assert page.success
    with db.read() as session:
        assert people.passwords.verify(people.passwords.kept_for(session, cast.tomas.id), BETTER)
        assert people.sign_in.sessions_of(session, cast.tomas) == []


def test_a_wrong_present_password_changes_nothing(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=DESK) as session:
        people.passwords.choose(session, cast.tomas.id, PASSWORD)
    page = opened("profile", cast.tomas)
    page.text_input(key="old").input("not the one at all")
    page.text_input(key="new").input(BETTER)
    page.text_input(key="again").input(BETTER)

    submit(page, "Change the password")

    assert "present password" in page.error[0].value
    with db.read() as session:
        assert people.passwords.verify(people.passwords.kept_for(session, cast.tomas.id), PASSWORD)


def test_another_browser_can_be_signed_out(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write() as session:
        people.sign_in.start(session, cast.tomas.id, browser="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36")
    page = opened("profile", cast.tomas)

    submit(page, "Sign out")

    with db.read() as session:
        assert len(people.sign_in.sessions_of(session, cast.tomas)) == 1
    assert not page.exception


def test_a_token_is_shown_once_works_and_can_be_revoked(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = opened("profile", cast.tomas)
    page.text_input(key="token_name").input("nightly export")

    submit(page, "Make a token")

    secret = page.code[0].value
    with db.read() as session:
        owner = people.tokens.find_person(session, secret)
        assert owner is not None
        assert owner.id == cast.tomas.id
        [token] = people.tokens.tokens_of(session, cast.tomas)
    assert token.expires_at is not None
    assert token.expires_at > clock.now()
    page.button(key="token_copied").click().run()
    assert not page.code
    submit(page, "Revoke")
    with db.read() as session:
        assert people.tokens.find_person(session, secret) is None


def test_the_profile_speaks_chinese_to_a_chinese_reader(cast_on_duckdb: Cast) -> None:
    page = opened("profile", cast_on_duckdb.mei)

    assert "API 令牌" in [heading.value for heading in page.subheader]
