"""An id of a conversation or a task is unique within its system only: which row is which, again, and in another file."""

import datetime as dt

import pytest
from sqlmodel import select

from crm import db, exports, imports
from crm.interactions.models import Interaction
from crm.tasks.models import Task
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything, problems
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long

CALLS = "ID,UID,Date,Notes\n4,{uid},2026-01-20 09:00,Asked for a statement\n5,{uid},2026-01-21 09:00,Sent it\n"
TICKETS = "ID,UID,Date,Notes\n4,{uid},2026-02-20 09:00,Two factors lost\n5,{uid},2026-02-21 09:00,Two factors back\n"


def said() -> set[str]:
    with db.read() as session:
        return {talk.summary for talk in session.exec(select(Interaction))}


def test_two_systems_count_their_conversations_each_from_one(cast: Cast) -> None:
    calls = CALLS.format(uid=cast.harbour.uid)
    bring_in(cast.nadia, "interactions", calls)
    for client in (cast.northlight, cast.harbour):  # another client, and the same on other days
        tickets = TICKETS.format(uid=client.uid)
        done = bring_in(cast.nadia, "interactions", tickets)
        assert done.counts == counts(created=2)
        assert ["another row here has this id" in reason for _, _, reason in problems(cast.nadia, done)] == [True, True]
        assert bring_in(cast.nadia, "interactions", tickets).counts == counts(unchanged=2)
    assert bring_in(cast.nadia, "interactions", calls).counts == counts(unchanged=2)

    bring_in(cast.nadia, "interactions", calls.replace("Sent it", "Sent the statement"))

    assert {"Sent the statement", "Two factors lost"} <= said()
    assert "Sent it" not in said()
    _, content = exports.download(cast.nadia, "interactions", layout=exports.Layout.CSV)
    before = everything()
    assert bring_in(cast.nadia, "interactions", content).counts == counts(unchanged=6)
    assert everything() == before


def test_messages_of_one_conversation_are_rows_of_their_own(cast: Cast) -> None:
    rows = [f"C-7,{cast.harbour.uid},2026-01-20 09:0{n},{text}\n" for n, text in enumerate(("Hello", "Fees?", "Bye"))]
    text = "Conversation id,UID,Date,Notes\n" + "".join(rows)

    done = bring_in(cast.nadia, "interactions", text + rows[1])

    assert done.counts == counts(created=3, duplicate=1)
    assert bring_in(cast.nadia, "interactions", text).counts == counts(unchanged=3)
    with db.read() as session:
        (guess,) = [g for g in imports.guesses_of(session, cast.nadia, done.batch.id) if g.topic == "same_row"]
    assert (guess.column, list(guess.others)) == ("Conversation id", ["first counts"])


def test_the_same_words_to_two_clients_are_two_conversations(cast: Cast) -> None:
    for name in (cast.harbour.name, cast.northlight.name):
        text = f"Client,Date,Notes\n{name},2026-01-20,No answer\n"
        assert bring_in(cast.nadia, "interactions", text).counts == counts(created=1)
        assert bring_in(cast.nadia, "interactions", text).counts == counts(unchanged=1)


def test_a_corrected_list_moves_its_tasks(cast: Cast) -> None:
    """By an id however it is called; without one by title, client and the moment of its creation."""
    keys = ("Task ID", "Ticket No.", "CaseNumber", "Activity Id", "任务编号", "Issue key", "Aufgaben-ID", "Created")
    rows = {key: ("2026-01-05 08:00:11" if key == "Created" else f"T-{n}") for n, key in enumerate(keys)}
    for key, known_by in rows.items():
        text = f"{key},Title,Due date\n{known_by},About {key},2026-05-04\n"
        assert bring_in(cast.mei, "tasks", text).counts == counts(created=1), key
        assert bring_in(cast.mei, "tasks", text.replace("05-04", "05-18")).counts == counts(changed=1), key
    with db.read() as session:
        due = {task.title: task.due_on for task in session.exec(select(Task))}
    assert due == dict.fromkeys((f"About {key}" for key in keys), dt.date(2026, 5, 18))


def test_a_task_of_another_client_and_title_is_another(cast: Cast) -> None:
    text = "Ticket #,UID,Title,Due date\n12,{uid},{title},2026-05-04\n"
    first = text.format(uid=cast.harbour.uid, title="Raise the limit")
    bring_in(cast.nadia, "tasks", first)

    other = bring_in(cast.nadia, "tasks", text.format(uid=cast.northlight.uid, title="Send the contract"))
    moved = bring_in(cast.nadia, "tasks", text.format(uid=cast.northlight.uid, title="Send the contracts"))

    assert (other.counts, moved.counts) == (counts(created=1), counts(changed=1))
    assert bring_in(cast.nadia, "tasks", first).counts == counts(unchanged=1)


@pytest.mark.parametrize("title", ["Customer No", "No.", "Contact ID", "Call number", "Owner ID"])
def test_the_id_of_somebody_else_is_none_of_the_row(cast: Cast, title: str) -> None:
    text = f"{title},Title,Due date\n7,One thing,2026-05-04\n7,Another,2026-05-05\n"

    done = bring_in(cast.mei, "tasks", text)

    assert done.counts.created == 2
    assert "external_id" not in done.batch.mapping["columns"]
