"""Recovery is not impersonation: whoever makes a link for somebody else stands beside all that follows from it."""

from datetime import timedelta

import pytest

from crm import clients, db, journal, people
from crm.clients import ClientChange
from crm.ground import clock
from crm.people import NewPerson, Role, events, links, tokens
from crm.people.events import Kind
from tests.cast import DESK, Cast
from tests.conftest import NOON

GOOD = "copper lantern tide"
BY_LINK = "by a link of Ada Admin"


def come_in_by_a_link(cast: Cast) -> None:
    with db.write(by=cast.ada) as session:
        secret = links.invite(session, cast.ada, cast.mei.id)
    with db.write(by=cast.mei, why="chose a password") as session:
        links.choose_password(session, secret, GOOD)


def reasons(cast: Cast) -> list[str]:
    """What the journal says of Mei, the newest first."""
    with db.read() as session:
        return [str(made.reason) for made in journal.recent(session, by=cast.mei.id)]


def test_a_link_is_journalled_under_the_name_of_its_maker(cast: Cast) -> None:
    with db.write(by=cast.ada, why="anything") as session:
        links.invite(session, cast.ada, cast.mei.id)

    with db.read() as session:
        made = journal.recent(session, limit=1)[0]
        [event] = events.recent(session, [cast.mei.id])
    assert (made.made_by, str(made.reason)) == (cast.ada.id, "made a sign-in link for Mei Lin")
    assert (event.kind, event.person_id, event.about_id) == (Kind.LINK_MADE, cast.ada.id, cast.mei.id)


def test_the_first_admins_link_is_journalled_too(database: str) -> None:
    with db.write() as session:
        links.for_first_admin(session)

    with db.read() as session:
        assert str(journal.recent(session, limit=1)[0].reason) == "made the link of the first admin"


def test_the_person_and_the_leads_are_told(cast: Cast) -> None:
    come_in_by_a_link(cast)

    with db.read() as session:
        told = {who.name: people.notices.unseen(session, who) for who in (cast.mei, cast.nadia, cast.tomas, cast.ada)}
    assert {name: len(notices) for name, notices in told.items()} == {
        "Mei Lin": 1,
        "Nadia Haddad": 1,
        "Tomas Berg": 0,
        "Ada Admin": 0,
    }
    notice = told["Nadia Haddad"][0]
    assert "Ada Admin" in notice.text
    with db.write() as session:
        people.notices.seen(session, cast.mei, [notice.id])  # only one's own
        people.notices.seen(session, cast.nadia, [notice.id])
    with db.read() as session:
        assert len(people.notices.unseen(session, cast.mei)) == 1
        assert people.notices.unseen(session, cast.nadia) == []


def test_of_an_account_that_no_lead_leads_the_other_admins_are_told(cast: Cast) -> None:
    with db.write(by=DESK) as session:
        eve = people.invite(session, DESK, NewPerson(email="eve@desk.example", name="Eve", role=Role.ADMIN))
    with db.write(by=eve) as session:
        links.welcome(session, eve, NewPerson(email="lea@desk.example", name="Lea", role=Role.LEAD))

    with db.read() as session:
        assert len(people.notices.unseen(session, cast.ada)) == 1


def test_what_follows_within_an_hour_carries_the_makers_name(cast: Cast) -> None:
    come_in_by_a_link(cast)
    with clock.stopped_at(NOON + timedelta(minutes=59)):
        with db.write(by=cast.mei, why="a note") as session:
            clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=1, notes="Seen."))
        with db.write(by=cast.mei) as session:
            tokens.issue(session, cast.mei, "my sheet")
        with db.write(by=cast.mei, kind="export") as session:
            journal.remark(session, "Export of clients")
        with db.write(by=cast.tomas, why="another") as session:
            clients.change(session, cast.tomas, cast.northlight.id, ClientChange(version=1, notes="Seen."))
    with clock.stopped_at(NOON + timedelta(minutes=61)), db.write(by=cast.mei, why="later") as session:
        clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=2, notes="Seen again."))

    assert reasons(cast) == [
        "later",
        f"Export of clients · {BY_LINK}",
        BY_LINK,
        f"a note · {BY_LINK}",
        f"chose a password · {BY_LINK}",
    ]
    with db.read() as session:
        assert BY_LINK not in str(journal.recent(session, by=cast.tomas.id)[0].reason)
        assert journal.first_broken(session) is None


def test_a_second_link_does_not_hide_that_the_first_was_used(cast: Cast) -> None:
    come_in_by_a_link(cast)
    with db.write(by=cast.ada) as session:
        links.invite(session, cast.ada, cast.mei.id)
    with db.write(by=cast.mei, why="a note") as session:
        clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=1, notes="Seen."))

    assert reasons(cast)[0] == f"a note · {BY_LINK}"


@pytest.mark.parametrize("since", [timedelta(minutes=1), timedelta(hours=2)])
def test_whoever_chose_their_own_password_carries_nobodys_name(cast: Cast, since: timedelta) -> None:
    with db.write(by=cast.mei) as session:
        people.passwords.choose(session, cast.mei.id, GOOD)
    with clock.stopped_at(NOON + since), db.write(by=cast.mei, why="a note") as session:
        clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=1, notes="Seen."))

    assert reasons(cast)[0] == "a note"
