"""What a manager sees in the morning, and does without leaving the page."""

from datetime import date

from crm import clients, db, tasks
from crm.clients import ClientChange
from crm.tasks import NewTask, TaskStatus
from tests.cast import Cast
from tests.pages.opening import opened, pick


def test_an_overdue_task_is_finished_in_place(cast_on_duckdb: Cast) -> None:
    tomas = cast_on_duckdb.tomas
    with db.write(by=tomas, why="plan") as session:
        task = tasks.add(session, tomas, NewTask(title="Send the contract", due_on=date(2026, 3, 12)))
    page = opened("my_day", tomas)

    page.button(key=f"overdue_done_{task.id}").click().run()
    page.text_area(key="done_outcome").set_value("Sent by e-mail.")
    page.button(key="done_now").click().run()

    with db.read() as session:
        assert tasks.get(session, tomas, task.id).status == TaskStatus.DONE
    assert not any(button.key == f"overdue_done_{task.id}" for button in page.button)


def test_a_task_of_today_is_put_off_until_tomorrow(cast_on_duckdb: Cast) -> None:
    tomas = cast_on_duckdb.tomas
    with db.write(by=tomas, why="plan") as session:
        task = tasks.add(session, tomas, NewTask(title="Call back", due_on=date(2026, 3, 16)))
    page = opened("my_day", tomas)

    pick(page, f"today_snooze_{task.id}", "tomorrow")

    with db.read() as session:
        assert tasks.get(session, tomas, task.id).snoozed_until == date(2026, 3, 17)


def test_a_client_whose_kyc_expires_is_to_be_contacted_with_the_reason(cast_on_duckdb: Cast) -> None:
    tomas, northlight = cast_on_duckdb.tomas, cast_on_duckdb.northlight
    with db.write(by=tomas, why="kyc") as session:
        clients.change(session, tomas, northlight.id, ClientChange(version=1, kyc_expires_on=date(2026, 3, 25)))

    page = opened("my_day", tomas)

    assert any("The KYC expires on 25 Mar 2026" in caption.value for caption in page.caption)
    assert "Northlight" in [getattr(link, "label", "") for link in page.get("page_link")]


def test_an_empty_day_says_what_to_do_next(cast_on_duckdb: Cast) -> None:
    page = opened("my_day", cast_on_duckdb.oskar)

    assert not page.exception
    assert any("plan the week" in info.value for info in page.info)
