"""ClickUp: the tasks of a list as CSV, where priority 1 is urgent, and a task in a closed status is done."""

from crm.imports.layouts.trello import DONE
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import ZONE, chosen

_MOMENT = 'make_timestamptz(CAST("Due Date" AS BIGINT) * 1000)'  # milliseconds
DUE_ON = f"CASE WHEN regexp_full_match(\"Due Date\", '\\d{{13}}') THEN CAST(CAST(timezone('{ZONE}', {_MOMENT}) AS DATE) AS VARCHAR) END"

TASKS = Layout(
    "ClickUp tasks",
    "tasks",
    ("Task ID", "Task Name", "Status", "Priority", "List Name"),
    columns={"external_id": "Task ID", "title": "Task Name", "due_at": "Due Date", "created_at": "Date Created"},
    worked_out={
        "owner": "nullif(trim(split_part(trim(coalesce(\"Assignee\", \"Assignees\"), '[]'), ',', 1)), '')",
        "priority": chosen('"Priority"', {"1": "urgent", "2": "high", "3": "normal", "4": "low", "null": "normal"}),
        "due_on": DUE_ON,
        "status": f"CASE WHEN regexp_matches(trim(\"Status\"), '{DONE}') THEN 'done' ELSE 'open' END",
    },
    remarks={"has several members: the first of them is its owner": 'coalesce("Assignee", "Assignees") LIKE \'%,%\''},
    says="Descriptions, comments, tags and lists of these tasks are not kept.",
)

register(TASKS)
