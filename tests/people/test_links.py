"""Links that work once, and API tokens."""

from datetime import timedelta

import pytest

from crm import db, journal, people
from crm.ground import clock
from crm.ground.errors import InvalidError, NotAllowedError, NotFoundError
from crm.people import NewPerson, PersonChange, Role, links, passwords, secrets, tokens
from crm.people.models import ApiToken, OneTimeLink
from tests.cast import Cast
from tests.conftest import NOON

GOOD = "copper lantern tide"


def invitation(cast: Cast) -> str:
    with db.write(by=cast.ada) as session:
        return links.invite(session, cast.ada, cast.mei.id)


def test_a_colleague_chooses_a_password_once(cast: Cast) -> None:
    secret = invitation(cast)
    with db.write(by=cast.mei) as session:
        links.choose_password(session, secret, GOOD)

    with pytest.raises(NotFoundError), db.write() as session:
        links.choose_password(session, secret, "ivory harbour nine")
    with db.read() as session:
        assert passwords.verify(passwords.kept_for(session, cast.mei.id), GOOD)
        assert secret not in session.get_one(OneTimeLink, secrets.hashed(secret)).model_dump_json()


def test_a_refused_password_leaves_the_link_good(cast: Cast) -> None:
    secret = invitation(cast)
    with pytest.raises(InvalidError), db.write() as session:
        links.choose_password(session, secret, "short")

    with db.write(by=cast.mei) as session:
        links.choose_password(session, secret, GOOD)


def test_a_link_expires_and_a_newer_one_replaces_it(cast: Cast) -> None:
    first = invitation(cast)
    second = invitation(cast)

    with db.read() as session:
        with pytest.raises(NotFoundError):
            links.person_of(session, first)
        assert links.person_of(session, second)
    with clock.stopped_at(NOON + timedelta(hours=73)), db.read() as session, pytest.raises(NotFoundError):
        links.person_of(session, second)


def test_a_disabled_persons_link_is_dead_and_only_admins_make_links(cast: Cast) -> None:
    secret = invitation(cast)
    with db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.mei.id, PersonChange(version=1, is_active=False))

    with db.read() as session, pytest.raises(NotFoundError):
        links.person_of(session, secret)
    with pytest.raises(NotFoundError):
        invitation(cast)
    with pytest.raises(NotAllowedError), db.write(by=cast.nadia) as session:
        links.invite(session, cast.nadia, cast.mei.id)


def test_the_first_link_makes_an_admin_and_then_none_works(database: str) -> None:
    with db.write() as session:
        assert links.needs_first_admin(session)
        old, secret = links.for_first_admin(session), links.for_first_admin(session)
    new = NewPerson(email="root@desk.example", name="Ruth", role=Role.MANAGER)
    with db.write() as session:
        ruth = links.become_first_admin(session, secret, new, GOOD)

    with db.read() as session:
        assert people.get(session, ruth, ruth.id).role == Role.ADMIN
        assert not links.needs_first_admin(session)
        assert journal.history_of(session, "person", ruth.id)
        for used in (old, secret):
            with pytest.raises(NotFoundError):
                links.person_of(session, used)


def test_an_invitation_does_not_make_an_admin(cast: Cast) -> None:
    secret = invitation(cast)

    with pytest.raises(NotFoundError), db.write() as session:
        links.become_first_admin(session, secret, NewPerson(email="x@desk.example", name="X"), GOOD)


def test_a_token_speaks_for_its_person_until_it_is_revoked(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        issued = tokens.issue(session, cast.mei, "my sheet", days=30)

    with db.read() as session:
        found = tokens.find_person(session, issued.secret)
        assert found
        assert found.id == cast.mei.id
        assert tokens.find_person(session, "vip_wrong") is None
        assert [t.name for t in tokens.tokens_of(session, cast.mei)] == ["my sheet"]
        assert tokens.tokens_of(session, cast.tomas, everybody=True) == []
        assert len(tokens.tokens_of(session, cast.ada, everybody=True)) == 1
    assert issued.secret not in issued.token.model_dump_json()

    with pytest.raises(NotFoundError), db.write(by=cast.tomas) as session:
        tokens.revoke(session, cast.tomas, issued.token.id)
    with db.write(by=cast.ada) as session:
        tokens.revoke(session, cast.ada, issued.token.id)
    with db.read() as session:
        assert tokens.find_person(session, issued.secret) is None


def test_a_revoked_token_is_not_revived_by_its_person(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        issued = tokens.issue(session, cast.mei, "my sheet", days=30)
    with db.write(by=cast.ada, why="left open on a desk") as session:
        tokens.revoke(session, cast.ada, issued.token.id)
    with db.read() as session:
        done = journal.history_of(session, "api_token", issued.token.id)[0][0].id

    with pytest.raises(NotAllowedError, match="stays revoked"), db.write(by=cast.mei, kind="undo") as session:
        journal.undo(session, done, force=True)
    with pytest.raises(NotAllowedError, match="stays revoked"), db.write(by=cast.mei) as session:
        session.get_one(ApiToken, issued.token.id).revoked_at = None

    with db.read() as session:
        assert tokens.find_person(session, issued.secret) is None


def test_a_token_expires_and_dies_with_its_person(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        secret = tokens.issue(session, cast.mei, "my sheet", days=1).secret

    with clock.stopped_at(NOON + timedelta(days=1, seconds=1)), db.read() as session:
        assert tokens.find_person(session, secret) is None
    with db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.mei.id, PersonChange(version=1, is_active=False))
    with db.read() as session:
        assert tokens.find_person(session, secret) is None
    with pytest.raises(InvalidError), db.write(by=cast.mei) as session:
        tokens.issue(session, cast.mei, "for ever", days=9999)


def test_what_was_typed_is_kept_and_given_back_only_to_its_writer(cast: Cast) -> None:
    with db.read() as session:
        before = journal.data_version(session)
    with db.write() as session:
        people.drafts.keep(session, cast.mei.id, "log", {"summary": "half a sen"})
        people.drafts.keep(session, cast.mei.id, "log", {"summary": "half a sentence"})

    with db.read() as session:
        kept = people.drafts.find(session, cast.mei.id, "log")
        assert kept
        assert kept.fields == {"summary": "half a sentence"}
        assert people.drafts.find(session, cast.tomas.id, "log") is None
        assert journal.data_version(session) == before
    with db.write() as session:
        people.drafts.drop(session, cast.mei.id, "log")
    with db.read() as session:
        assert people.drafts.find(session, cast.mei.id, "log") is None
