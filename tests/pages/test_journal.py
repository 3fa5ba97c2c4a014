"""The journal page: who sees which changes, and undoes them."""

from streamlit.testing.v1 import AppTest

from crm import clients, db, journal, people
from crm.clients import ClientChange
from crm.journal import ChangeSet
from crm.people import Person, PersonChange
from tests.cast import Cast
from tests.pages.opening import opened


def raised_tier(by: Person, client: clients.Client, tier: str = "VIP5") -> ChangeSet:
    with db.write(by=by, why=f"raised {client.name}") as session:
        now = clients.get(session, by, client.id)
        clients.change(session, by, client.id, ClientChange(version=now.version, tier=tier))
    with db.read() as session:
        return journal.recent(session, limit=1)[0]


def shown_reasons(page: AppTest) -> list[str]:
    return [why for table in page.dataframe for why in table.value["why"]]


def tier_of(cast: Cast) -> str | None:
    with db.read() as session:
        return clients.get(session, cast.mei, cast.harbour.id).tier


def test_a_manager_sees_their_own_changes_and_nobody_elses(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    raised_tier(cast.mei, cast.harbour)
    raised_tier(cast.tomas, cast.northlight)

    page = opened("journal", cast.tomas)

    assert not page.exception
    assert shown_reasons(page) == ["raised Northlight"]


def test_a_lead_sees_the_team_and_not_the_other_team(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    raised_tier(cast.mei, cast.harbour)
    raised_tier(cast.oskar, cast.fjord)

    page = opened("journal", cast.nadia)

    assert shown_reasons(page) == ["raised Harbour Capital"]


def test_the_address_narrows_the_list_to_one_person(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    raised_tier(cast.mei, cast.harbour)
    raised_tier(cast.tomas, cast.northlight)

    page = opened("journal", cast.nadia, by=str(cast.tomas.id))

    assert shown_reasons(page) == ["raised Northlight"]


def test_the_address_sorts_all_changes(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    raised_tier(cast.mei, cast.harbour)
    raised_tier(cast.tomas, cast.northlight)

    usual, by_reason = opened("journal", cast.nadia), opened("journal", cast.nadia, sort="why", way="up")

    assert shown_reasons(usual) == ["raised Northlight", "raised Harbour Capital"]
    assert shown_reasons(by_reason) == ["raised Harbour Capital", "raised Northlight"]
    assert "1 to 2 of 2" in [caption.value for caption in usual.caption]


def test_an_opened_set_shows_only_the_fields_that_differ(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    made = raised_tier(cast.mei, cast.lotus)

    page = opened("journal", cast.nadia, set=str(made.id))

    table = page.dataframe[0].value
    assert table[["name", "field", "before", "after"]].values.tolist() == [["莲花资本", "Tier", "VIP1", "VIP5"]]


def test_undo_from_the_journal_brings_the_tier_back_and_is_itself_journalled(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    made = raised_tier(cast.mei, cast.harbour)
    page = opened("journal", cast.nadia, set=str(made.id))

    page.button(key="undo_now").click().run()

    assert not page.exception
    assert tier_of(cast) == "VIP4"
    with db.read() as session:
        undo = journal.undone_by(session, made.id)
    assert undo is not None
    assert (undo.made_by, undo.kind) == (cast.nadia.id, "undo")


def test_an_undo_leaves_what_was_changed_since_and_says_so(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    made = raised_tier(cast.mei, cast.harbour)
    raised_tier(cast.mei, cast.harbour, "VIP6")
    page = opened("journal", cast.mei, set=str(made.id))

    page.button(key="undo_now").click().run()

    assert tier_of(cast) == "VIP6"
    assert "1" in page.warning[0].value


def test_a_set_of_another_team_is_as_if_it_were_not_there(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    made = raised_tier(cast.oskar, cast.fjord)

    page = opened("journal", cast.nadia, set=str(made.id))

    assert "no such entry" in page.error[0].value
    assert not page.dataframe


def test_a_change_of_accounts_cannot_be_undone_by_somebody_who_may_not_change_accounts(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.ada, why="another role") as session:
        people.change(session, cast.ada, cast.oskar.id, PersonChange(version=1, role=people.Role.LEAD, team_id=None))
    with db.read() as session:
        made = journal.recent(session, limit=1)[0]
        oskar = people.get(session, cast.ada, cast.oskar.id)
    page = opened("journal", oskar, set=str(made.id))

    page.button(key="undo_now").click().run()

    assert page.error
    with db.read() as session:
        assert people.get(session, cast.ada, cast.oskar.id).role == "lead"
