"""Whose changes one may look at and undo, on both engines."""

from datetime import date
from uuid import UUID

import pytest

from crm import clients, db, handover, history, imports, interactions, journal
from crm.clients import ClientChange, ContactKind, NewContactMethod
from crm.ground.errors import InvalidError, NotAllowedError, NotFoundError
from crm.ground.messages import Message
from crm.history import SetFilter
from crm.interactions import InteractionChange, NewInteraction
from crm.people import Person
from tests.cast import Cast
from tests.imports.bringing import bring_in, take_back


def raised(by: Person, client: clients.Client) -> UUID:
    with db.write(by=by, why=f"raised {client.name}") as session:
        now = clients.get(session, by, client.id)
        clients.change(session, by, client.id, ClientChange(version=now.version, tier="VIP9"))
    with db.read() as session:
        return journal.recent(session, limit=1)[0].id


def reasons(viewer: Person, wanted: SetFilter | None = None) -> list[str]:
    with db.read() as session:
        return [str(line.made.reason) for line in history.page(session, viewer, wanted or SetFilter())]


def test_a_lead_sees_the_sets_of_the_team_newest_first(cast: Cast) -> None:
    raised(cast.mei, cast.harbour)
    raised(cast.oskar, cast.fjord)
    raised(cast.tomas, cast.northlight)

    assert reasons(cast.nadia) == ["raised Northlight", "raised Harbour Capital"]
    assert reasons(cast.mei) == ["raised Harbour Capital"]
    assert reasons(cast.ada) == []


def counted(viewer: Person, made_by: UUID | None) -> int:
    with db.read() as session:
        return history.total(session, viewer, SetFilter(made_by=made_by))


def test_all_sets_are_sorted_by_what_a_head_says_and_turned_over(cast: Cast) -> None:
    raised(cast.tomas, cast.northlight)
    raised(cast.mei, cast.harbour)
    with db.write(by=cast.mei, why="a longer one") as session:
        for client in (cast.harbour, cast.lotus):
            clients.change(
                session,
                cast.mei,
                client.id,
                ClientChange(version=clients.get(session, cast.mei, client.id).version, tier="VIP7"),
            )

    def told(order: str, *, descending: bool = False, limit: int = 50, offset: int = 0) -> list[str]:
        with db.read() as session:
            found = history.page(
                session, cast.nadia, SetFilter(), order=order, descending=descending, limit=limit, offset=offset
            )
        return [line.made.why for line in found]

    assert told("who") == ["a longer one", "raised Harbour Capital", "raised Northlight"]
    assert told("who", descending=True) == ["raised Northlight", "a longer one", "raised Harbour Capital"]
    assert told("rows", descending=True)[0] == "a longer one"
    assert told("when") == ["raised Northlight", "raised Harbour Capital", "a longer one"]
    assert told("when", limit=2, offset=2) == ["a longer one"]
    assert [counted(cast.nadia, by) for by in (None, cast.tomas.id)] == [3, 1]
    with pytest.raises(InvalidError, match="sorted by"):
        told("seq; DROP TABLE change_set")


def test_a_reason_with_values_stands_among_the_others_by_its_words(cast: Cast) -> None:
    for why in ("wrote it again", Message("took back {file}", file="clients.csv"), "asked again"):
        with db.write(by=cast.mei, why=why) as session:
            client = clients.get(session, cast.mei, cast.harbour.id)
            tier = f"VIP{client.version}"
            clients.change(session, cast.mei, client.id, ClientChange(version=client.version, tier=tier))

    with db.read() as session:
        found = history.page(session, cast.mei, SetFilter(), order="why", descending=False)

    assert [str(line.made.reason) for line in found] == ["asked again", "took back clients.csv", "wrote it again"]


def test_a_day_is_the_readers_own(cast: Cast) -> None:
    raised(cast.mei, cast.harbour)  # at noon on 16 March in Shanghai

    assert reasons(cast.mei, SetFilter(on=date(2026, 3, 16))) == ["raised Harbour Capital"]
    assert reasons(cast.mei, SetFilter(on=date(2026, 3, 15))) == []


