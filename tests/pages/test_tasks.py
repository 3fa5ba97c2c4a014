"""Finding, finishing, putting off and handing over tasks from the screen."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import clients, db, exports, tasks
from crm.ground import clock
from crm.interactions import Interaction
from crm.people import Person
from crm.screens.tasks import listing
from crm.tasks import NewTask, Priority, Task, TaskChange, TaskStatus
from crm.web.kit.table import Order
from tests.cast import Cast
from tests.pages.opening import opened, pick, tick


def planned(by: Person, title: str, due_on: date, client_id: UUID | None = None) -> UUID:
    with db.write(by=by, why="plan") as session:
        return tasks.add(session, by, NewTask(title=title, due_on=due_on, client_id=client_id)).id


def now(by: Person, task_id: UUID) -> Task:
    with db.read() as session:
        return tasks.get(session, by, task_id)


def titles(page: AppTest) -> list[str]:
    return [title for table in page.dataframe for title in table.value["title"]]


def test_the_address_narrows_the_list_to_what_is_overdue(cast_on_duckdb: Cast) -> None:
    mei = cast_on_duckdb.mei
    planned(mei, "Late", date(2026, 3, 10))
    planned(mei, "Today", date(2026, 3, 16))

    everything, overdue = opened("tasks", mei), opened("tasks", mei, when="overdue")

    assert titles(everything) == ["Late", "Today"]
    assert titles(overdue) == ["Late"]


def test_a_head_sorts_all_tasks_by_day_and_by_urgency_and_the_export_follows(cast_on_duckdb: Cast) -> None:
    mei = cast_on_duckdb.mei
    for title, due_on, priority in (
        ("A", date(2026, 12, 4), Priority.LOW),
        ("B", date(2026, 11, 30), Priority.URGENT),
        ("C", None, Priority.HIGH),
    ):
        with db.write(by=mei, why="plan") as session:
            tasks.add(session, mei, NewTask(title=title, due_on=due_on, priority=priority))

    assert titles(opened("tasks", mei)) == ["B", "A", "C"]
    assert titles(opened("tasks", mei, sort="due", way="down")) == ["A", "B", "C"]
    assert titles(opened("tasks", mei, sort="priority", way="down")) == ["B", "C", "A"]
    assert titles(opened("tasks", mei, sort="client; DROP TABLE task")) == ["B", "A", "C"]

    selection = listing.export_of(tasks.TaskFilter(owner_ids=(mei.id,)), Order("priority", descending=True))
    taken = json.loads(exports.download(mei, "tasks", layout=exports.Layout.JSON, selection=selection)[1])
    assert [task["title"] for task in taken] == ["B", "C", "A"]


def test_a_task_is_done_with_its_outcome_and_logged_as_a_conversation(cast_on_duckdb: Cast) -> None:
    mei, harbour = cast_on_duckdb.mei, cast_on_duckdb.harbour
    task_id = planned(mei, "Ask about the API limits", date(2026, 3, 16), harbour.id)
    page = tick(opened("tasks", mei), 0)

    page.button(key="bar_done").click().run()
    page.text_area(key="done_outcome").set_value("They need 200 orders a second.")
    page.selectbox(key="done_channel").set_value("call")
    page.button(key="done_now").click().run()

    with db.read() as session:
        [talk] = session.exec(select(Interaction)).all()
    assert (now(mei, task_id).status, now(mei, task_id).outcome) == (TaskStatus.DONE, "They need 200 orders a second.")
    assert (talk.client_id, talk.channel, talk.topic) == (harbour.id, "call", "Ask about the API limits")


def test_a_task_without_an_outcome_stays_open_and_says_why(cast_on_duckdb: Cast) -> None:
    task_id = planned(cast_on_duckdb.tomas, "Call", date(2026, 3, 16))
    page = tick(opened("tasks", cast_on_duckdb.tomas), 0)

    page.button(key="bar_done").click().run()
    page.button(key="done_now").click().run()

    assert now(cast_on_duckdb.tomas, task_id).status == TaskStatus.OPEN
    assert len(page.error) == 1


def test_chosen_tasks_are_put_off_together(cast_on_duckdb: Cast) -> None:
    tomas = cast_on_duckdb.tomas
    ids = [planned(tomas, title, date(2026, 3, 12)) for title in ("One", "Two")]
    page = tick(opened("tasks", tomas), 0, 1)

    pick(page, "bar_snooze", "monday")

    assert [now(tomas, task_id).snoozed_until for task_id in ids] == [date(2026, 3, 23)] * 2
    assert titles(page) == []


def test_a_lead_hands_a_task_to_whoever_looks_after_the_client(cast_on_duckdb: Cast) -> None:
    nadia, tomas = cast_on_duckdb.nadia, cast_on_duckdb.tomas
    task_id = planned(nadia, "Say hello", date(2026, 3, 16), cast_on_duckdb.northlight.id)
    page = tick(opened("tasks", nadia), 0)

    page.button(key="bar_hand_over").click().run()
    page.selectbox(key="hand_over_to").set_value(tomas.id)
    page.button(key="hand_over_now").click().run()

    assert now(nadia, task_id).owner_id == tomas.id


def test_a_new_task_is_planned_from_the_page(cast_on_duckdb: Cast) -> None:
    tomas, northlight = cast_on_duckdb.tomas, cast_on_duckdb.northlight
    page = opened("tasks", tomas)

    page.button(key="add_task").click().run()
    page.text_input(key="new_task_title").set_value("Prepare the review")
    page.selectbox(key="new_task_client").set_value(northlight.id)
    page.date_input(key="new_task_due").set_value(date(2026, 3, 18))
    page.button(key="new_task_now").click().run()

    with db.read() as session:
        [task] = session.exec(select(Task)).all()
    assert (task.title, task.client_id, task.due_on) == ("Prepare the review", northlight.id, date(2026, 3, 18))
    assert titles(page) == ["Prepare the review"]


def test_a_promise_is_moved_to_another_day(cast_on_duckdb: Cast) -> None:
    tomas = cast_on_duckdb.tomas
    task_id = planned(tomas, "Send the contract", date(2026, 3, 17))
    page = tick(opened("tasks", tomas), 0)

    pick(page, "bar_snooze", "change")
    page.date_input(key=f"change_{task_id}_1_due").set_value(date(2026, 3, 19))
    page.button(key="change_task_now").click().run()

    assert now(tomas, task_id).due_on == date(2026, 3, 19)
    assert now(tomas, task_id).title == "Send the contract"


def test_what_is_wrong_with_a_task_is_told_in_its_form_and_what_was_typed_stays(cast_on_duckdb: Cast) -> None:
    page = opened("tasks", cast_on_duckdb.tomas)
    page.button(key="add_task").click().run()
    page.text_input(key="new_task_title").set_value("Send the fee table")
    page.selectbox(key="new_task_kind").set_value("promise")
    page.date_input(key="new_task_due").set_value(None)

    page.button(key="new_task_now").click().run()

    assert [error.value for error in page.error] == ["A promise and a repeating task need a day on which they are due."]
    assert page.text_input(key="new_task_title").value == "Send the fee table"


def test_words_typed_over_somebody_elses_change_of_a_task_are_not_lost(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.tomas) as session:
        task = tasks.add(session, cast.tomas, NewTask(title="Call", client_id=cast.northlight.id))
    page = opened("client", cast.tomas, id=str(cast.northlight.id), tab="tasks")
    pick(page, f"client_snooze_{task.id}", "change")
    page.text_input(key=f"change_{task.id}_1_title").set_value("Call about fees").run()
    with db.write(by=cast.nadia) as session:
        tasks.change(session, cast.nadia, task.id, TaskChange(version=1, title="Visit"))

    page.button(key="change_task_now").click().run()
    [line] = page.table[0].value.to_dict("records")
    assert [line[name] for name in ("Before", "Yours", "Now there")] == ["Call", "Call about fees", "Visit"]
    page.button(key="form_mine").click().run()

    with db.read() as session:
        assert tasks.get(session, cast.tomas, task.id).title == "Call about fees"


def finished(cast: Cast, title: str, due_on: date, done_at: datetime) -> None:
    task_id = planned(cast.tomas, title, due_on)
    with clock.stopped_at(done_at), db.write(by=cast.tomas) as session:
        tasks.done(session, cast.tomas, task_id, outcome="Sent")


def test_finished_tasks_tell_when_and_are_late_only_if_they_were_finished_late(cast_on_duckdb: Cast) -> None:
    finished(cast_on_duckdb, "In time", date(2026, 1, 5), datetime(2026, 1, 5, 20, tzinfo=UTC))
    finished(cast_on_duckdb, "Two days late", date(2026, 1, 12), datetime(2026, 1, 14, 8, tzinfo=UTC))

    shown = opened("tasks", cast_on_duckdb.tomas, status="done").dataframe[0].value

    titles, dues, ends = (list(shown[name]) for name in ("title", "when", "finished"))
    assert titles == ["Two days late", "In time"]
    assert dues == ["12 Jan 2026 · 2 days late", "5 Jan 2026"]
    assert ends == ["14 Jan 2026 09:00", "5 Jan 2026 21:00"]


def test_snoozed_tasks_are_counted_and_found(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    planned(cast.tomas, "Awake", date(2026, 3, 17))
    asleep = planned(cast.tomas, "Asleep", date(2026, 3, 20))
    with db.write(by=cast.tomas) as session:
        tasks.snooze(session, cast.tomas, asleep, until=date(2026, 3, 19))

    page = opened("tasks", cast.tomas)
    [groups] = [one for one in page.get("button_group") if one.key == "addressed_when"]
    snoozed = opened("tasks", cast.tomas, when="snoozed").dataframe[0].value

    assert "Snoozed · 1" in str(groups.proto)
    assert list(page.dataframe[0].value["title"]) == ["Awake"]
    assert list(snoozed["title"]) == ["Asleep"]
    assert "1 snoozed" in " ".join(one.value for one in opened("my_day", cast.tomas).caption)


def test_a_client_says_whose_each_task_is(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    planned(cast.nadia, "Call the desk", date(2026, 3, 17), cast.northlight.id)

    page = opened("client", cast.tomas, id=str(cast.northlight.id), tab="tasks")

    assert any("Call the desk" in one.value and "Nadia Haddad" in one.value for one in page.markdown)


def test_a_task_that_was_typed_and_not_sent_is_there_again(cast_on_duckdb: Cast) -> None:
    first = opened("tasks", cast_on_duckdb.tomas)
    first.button(key="add_task").click().run()
    first.text_input(key="new_task_title").set_value("Send the fee").run()

    later = opened("tasks", cast_on_duckdb.tomas)
    later.button(key="add_task").click().run()
    assert later.text_input(key="new_task_title").value == "Send the fee"
    later.button(key="new_task_now").click().run()
    later.button(key="add_task").click().run()

    assert later.text_input(key="new_task_title").value == ""


def test_a_task_is_only_offered_to_who_can_take_it(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.nadia) as session:
        about = tasks.add(session, cast.nadia, NewTask(title="x", client_id=cast.harbour.id, owner_id=cast.mei.id))
        own = tasks.add(session, cast.nadia, NewTask(title="y"))

    with db.read() as session:
        offered = [person.name for person in tasks.owners.offered(session, cast.nadia, [about.id])]
        anybody = [person.name for person in tasks.owners.offered(session, cast.nadia, [own.id])]

    assert offered == ["Mei Lin", "Nadia Haddad"]
    assert anybody == ["Mei Lin", "Nadia Haddad", "Tomas Berg"]


def test_lists_are_narrowed_to_people_of_ones_own_scope(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.read() as session:
        led = [person.name for person in clients.assignments.managers_of(session, cast.nadia)]
        own = [person.name for person in clients.assignments.managers_of(session, cast.mei)]

    assert (led, own) == (["Mei Lin", "Tomas Berg"], ["Mei Lin"])
    assert opened("clients", cast.nadia).multiselect(key="narrowed_manager").options == ["Mei Lin", "Tomas Berg"]
