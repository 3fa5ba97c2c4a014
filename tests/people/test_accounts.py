"""Inviting, changing and disabling people."""

from uuid import uuid4

import pytest

from crm import db, journal, people
from crm.ground.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from crm.people import NewPerson, PersonChange, Role, sign_in
from tests.cast import Cast


def test_an_invited_colleague_is_on_the_list_and_in_the_journal(cast: Cast) -> None:
    with db.write(by=cast.ada, why="invite") as session:
        vera = people.invite(session, cast.ada, NewPerson(email=" Vera@Desk.example ", name="Vera", role=Role.MANAGER))

    with db.read() as session:
        assert vera.id in {c.id for c in people.colleagues(session)}
        assert people.find_by_email(session, "VERA@desk.example") == vera
        [(made, line)] = journal.history_of(session, "person", vera.id)
    assert made.made_by == cast.ada.id
    assert line.after
    assert line.after["email"] == "vera@desk.example"


def test_a_manager_cannot_invite(cast: Cast) -> None:
    with pytest.raises(NotAllowedError), db.write(by=cast.mei) as session:
        people.invite(session, cast.mei, NewPerson(email="v@desk.example", name="V"))


def test_nobody_is_invited_twice_or_into_a_team_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(ConflictError, match="already here"), db.write(by=cast.ada) as session:
        people.invite(session, cast.ada, NewPerson(email="mei@desk.example", name="M"))
    with pytest.raises(NotFoundError, match="team"), db.write(by=cast.ada) as session:
        people.invite(session, cast.ada, NewPerson(email="v@desk.example", name="V", team_id=uuid4()))


def test_the_desk_is_nobodys_colleague_but_has_a_name(cast: Cast) -> None:
    with db.read() as session:
        assert people.DESK_ID not in {c.id for c in people.colleagues(session, active_only=False)}
        assert people.names(session)[people.DESK_ID] == "Desk"
        assert people.find_by_email(session, "desk") is None
    with pytest.raises(NotFoundError), db.write(by=cast.ada) as session:
        people.change(session, cast.ada, people.DESK_ID, PersonChange(version=1, is_active=True))


def test_a_change_touches_only_the_fields_it_names(cast: Cast) -> None:
    with db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.mei.id, PersonChange(version=1, team_id=None))

    with db.read() as session:
        mei = people.get(session, cast.ada, cast.mei.id)
    assert (mei.team_id, mei.name, mei.locale, mei.version) == (None, "Mei Lin", "zh", 2)


def test_two_admins_saving_one_person_see_both_values(cast: Cast) -> None:
    with db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.mei.id, PersonChange(version=1, name="Mei Lin-Park"))

    with pytest.raises(ConflictError) as caught, db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.mei.id, PersonChange(version=1, name="Mei L."))
    assert [(c.field, c.yours, c.theirs) for c in caught.value.clashes] == [("name", "Mei L.", "Mei Lin-Park")]


@pytest.mark.parametrize("wanted", [PersonChange(version=1, is_active=False), PersonChange(version=1, role=Role.LEAD)])
def test_the_last_admin_stays_one(cast: Cast, wanted: PersonChange) -> None:
    with pytest.raises(InvalidError, match="last admin"), db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.ada.id, wanted)


@pytest.mark.parametrize("wanted", [PersonChange(version=1, is_active=False), PersonChange(version=1, role=Role.LEAD)])
def test_disabling_or_another_role_ends_the_sessions(cast: Cast, wanted: PersonChange) -> None:
    with db.write() as session:
        secret = sign_in.start(session, cast.mei.id)
    with db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.mei.id, wanted)

    with db.read() as session:
        assert sign_in.find(session, secret) is None


def test_teams_have_different_names(cast: Cast) -> None:
    with db.write(by=cast.ada) as session:
        people.found_team(session, cast.ada, " North ")

    with pytest.raises(ConflictError), db.write(by=cast.ada) as session:
        people.found_team(session, cast.ada, "north")
    with db.read() as session:
        assert [team.name for team in people.teams(session)] == ["East", "North", "West"]


def test_everyone_chooses_their_own_language_and_zone(cast: Cast) -> None:
    with db.write(by=cast.tomas) as session:
        people.speak(session, cast.tomas, "zh")
        people.live_in(session, cast.tomas, "Asia/Tokyo")

    with db.read() as session:
        tomas = people.get(session, cast.tomas, cast.tomas.id)
    assert (tomas.locale, tomas.time_zone) == ("zh", "Asia/Tokyo")
    with pytest.raises(InvalidError), db.write(by=cast.tomas) as session:
        people.speak(session, cast.tomas, "xx")


def test_a_demo_is_recognised_by_its_people(cast: Cast) -> None:
    with db.read() as session:
        assert not people.is_demo(session)
    with db.write(by=cast.ada) as session:
        people.invite(session, cast.ada, NewPerson(email="may@demo.example", name="May"))

    with db.read() as session:
        assert people.is_demo(session)
        assert [person.name for person in people.demo_people(session)] == ["May"]
