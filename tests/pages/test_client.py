"""One client's page: looked at, changed, taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from streamlit.testing.v1 import AppTest

from crm import clients, db, handover, journal
from crm.clients import ClientChange
from crm.ground import clock
from crm.people import Person
from tests.cast import Cast
from tests.pages.opening import opened, pick


def change(by: Person, client_id: UUID, tier: str) -> None:
    with db.write(by=by, why="elsewhere") as session:
        version = clients.get(session, by, client_id).version
        clients.change(session, by, client_id, ClientChange(version=version, tier=tier))


def current(cast: Cast) -> clients.Client:
    with db.read() as session:
        return clients.get(session, cast.tomas, cast.northlight.id)


def details(cast: Cast) -> AppTest:
    return opened("client", cast.tomas, id=str(cast.northlight.id), tab="details")


def form_of(cast: Cast, version: int = 1) -> str:
    return f"details_{cast.northlight.id}_{version}"


def test_every_part_of_the_page_opens(cast_on_duckdb: Cast) -> None:
    for tab in ("timeline", "trading", "tasks", "details", "history"):
        page = opened("client", cast_on_duckdb.tomas, id=str(cast_on_duckdb.northlight.id), tab=tab)

        assert not page.exception
        assert page.title[0].value == "Northlight"


def test_somebody_elses_client_is_not_there(cast_on_duckdb: Cast) -> None:
    page = opened("client", cast_on_duckdb.mei, id=str(cast_on_duckdb.northlight.id))

    assert len(page.error) == 1
    assert not page.title


def test_a_changed_field_is_saved_journalled_and_taken_back(cast_on_duckdb: Cast) -> None:
    page = details(cast_on_duckdb)

    page.text_input(key=f"{form_of(cast_on_duckdb)}_tier").set_value("VIP3")
    page.button(key=f"{form_of(cast_on_duckdb)}_save").click().run()

    with db.read() as session:
        [(made, line), *_] = journal.history_of(session, "client", cast_on_duckdb.northlight.id)
    assert current(cast_on_duckdb).tier == "VIP3"
    assert made.made_by == cast_on_duckdb.tomas.id
    assert (line.before or {})["tier"] == "VIP2"

    history = opened("client", cast_on_duckdb.tomas, id=str(cast_on_duckdb.northlight.id), tab="history")
    history.button(key=f"history_undo_{made.id}").click().run()

    assert current(cast_on_duckdb).tier == "VIP2"


def test_two_who_change_one_client_are_shown_both_values(cast_on_duckdb: Cast) -> None:
    page, form = details(cast_on_duckdb), form_of(cast_on_duckdb)
    change(cast_on_duckdb.nadia, cast_on_duckdb.northlight.id, tier="VIP5")

    page.text_input(key=f"{form}_tier").set_value("VIP3")
    page.button(key=f"{form}_save").click().run()

    assert current(cast_on_duckdb).tier == "VIP5"
    assert len(page.error) == 1
    [line] = page.table[0].value.to_dict("records")
    assert [line[name] for name in ("Field", "Before", "Yours", "Now there")] == ["Tier", "VIP2", "VIP3", "VIP5"]
    assert line["Changed by"].startswith("Nadia Haddad")


def test_keep_mine_and_save_over_it_saves(cast_on_duckdb: Cast) -> None:
    page, form = details(cast_on_duckdb), form_of(cast_on_duckdb)
    change(cast_on_duckdb.nadia, cast_on_duckdb.northlight.id, tier="VIP5")
    page.text_input(key=f"{form}_tier").set_value("VIP3").run()

    page.button(key="form_mine").click().run()

    assert current(cast_on_duckdb).tier == "VIP3"
    assert page.text_input(key=f"{form_of(cast_on_duckdb, 3)}_tier").value == "VIP3"
    with db.read() as session:
        [(made, line), *_] = journal.history_of(session, "client", cast_on_duckdb.northlight.id)
    assert (made.made_by, (line.before or {})["tier"]) == (cast_on_duckdb.tomas.id, "VIP5")


def test_who_changed_another_field_is_no_conflict_and_nobody_is_overwritten(cast_on_duckdb: Cast) -> None:
    page, form = details(cast_on_duckdb), form_of(cast_on_duckdb)
    change(cast_on_duckdb.nadia, cast_on_duckdb.northlight.id, tier="VIP5")

    page.text_input(key=f"{form}_source").set_value("Event in Oslo").run()
    assert not page.table
    page.button(key=f"{form}_save").click().run()

    saved = current(cast_on_duckdb)
    assert (saved.tier, saved.source) == ("VIP5", "Event in Oslo")


def test_what_was_typed_into_a_client_and_not_saved_is_there_again(cast_on_duckdb: Cast) -> None:
    first = details(cast_on_duckdb)
    first.text_area(key=f"{form_of(cast_on_duckdb)}_notes").set_value("Prefers Fridays").run()
    change(cast_on_duckdb.nadia, cast_on_duckdb.northlight.id, tier="VIP5")

    later = details(cast_on_duckdb)
    assert later.text_area(key=f"{form_of(cast_on_duckdb)}_notes").value == "Prefers Fridays"
    later.button(key=f"{form_of(cast_on_duckdb)}_save").click().run()

    saved = current(cast_on_duckdb)
    assert (saved.tier, saved.notes) == ("VIP5", "Prefers Fridays")


def test_what_is_wrong_in_a_field_is_told_under_it(cast_on_duckdb: Cast) -> None:
    page = details(cast_on_duckdb)

    page.text_input(key=f"{form_of(cast_on_duckdb)}_country").set_value("Atlantis")
    page.button(key=f"{form_of(cast_on_duckdb)}_save").click().run()

    [told] = page.error
    shown = list(page.main)
    order = [one for one in _drawn(page.main) if one in {"text_input.Country", "error", "text_input.Time zone"}]
    assert "Atlantis" in told.value
    assert order == ["text_input.Country", "error", "text_input.Time zone"], shown


def _drawn(block: Any) -> Iterator[str]:
    """What is on the page, from top to bottom, by kind and label."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _drawn(child)
        else:
            yield f"{child.type}.{child.label}" if getattr(child, "label", "") else child.type


