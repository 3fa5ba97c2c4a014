"""Todoist: a project as CSV, where priority 1 is the highest, and tasks as its API answers, where 4 is.

The CSV holds open tasks only, with the titles of sections and comments as rows between them. A day may be written in words:
“every week” is how often a task comes back, “tomorrow” is no day once the file is older.
"""

from dataclasses import replace

from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen

REPEATS = """CASE WHEN regexp_matches("{0}", '(?i)^every ?day|^daily') THEN 'daily'
    WHEN regexp_matches("{0}", '(?i)^every (week|(mon|tue|wed|thu|fri|sat|sun)(day|s|sday|nesday|rsday|urday)?\\b)|^weekly') THEN 'weekly'
    WHEN regexp_matches("{0}", '(?i)^every month|^monthly') THEN 'monthly'
    WHEN regexp_matches("{0}", '(?i)^(every (quarter|3 months)|quarterly)') THEN 'quarterly' END"""
DAY = "nullif(regexp_extract(\"{0}\", '^(\\d{{4}}-\\d{{2}}-\\d{{2}})', 1), '')"
OTHER_DAY = 'CASE WHEN regexp_matches("{0}", \'(?i)^(\\d{{1,2}} [a-z]{{3,9}}|[a-z]{{3,9}} \\d{{1,2}}),? \\d{{4}}$\') THEN "{0}" END'
IN_WORDS = "says its day in words only: it goes in without a due day"
TASKS = Layout(
    "Todoist tasks",
    "tasks",
    ("TYPE", "CONTENT", "PRIORITY", "INDENT", "DATE"),
    columns={"title": "CONTENT"},
    worked_out={
        "owner": "trim(regexp_replace(\"RESPONSIBLE\", '\\s*[(]\\d+[)]$', ''))",
        "priority": chosen('"PRIORITY"', {"1": "urgent", "2": "high", "3": "normal", "4": "low"}),
        "due_on": f"coalesce({DAY.format('DATE')}, {OTHER_DAY.format('DATE')}, {DAY.format('DEADLINE')})",
        "repeat": REPEATS.format("DATE"),
    },
    left_out={
        "is the title of a section, and no task": "lower(\"TYPE\") = 'section'",
        "is a comment on a task, and no task": "lower(\"TYPE\") = 'note'",
        "is no task": "lower(coalesce(\"TYPE\", '')) <> 'task'",
    },
    remarks={IN_WORDS: 'due_on IS NULL AND repeat IS NULL AND "DATE" IS NOT NULL'},
    says="Descriptions and comments of these tasks are not kept; a sub task becomes a task of its own.",
)
API = replace(
    TASKS,
    name="Todoist tasks (API)",
    header=("id", "content", "priority", "project_id"),
    columns={
        "external_id": "id",
        "title": "content",
        "created_at": ("added_at", "created_at"),
        "done_at": "completed_at",
    },
    worked_out={
        "priority": chosen('"priority"', {"4": "urgent", "3": "high", "2": "normal", "1": "low"}),
        "due_on": DAY.format("due.date"),
        "repeat": REPEATS.format("due.string"),
        "status": 'CASE WHEN lower(coalesce("checked", "is_completed")) IN (\'true\', \'1\') OR "completed_at" IS NOT NULL'
        " THEN 'done' ELSE 'open' END",
    },
    left_out={},
    remarks={},
)

register(TASKS, API)
