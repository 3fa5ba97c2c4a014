"""Tasks from other programs: what is done, by whom and by when."""

from datetime import date
from typing import Any

from sqlmodel import select

from crm import db
from crm.tasks.models import Task
from tests.cast import Cast
from tests.imports.bringing import bring_in

MS = "1773158340000"  # 2026-03-10 15:59 UTC

TASKS: dict[str, tuple[str, int, list[tuple[str, str, str, date | None, str]]]] = {
    "Asana tasks": (
        (
            "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,"
            "Projects,Parent task\n"
            "1201,2026-02-01,,2026-02-02,Confirm rebate,Doing,Mei Lin,mei@desk.example,,2026-03-30,,two pages,VIP,\n"
            "1202,2026-02-01,2026-02-10,2026-02-10,Send limits,Done,,,,2026-02-06,,,VIP,Confirm rebate\n"
        ),
        0,
        [
            ("Confirm rebate", "open", "normal", date(2026, 3, 30), "mei"),
            ("Send limits", "done", "normal", date(2026, 2, 6), ""),
        ],
    ),
    "Asana tasks (JSON)": (
        (
            '{"data":[{"gid":"91","name":"Call Halden","completed":false,"completed_at":null,"due_on":"2026-03-30",'
            '"created_at":"2026-02-01T10:00:00.000Z","assignee":{"name":"Mei Lin"}},'
            '{"gid":"92","name":"Mail Halden","completed":true,"completed_at":"2026-02-10T10:00:00.000Z","due_on":null,'
            '"created_at":"2026-02-01T10:00:00.000Z","assignee":null}]}'
        ),
        0,
        [("Call Halden", "open", "normal", date(2026, 3, 30), "mei"), ("Mail Halden", "done", "normal", None, "")],
    ),
    "Todoist tasks": (
        (
            "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE\n"
            "section,Clients,,,,,,,,,,,\n"
            "task,Renew the tier,Two pages,1,1,Nadia (1),Mei Lin (14781400),2026-10-12,en,UTC,,,\n"
            "note,Ask first,,,,,,,,,,,\n"
            "task,Weekly call,,4,2,Nadia (1),,every week,en,UTC,,,\n"
            "task,Send the deck,,3,1,Nadia (1),,tomorrow at 5pm,en,UTC,,,\n"
        ),
        2,
        [
            ("Renew the tier", "open", "urgent", date(2026, 10, 12), "mei"),
            ("Send the deck", "open", "normal", None, ""),
            ("Weekly call", "open", "low", None, ""),
        ],
    ),
    "Todoist tasks (API)": (
        (
            '[{"id":"71","content":"Ring Bo","description":"","priority":4,"project_id":"1","checked":false,"due":{"date":"2026-10-12",'
            '"string":"12 Oct"},"added_at":"2026-02-01T10:00:00Z"},{"id":"72","content":"Ring Al","description":"","priority":1,'
            '"project_id":"1","checked":true,"due":null,"added_at":"2026-02-01T10:00:00Z","completed_at":"2026-02-02T10:00:00Z"}]'
        ),
        0,
        [("Ring Al", "done", "low", None, ""), ("Ring Bo", "open", "urgent", date(2026, 10, 12), "")],
    ),
    "Trello cards": (
        (
            "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,List ID,List Name,Board Name,Archived,Due Complete\n"
            "c1,Draft terms,https://t.example/1,,Deal (green),Mei Lin,2026-10-09T08:00:00.000Z,l1,Doing,VIP,false,false\n"
            "c2,Order gifts,https://t.example/2,,,,,l2,Done,VIP,false,false\n"
            "c3,Old idea,https://t.example/3,,,,,l1,Ideas,VIP,true,false\n"
            "c4,Sign terms,https://t.example/4,,,,2026-10-10T08:00:00.000Z,l1,Doing,VIP,false,true\n"
        ),
        0,
        [
            ("Draft terms", "open", "normal", date(2026, 10, 9), "mei"),
            ("Old idea", "withdrawn", "normal", None, ""),
            ("Order gifts", "done", "normal", None, ""),
            ("Sign terms", "done", "normal", date(2026, 10, 10), ""),
        ],
    ),
    "Trello cards (JSON)": (
        (
            '{"id":"b","name":"VIP","lists":[{"id":"l1","name":"Doing"}],"cards":['
            '{"id":"c8","name":"Plan dinner","desc":"","due":"2026-10-09T08:00:00.000Z","dueComplete":true,"closed":false,"idList":"l1"},'
            '{"id":"c9","name":"Book room","desc":"","due":null,"dueComplete":false,"closed":false,"idList":"l1"}]}'
        ),
        0,
        [("Book room", "open", "normal", None, ""), ("Plan dinner", "done", "normal", date(2026, 10, 9), "")],
    ),
    "ClickUp tasks": (
        (
            "Task ID,Task Name,Status,Priority,Assignee,Due Date,Due Date Text,List Name\n"
            f"86a,Ask for limits,to do,2,Mei Lin,{MS},3/10/2026,VIP\n"
            "86b,Thank Bo,complete,null,,,,VIP\n"
        ),
        0,
        [("Ask for limits", "open", "high", date(2026, 3, 10), "mei"), ("Thank Bo", "done", "normal", None, "")],
    ),
    "Google Tasks": (
        (
            '{"kind":"tasks#taskLists","items":[{"kind":"tasks#tasks","id":"l1","title":"Mine","items":['
            '{"id":"t1","title":"Bring the table","status":"needsAction","due":"2026-03-20T00:00:00Z","updated":"2026-03-01T10:00:00Z"}]},'
            '{"id":"l2","title":"Team","items":[{"id":"t2","title":"Book a call","status":"completed","due":"2026-03-02T00:00:00Z",'
            '"completed":"2026-03-02T10:00:00Z","updated":"2026-03-02T10:00:00Z"}]}]}'
        ),
        0,
        [
            ("Book a call", "done", "normal", date(2026, 3, 2), ""),
            ("Bring the table", "open", "normal", date(2026, 3, 20), ""),
        ],
    ),
}


def test_tasks_of_other_programs_say_what_is_done_by_whom_and_by_when(cast_on_duckdb: Cast) -> None:
    found = {}
    for name, (text, _, _) in TASKS.items():
        before = _tasks()
        file = f"tasks.{'json' if text[0] in '{[' else 'csv'}"
        done = bring_in(cast_on_duckdb.nadia, None, text, name=file)
        again = bring_in(cast_on_duckdb.nadia, None, text, name=file)
        new = sorted(
            (
                task.title,
                task.status,
                task.priority,
                task.due_on,
                "mei" if task.owner_id == cast_on_duckdb.mei.id else "",
            )
            for key, task in _tasks().items()
            if key not in before
        )
        assert (again.counts.created, again.counts.changed) == (0, 0), name
        found[done.batch.mapping["layout"]] = (done.counts.refused, new)

    assert found == {name: (refused, tasks) for name, (_, refused, tasks) in TASKS.items()}


def _tasks() -> dict[Any, Task]:
    with db.read() as session:
        return {task.id: task for task in session.exec(select(Task))}
