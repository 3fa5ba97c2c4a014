"""Duplicates: found, compared, merged and taken back on the page; and the hint where a client is added."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import clients, db, duplicates, interactions
from crm.clients import Client, ContactKind, NewClient, NewContactMethod
from crm.clients.models import NotDuplicate
from crm.interactions import NewInteraction
from crm.interactions.models import Interaction
from crm.people import Person
from tests.cast import DESK, Cast
from tests.imports.bringing import everything
from tests.pages.opening import opened, tick


@pytest.fixture(autouse=True)
def _mei_reads_english(cast_on_duckdb: Cast) -> None:
    with db.write(by=DESK) as session:
        session.get_one(Person, cast_on_duckdb.mei.id).locale = cast_on_duckdb.mei.locale = "en"


@pytest.fixture
def twin(cast_on_duckdb: Cast) -> Client:
    """Harbour Capital a second time, by hand and with a slip."""
    cast = cast_on_duckdb
    with db.write(by=cast.mei, why="twin") as session:
        ways = [NewContactMethod(kind=ContactKind.EMAIL, value="desk@harbour.example")]
        new = NewClient(
            name="Harbor Capital", country="SG", birthday=date(1990, 5, 1), notes="met in Hong Kong", handles=ways
        )
        made = clients.add(session, cast.mei, new)
        interactions.log(session, cast.mei, NewInteraction(client_id=made.id, summary="Hello"))
    return made


def compared(cast: Cast, by: Person, *who: Client) -> AppTest:
    return opened("duplicates", by, clients=",".join(str(client.id) for client in who))


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    return page.run()


def radio(page: AppTest, start: str) -> Any:
    return next(one for one in page.radio if str(one.key).startswith(start))


def kept(client: Client) -> Client:
    with db.read() as session:
        return session.get_one(Client, client.id)


def test_a_pair_is_listed_with_what_it_shares(cast_on_duckdb: Cast, twin: Client) -> None:
    page = opened("duplicates", cast_on_duckdb.mei)

    assert not page.exception
    (line,) = page.dataframe[0].value.to_dict("records")
    assert set(line["clients"].split(" · ")) == {"Harbour Capital", "Harbor Capital"}
    assert line["shared"] == "E-mail, Similar name"
    assert opened("duplicates", cast_on_duckdb.mei, q="nobody").info[0].value.startswith("Nothing fits")
    assert opened("duplicates", cast_on_duckdb.tomas).info[0].value.startswith("No two clients")


def test_two_are_compared_merged_by_choice_and_taken_back(cast_on_duckdb: Cast, twin: Client) -> None:
    cast, before = cast_on_duckdb, everything()
    page = compared(cast, cast.mei, cast.harbour, twin)
    assert not page.exception
    assert "E-mail desk@harbour" in "".join(one.value for one in page.markdown).replace("\\", "").replace("\u2060", "")
    assert radio(page, "keep_").value == cast.harbour.id

    radio(page, "field_name").set_value(twin.id)
    radio(page, "field_country").set_value(twin.id)
    page.run()
    page = press(page, "Merge")

    one = kept(cast.harbour)
    assert not page.exception
    assert (one.name, one.country, one.birthday, one.notes) == (
        "Harbor Capital",
        "SG",
        date(1990, 5, 1),
        "met in Hong Kong",
    )
    with db.read() as session:
        assert session.exec(select(Interaction.client_id)).all() == [one.id]
    page = press(page, "Undo")
    assert not page.exception
    after = everything()
    assert [name for name in after if name != "web_session" and after[name] != before[name]] == []


def test_what_are_two_is_not_offered_again(cast_on_duckdb: Cast, twin: Client) -> None:
    page = press(compared(cast_on_duckdb, cast_on_duckdb.mei, cast_on_duckdb.harbour, twin), "They are not duplicates")

    assert not page.exception
    with db.read() as session:
        assert len(session.exec(select(NotDuplicate)).all()) == 1
    assert opened("duplicates", cast_on_duckdb.mei).info[0].value.startswith("No two clients")


def test_the_record_that_stays_may_be_the_other_one(cast_on_duckdb: Cast, twin: Client) -> None:
    page = compared(cast_on_duckdb, cast_on_duckdb.mei, cast_on_duckdb.harbour, twin)
    radio(page, "keep_").set_value(twin.id)
    page.run()

    press(page, "Merge")

    one = kept(twin)
    assert (one.name, one.uid, one.country) == ("Harbor Capital", cast_on_duckdb.harbour.uid, "SG")


def test_ticked_groups_become_one_each(cast_on_duckdb: Cast, twin: Client) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.mei) as session:
        lotus = clients.add(session, cast.mei, NewClient(name="蓮花資本", venue="Bybit", uid="0001"))
    page = tick(opened("duplicates", cast.mei), 0, 1)

    page.button(key="merge_chosen").click().run()
    assert "Harbour Capital" in "".join(one.value for one in page.markdown)
    page.button(key="merge_groups_now").click().run()

    assert not page.exception
    with db.read() as session:
        left = {client.id for client in clients.book_of(session, cast.mei)}
        numbers = clients.accounts.numbers_of(session, kept(cast.lotus))
    assert left == {cast.harbour.id, cast.lotus.id}
    assert numbers == [cast.lotus.number, lotus.number]


def test_clients_chosen_in_the_list_can_be_merged(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = compared(cast, cast.nadia, cast.harbour, cast.northlight)

    radio(page, "keep_").set_value(cast.harbour.id)
    page.run()
    radio(page, "field_manager_id").set_value(cast.northlight.id)
    page.run()
    press(page, "Merge")

    assert kept(cast.harbour).manager_id == cast.tomas.id


def test_nobody_compares_clients_of_others(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb

    page = compared(cast, cast.mei, cast.harbour, cast.northlight)

    assert not page.exception
    assert page.info[0].value.startswith("These are one client already")
    assert "Northlight" not in str(page)


def test_an_old_link_leads_to_the_one_kept(cast_on_duckdb: Cast, twin: Client) -> None:
    press(compared(cast_on_duckdb, cast_on_duckdb.mei, cast_on_duckdb.harbour, twin), "Merge")

    page = opened("client", cast_on_duckdb.mei, id=str(twin.id))

    assert not page.exception
    assert page.title[0].value == "Harbour Capital"


def test_whoever_adds_a_client_is_told_whom_it_resembles(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = opened("clients", cast.mei)
    page.button(key="new_client").click().run()

    page.text_input(key="new_client_name").set_value("Harbor Capital Ltd").run()
    assert "with Mei Lin" in "".join(one.value for one in page.caption)
    page.text_input(key="new_client_name").set_value("Quite another").run()
    assert "with Mei Lin" not in "".join(one.value for one in page.caption)
    page.text_input(key="new_client_email").set_value("desk@harbour.example").run()
    assert "with Mei Lin" in "".join(one.value for one in page.caption)
    page.button(key="new_client_now").click().run()

    with db.read() as session:
        names = {client.name for client in clients.book_of(session, cast.mei)}
    assert "Quite another" in names


def test_a_taken_uid_is_said_at_once_and_nothing_of_it_to_strangers(cast_on_duckdb: Cast) -> None:
    told = {}
    for who in (cast_on_duckdb.nadia, cast_on_duckdb.tomas):
        page = opened("clients", who)
        page.button(key="new_client").click().run()
        page.text_input(key="new_client_uid").set_value(cast_on_duckdb.harbour.uid).run()
        told[who.name] = [one.value for one in page.warning if "Harbour" in one.value or "UID" in one.value]

    assert len(told["Nadia Haddad"]) == 1
    assert told["Tomas Berg"] == []


def test_the_title_stands_before_the_clients_are_compared(
    cast_on_duckdb: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(duplicates, "candidates", broken)

    page = opened("duplicates", cast_on_duckdb.mei)

    assert page.exception
    assert [one.value for one in page.title] == ["Duplicates"]
