"""The people page: invite, change, disable, found a team."""

from streamlit.testing.v1 import AppTest

from crm import db, people
from crm.people import Person, PersonChange
from crm.web.frame import menu
from tests.cast import Cast
from tests.pages.opening import opened


def now(cast: Cast, person: Person) -> Person:
    with db.read() as session:
        return people.get(session, cast.ada, person.id)


def test_an_invitation_adds_a_colleague_and_shows_the_link_once(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = opened("people", cast.ada)
    page.text_input(key="invite_name").input("Lena Vogt")
    page.text_input(key="invite_email").input("lena@desk.example")

    submit(page, "Create invitation")

    assert not page.exception
    with db.read() as session:
        lena = people.find_by_email(session, "lena@desk.example")
        assert lena is not None
        secret = page.code[0].value.rsplit("/", 1)[1]
        invited = people.links.person_of(session, secret)
        assert invited is not None
        assert invited.id == lena.id
    page.button(key="link_copied").click().run()
    assert not page.code


def submit(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()


def test_an_invitation_without_an_address_says_what_is_wrong_and_adds_nobody(cast_on_duckdb: Cast) -> None:
    page = opened("people", cast_on_duckdb.ada)
    page.text_input(key="invite_name").input("Lena Vogt")
    page.text_input(key="invite_email").input("lena at desk")

    submit(page, "Create invitation")

    assert "not an e" in page.error[0].value.replace("\\", "")
    with db.read() as session:
        assert len(people.colleagues(session)) == 5


def test_another_role_is_saved_and_ends_the_persons_sessions(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    opened("profile", cast.oskar)
    page = opened("people", cast.ada, person=str(cast.oskar.id))
    page.selectbox(key=f"role.{cast.oskar.id}.1").select("lead")

    submit(page, "Save")

    assert not page.exception
    assert now(cast, cast.oskar).role == "lead"
    with db.read() as session:
        assert people.sign_in.sessions_of(session, cast.oskar) == []


def test_a_disabled_colleague_can_be_enabled_again(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = opened("people", cast.ada, person=str(cast.tomas.id))

    page.button(key="switch").click().run()
    assert now(cast, cast.tomas).is_active is False
    page.button(key="switch").click().run()

    assert now(cast, cast.tomas).is_active is True


def test_the_last_admin_cannot_disable_themselves(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = opened("people", cast.ada, person=str(cast.ada.id))

    page.button(key="switch").click().run()

    assert "last admin" in page.error[0].value
    assert now(cast, cast.ada).is_active is True


def test_a_person_changed_meanwhile_is_a_conflict_and_stays(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = opened("people", cast.ada, person=str(cast.mei.id))
    page.text_input(key=f"name.{cast.mei.id}.1").input("Mei L.")
    with db.write(by=cast.ada) as session:
        people.change(session, cast.ada, cast.mei.id, PersonChange(version=1, name="Mei Lin-Berg"))

    submit(page, "Save")

    assert now(cast, cast.mei).name == "Mei Lin-Berg"


def test_the_staff_is_sorted_by_its_heads(cast_on_duckdb: Cast) -> None:
    ada = cast_on_duckdb.ada

    names, zones = opened("people", ada), opened("people", ada, sort="zone", way="down")

    assert names.dataframe[0].value["name"].tolist() == [
        "Ada Admin",
        "Mei Lin",
        "Nadia Haddad",
        "Oskar Nowak",
        "Tomas Berg",
    ]
    assert zones.dataframe[0].value["name"].tolist() == [
        "Oskar Nowak",
        "Tomas Berg",
        "Ada Admin",
        "Mei Lin",
        "Nadia Haddad",
    ]


def test_a_team_is_founded(cast_on_duckdb: Cast) -> None:
    page = opened("people", cast_on_duckdb.ada)
    page.text_input(key="team_name").input("South")

    submit(page, "Create team")

    with db.read() as session:
        assert [team.name for team in people.teams(session)] == ["East", "South", "West"]


def test_the_page_is_there_for_admins_only(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb

    there = [
        who.name for who in (cast.tomas, cast.nadia, cast.ada) if "people" in [e.file for e in menu.visible_to(who)]
    ]

    assert there == ["Ada Admin"]


def test_disabling_says_how_much_stands_in_the_book(cast_on_duckdb: Cast) -> None:
    page = opened("people", cast_on_duckdb.ada, person=str(cast_on_duckdb.mei.id))

    assert "2 clients" in page.warning[0].value
    assert "A lead moves them" in str([caption.value for caption in page.caption])

    free = opened("people", cast_on_duckdb.ada, person=str(cast_on_duckdb.nadia.id))
    assert not free.warning
