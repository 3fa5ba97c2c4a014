"""Google Tasks as Takeout gives them: lists of tasks, each within its list. A due day is written as midnight in UTC, and is a day."""

from crm.intake.layouts import Layout, register

TASKS = Layout(
    "Google Tasks",
    "tasks",
    ("id", "title", "status", "updated"),
    columns={
        "external_id": "id",
        "title": "title",
        "created_at": "created",
        "done_at": ("completed", "completed_date"),
    },
    worked_out={
        "due_on": "nullif(left(\"due\", 10), '')",
        "status": "CASE WHEN \"status\" = 'completed' THEN 'done' ELSE 'open' END",
    },
    left_out={"was deleted": "lower(\"deleted\") = 'true'"},
    says="Notes and links of these tasks are not kept.",
)

register(TASKS)