def test_a_managers_old_set_about_a_client_who_moved_away_cannot_be_undone_by_them(cast: Cast) -> None:
    made = raised(cast.mei, cast.harbour)
    with db.write(by=cast.nadia) as session:
        handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.tomas.id)

    with pytest.raises(NotAllowedError), db.write(by=cast.mei) as session:
        history.undo(session, cast.mei, made)

    with db.write(by=cast.nadia) as session:
        undone = history.undo(session, cast.nadia, made)
    assert undone.rows == 1


def moved_away(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.tomas.id)


def newest() -> UUID:
    with db.read() as session:
        return journal.recent(session, limit=1)[0].id


def test_what_was_said_planned_and_noted_about_a_client_who_moved_away_stays(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        clients.contact_methods.add(
            session, cast.mei, cast.harbour.id, NewContactMethod(kind=ContactKind.EMAIL, value="new@x.example")
        )
    reached = newest()
    with db.write(by=cast.mei) as session:
        said = interactions.log(session, cast.mei, NewInteraction(client_id=cast.harbour.id, summary="Fees"))
    logged = newest()
    with db.write(by=cast.mei) as session:
        interactions.change(session, cast.mei, said.id, InteractionChange(version=said.version, summary="Fees, again"))
    corrected = newest()
    moved_away(cast)

    for made in (corrected, logged, reached):
        with pytest.raises(NotAllowedError), db.write(by=cast.mei, kind="undo") as session:
            history.undo(session, cast.mei, made)

    with db.write(by=cast.nadia, kind="undo") as session:
        assert history.undo(session, cast.nadia, corrected).rows == 1


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("clients", "uid,notes\n{uid},Seen in Rome\n"),
        ("tasks", "uid,title\n{uid},Call back\n"),
        ("trades", "uid,time,symbol,side,price,quantity,trade id\n{uid},2026-03-01T10:00:00Z,BTC-USDT,buy,1,1,T1\n"),
    ],
)
def test_an_import_is_not_taken_back_from_under_its_clients_new_manager(cast: Cast, kind: str, text: str) -> None:
    done = bring_in(cast.mei, kind, text.format(uid=cast.harbour.uid))
    assert done.counts.refused == 0
    moved_away(cast)

    with pytest.raises(NotAllowedError):
        take_back(cast.mei, done)

    assert take_back(cast.nadia, done, force=True).rows  # an open task went along with its client


def test_a_set_of_another_team_cannot_be_found_nor_undone(cast: Cast) -> None:
    made = raised(cast.oskar, cast.fjord)

    with pytest.raises(NotFoundError), db.write(by=cast.nadia) as session:
        history.undo(session, cast.nadia, made)


def test_rows_of_a_set_name_the_client_and_only_what_differs(cast: Cast) -> None:
    made = raised(cast.mei, cast.lotus)

    with db.read() as session:
        [row] = history.rows_of(session, cast.mei, made)

    assert (row.name, row.act) == ("莲花资本", "changed")
    assert [(field.field, field.before, field.after) for field in row.fields] == [("tier", "VIP1", "VIP9")]


def test_undoing_an_import_from_the_journal_also_says_so_on_its_certificate(cast: Cast) -> None:
    with db.write(by=cast.tomas) as session:
        batch = imports.stage(
            session, cast.tomas, None, "list.csv", b"UID,Name,VIP Level\n743072917935893797,Northlight,VIP9\n"
        )
    applied = imports.apply(cast.tomas, batch.id).batch
    assert applied.change_set_id is not None

    with db.write(by=cast.nadia, kind="undo") as session:
        history.undo(session, cast.nadia, applied.change_set_id)

    with db.read() as session:
        assert imports.get(session, cast.tomas, batch.id).status == imports.BatchStatus.UNDONE
        assert clients.get(session, cast.tomas, cast.northlight.id).tier == "VIP2"
