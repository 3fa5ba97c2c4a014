"""Whatever was handed out dies with what made it safe: sessions, tokens and links, by whichever door it was changed."""

from collections.abc import Callable

import pytest

from crm import db, history, journal, people
from crm.ground.errors import NotFoundError
from crm.people import PersonChange, Role, links, passwords, sign_in, tokens
from tests.cast import DESK, Cast
from tests.imports.bringing import bring_in

GOOD = "copper lantern tide"


def new_password(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        passwords.choose(session, cast.mei.id, GOOD)


def disabled_and_enabled(cast: Cast) -> None:
    for version, active in ((1, False), (2, True)):
        with db.write(by=cast.ada) as session:
            people.change(session, cast.ada, cast.mei.id, PersonChange(version=version, is_active=active))


def another_role(cast: Cast) -> None:
    with db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.mei.id, PersonChange(version=1, role=Role.LEAD))


def another_role_by_import(cast: Cast) -> None:
    bring_in(cast.ada, "managers", "email,role\nmei@desk.example,lead\n")


def another_role_undone(cast: Cast) -> None:
    another_role(cast)
    with db.read() as session:
        done = journal.history_of(session, "person", cast.mei.id)[0][0].id
    with db.write(by=cast.ada, kind="undo") as session:
        history.undo(session, cast.ada, done)


def factor_reset(cast: Cast) -> None:
    with db.write(by=cast.ada) as session:
        people.second_factor.reset(session, cast.ada, cast.mei.id)


CHANGES = [new_password, disabled_and_enabled, another_role, another_role_by_import, another_role_undone, factor_reset]


@pytest.mark.parametrize("change", CHANGES)
def test_sessions_tokens_and_links_end_with_the_credentials_they_were_made_in(
    cast: Cast, change: Callable[[Cast], None]
) -> None:
    with db.write(by=DESK) as session:
        cookie = sign_in.start(session, cast.mei.id)
        token = tokens.issue(session, cast.mei, "my sheet").secret
        link = links.invite(session, DESK, cast.mei.id)
        others = tokens.issue(session, cast.tomas, "his sheet").secret

    change(cast)

    with db.read() as session:
        assert sign_in.find(session, cookie) is None
        assert tokens.find(session, token) is None
        with pytest.raises(NotFoundError):
            links.person_of(session, link)
        assert tokens.find(session, others)


def test_another_language_ends_nothing(cast: Cast) -> None:
    with db.write(by=DESK) as session:
        cookie = sign_in.start(session, cast.mei.id)
    with db.write(by=cast.mei) as session:
        people.settle(session, cast.mei, locale="en", time_zone="Asia/Tokyo")

    with db.read() as session:
        assert sign_in.find(session, cookie)


def test_what_is_made_after_a_change_works(cast: Cast) -> None:
    new_password(cast)
    with db.write(by=DESK) as session:
        cookie, token = sign_in.start(session, cast.mei.id), tokens.issue(session, cast.mei, "my sheet").secret
        link = links.invite(session, DESK, cast.mei.id)

    with db.read() as session:
        assert sign_in.find(session, cookie)
        assert tokens.find(session, token)
        assert links.person_of(session, link)
