"""Rows about clients of other books are held when a file is applied, and a lead who sees those clients decides."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from crm import clients, db, duplicates, imports, jobs, journal
from crm.clients import Client, NewClient
from crm.clients.holding import MOST_A_DAY, HeldError
from crm.clients.models import HeldRow
from crm.ground import clock
from crm.ground.errors import CrmError, NotAllowedError, NotFoundError
from crm.people import Person, machine
from crm.trading import DailyActivity
from tests.api.conftest import Api, api
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything, problems, staged, take_back
from tests.imports.rich import FOREIGN, UNKNOWN
from tests.pages.opening import opened

__all__ = ["api"]


def test_applying_takes_in_the_unknown_and_holds_the_others(rich: Cast) -> None:
    before = everything()["client"]

    done = bring_in(
        rich.mei, "clients", f"venue,uid,name,tier\nGate,{FOREIGN[0]},Mine now,VIP9\nGate,{UNKNOWN[0]},New,VIP1\n"
    )

    assert done.counts == counts(created=1, held=1)
    assert problems(rich.mei, done) == [(2, "UID", "waits for a lead")]
    assert len(everything()["client"]) == len(before) + 1
    with db.read() as session:
        [held] = session.exec(select(HeldRow)).all()
    assert (held.asked_by, held.line, held.outcome) == (rich.mei.id, 2, "")


def test_facts_of_another_desks_account_wait_and_change_no_figure(rich: Cast) -> None:
    before = everything()

    done = bring_in(
        rich.mei, "daily_activity", f"uid,day,volume usd\n{FOREIGN[0]},2026-03-01,1\n{FOREIGN[1]},2026-03-02,2\n"
    )

    assert done.counts == counts(held=2)
    assert [(int(s.in_file), int(s.in_store)) for s in done.sums] == [(3, 0)]
    assert everything() == before


def test_a_lead_who_sees_the_client_lets_its_row_in_and_one_undo_takes_it_back(rich: Cast) -> None:
    before = everything()
    done = bring_in(rich.mei, "clients", f"venue,uid,tier\nGate,{FOREIGN[0]},VIP9\nGate,{FOREIGN[1]},VIP9\n")

    with db.read() as session:
        lines = imports.held_rows.lines(session, machine())
    written = imports.held_rows.let_in(machine(), [lines[0].held.id])

    assert [(one.client_name, one.line and one.line.outcome) for one in lines] == [
        ("Rich 0", "changed"),
        ("Rich 1", "changed"),
    ]
    assert ("tier", None, "VIP9") in [
        (d.label, d.old, d.new) for one in lines[:1] if one.line for d in one.line.differences
    ]
    assert written == 1
    with db.read() as session:
        assert [c.tier for c in session.exec(select(Client).where(Client.uid == FOREIGN[0]))] == ["VIP9"]
        assert [one.outcome for one in session.exec(select(HeldRow).order_by(col(HeldRow.line)))] == ["changed", ""]
        newest = journal.recent(session)[0]
    with db.write(by=machine(), kind="undo") as session:
        journal.undo(session, newest.id)
    assert everything() == before
    assert done.counts.held == 2


def test_only_leads_who_see_the_client_are_asked(rich: Cast) -> None:
    bring_in(rich.mei, "clients", f"venue,uid,tier\nGate,{FOREIGN[0]},VIP9\n")

    with db.read() as session:
        seen = {
            who.name: len(clients.holding.waiting(session, who))
            for who in (rich.mei, rich.nadia, rich.oskar, rich.ada, machine())
        }
        [held] = session.exec(select(HeldRow)).all()

    assert seen == {"Mei Lin": 0, "Nadia Haddad": 0, "Oskar Nowak": 0, "Ada Admin": 0, "VIP Desk": 1}
    for who, refusal in ((rich.mei, NotAllowedError), (rich.nadia, NotFoundError)):
        with pytest.raises(refusal):
            imports.held_rows.let_in(who, [held.id])


def test_a_row_that_is_kept_out_is_decided_once_and_written_down(rich: Cast) -> None:
    bring_in(rich.mei, "clients", f"venue,uid,tier\nGate,{FOREIGN[0]},VIP9\n")
    with db.read() as session:
        [held] = clients.holding.waiting(session, machine())

    with db.write(by=machine()) as session:
        imports.held_rows.refuse(session, machine(), [held.id])

    with db.read() as session:
        assert str(journal.recent(session)[0].reason) == "Rows that waited were not let in: 1"
    with pytest.raises(NotFoundError):
        imports.held_rows.let_in(machine(), [held.id])


def test_taking_an_import_back_takes_its_waiting_rows_back_too(rich: Cast) -> None:
    done = bring_in(rich.mei, "clients", f"venue,uid,name\nGate,{FOREIGN[0]},X\nGate,{UNKNOWN[0]},New\n")

    take_back(rich.mei, done)

    with db.read() as session:
        assert clients.holding.waiting(session, machine()) == []


def test_after_twenty_held_rows_the_next_import_waits_for_a_lead_whatever_is_in_it(rich: Cast) -> None:
    rows = "\n".join(f"Gate,{key},VIP9" for key in FOREIGN[:MOST_A_DAY])
    bring_in(rich.mei, "clients", f"venue,uid,tier\n{rows}\n")
    before = everything()

    for key in (FOREIGN[50], UNKNOWN[50]):
        batch = staged(rich.mei, "clients", f"venue,uid,name\nGate,{key},Somebody\n".encode())
        with pytest.raises(HeldError) as caught, db.write(by=rich.mei) as session:
            imports.ask_to_apply(session, rich.mei, batch.id)
        assert (
            str(caught.value)
            == "20 rows of yours wait for a lead already. This import waits, too; a lead can apply it."
        )

    assert everything() == before
    with db.read() as session:
        waiting = [one for one in imports.held_rows.lines(session, rich.nadia) if one.line is None]
    assert [(one.asked_by, one.file_name) for one in waiting] == [("Mei Lin", "list.csv")] * 2
    assert imports.apply(rich.nadia, batch.id).counts == counts(created=1)
    with db.read() as session:
        new = session.exec(select(Client).where(Client.uid == UNKNOWN[50])).one()
        assert new.manager_id == rich.mei.id  # whose file it is
        assert len([one for one in imports.held_rows.lines(session, rich.nadia) if one.line is None]) == 1
    with clock.stopped_at(clock.now() + timedelta(hours=25)):
        assert bring_in(rich.mei, "clients", f"venue,uid,name\nGate,{UNKNOWN[51]},Next day\n").counts == counts(
            created=1
        )


@pytest.mark.parametrize("venue", ["Gate", "OKX"])
def test_a_client_added_by_hand_under_another_desks_uid_waits_and_the_typing_tells_nothing(
    rich: Cast, venue: str
) -> None:
    new = NewClient(name="Somebody", venue="Gate", uid=FOREIGN[0])

    with db.read() as session:
        assert clients.taken(session, rich.mei, "Gate", FOREIGN[0]) is None
        assert duplicates.resembling(session, rich.mei, new) == []
    with pytest.raises(HeldError), db.write(by=rich.mei) as session:
        clients.add(session, rich.mei, new)

    with db.read() as session:
        [one] = imports.held_rows.lines(session, machine())
    assert (one.client_name, one.asked_by, one.held.fields["name"]) == ("Rich 0", "Mei Lin", "Somebody")


def test_whoever_guesses_uids_by_hand_waits_for_a_lead_too(rich: Cast) -> None:
    def added(session: Session, uid: str) -> Client:
        return clients.add(session, rich.mei, NewClient(name="X", venue="Gate", uid=uid))  # type: ignore[arg-type]

    for key in FOREIGN[:MOST_A_DAY]:
        with pytest.raises(HeldError), db.write(by=rich.mei) as session:
            added(session, key)

    told = []
    for key in (FOREIGN[60], UNKNOWN[60]):
        with pytest.raises(CrmError) as caught, db.write(by=rich.mei) as session:
            added(session, key)
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_over_the_api_a_held_client_is_a_conflict_in_words(rich: Cast, api: Api) -> None:
    said = api(rich.mei).post("/clients", json={"name": "X", "venue": "Gate", "uid": FOREIGN[0]})

    assert (said.status_code, said.json()) == (
        409,
        {"detail": "This was not saved yet: a lead has to look at it first."},
    )


def test_a_lead_reviews_rows_on_their_page(rich: Cast) -> None:
    with db.write(by=machine()) as session:
        lead = session.get_one(Person, rich.nadia.id)
        lead.team_id = None
    with db.read() as session:
        nadia = session.get_one(Person, rich.nadia.id)
    bring_in(rich.mei, "daily_activity", f"uid,day,volume usd\n{FOREIGN[0]},2026-03-02,8\n")

    page = opened("review", nadia)
    [row] = page.dataframe[0].value.to_dict("records")
    page.session_state[str(page.dataframe[0].key)] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.run().button(key="let_in").click().run()

    assert not page.exception
    assert (row["who"], row["client"], row["line"]) == ("Mei Lin", "Rich 0", 2)
    assert page.info[0].value == "Nothing waits for you."
    with db.read() as session:
        assert [d.volume_usd for d in session.exec(select(DailyActivity).where(DailyActivity.volume_usd == 8))] == [8]
    assert opened("imports", rich.mei).exception == []


def test_an_import_in_the_background_holds_as_well(rich: Cast) -> None:
    batch = staged(rich.mei, "clients", f"venue,uid,tier\nGate,{FOREIGN[0]},VIP9\n".encode())

    with db.write(by=rich.mei) as session:
        imports.ask_to_apply(session, rich.mei, batch.id)
    jobs.run_waiting()

    with db.read() as session:
        assert imports.certificate_of(session, rich.mei, batch.id).counts == counts(held=1)