def test_a_contact_is_added_and_marked_as_verified(cast_on_duckdb: Cast) -> None:
    page = details(cast_on_duckdb)

    page.selectbox(key="handle_kind").set_value("telegram")
    page.text_input(key="handle_value").set_value("@northlight")
    page.button(key="handle_now").click().run()
    with db.read() as session:
        [handle] = clients.contact_methods.of_client(session, cast_on_duckdb.tomas, cast_on_duckdb.northlight.id)
    pick(page, f"handle_{handle.id}", "verify")

    with db.read() as session:
        [handle] = clients.contact_methods.of_client(session, cast_on_duckdb.tomas, cast_on_duckdb.northlight.id)
    assert (handle.kind, handle.value, handle.is_verified) == ("telegram", "northlight", True)


def test_a_client_is_closed_and_reopened(cast_on_duckdb: Cast) -> None:
    page = opened("client", cast_on_duckdb.tomas, id=str(cast_on_duckdb.northlight.id))

    pick(page, "head_more", "close")
    assert current(cast_on_duckdb).status == "closed"

    pick(page, "head_more", "reopen")
    assert current(cast_on_duckdb).status == "active"


def test_days_of_a_book_are_the_readers_and_the_list_is_one_click_away(cast_on_duckdb: Cast) -> None:
    """23:30 UTC is the next day already for who reads it in Berlin."""
    cast = cast_on_duckdb
    with clock.stopped_at(datetime(2026, 3, 14, 23, 30, tzinfo=UTC)), db.write(by=cast.nadia) as session:
        handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.tomas.id)

    page = opened("client", cast.tomas, id=str(cast.harbour.id), tab="details")

    assert "since 15 Mar 2026" in str([caption.value for caption in page.caption])
    assert "Clients" in [link.proto.label for link in page.get("page_link")]
