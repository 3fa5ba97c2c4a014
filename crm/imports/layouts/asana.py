"""Asana: the tasks of a project, as CSV and as JSON. A task is done if it has a day of completion; a sub task is a task of its own."""

from dataclasses import replace

from crm.intake.layouts import Layout, register

SAYS = "Sections, tags and notes of these tasks are not kept; a sub task becomes a task of its own."
TASKS = Layout(
    "Asana tasks",
    "tasks",
    ("Task ID", "Created At", "Completed At", "Name", "Assignee", "Due Date"),
    columns={
        "external_id": "Task ID",
        "title": "Name",
        "due_on": "Due Date",
        "created_at": "Created At",
        "done_at": "Completed At",
    },
    worked_out={
        "owner": 'coalesce("Assignee Email", "Assignee")',
        "status": "CASE WHEN \"Completed At\" IS NULL THEN 'open' ELSE 'done' END",
        "priority": 'lower("Priority")',
    },
    says=SAYS,
)
JSON = replace(
    TASKS,
    name="Asana tasks (JSON)",
    header=("gid", "name", "completed", "due_on"),
    columns={
        "external_id": "gid",
        "title": "name",
        "owner": "assignee.name",
        "due_on": "due_on",
        "created_at": "created_at",
        "done_at": "completed_at",
    },
    worked_out={
        "status": "CASE WHEN lower(\"completed\") = 'true' OR \"completed_at\" IS NOT NULL THEN 'done' ELSE 'open' END"
    },
)

register(TASKS, JSON)
