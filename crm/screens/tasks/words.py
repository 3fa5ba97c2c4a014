"""What people call tasks, their fields and their states."""

from crm.screens.tasks import made
from crm.web.kit import flash, words

flash.also("task", made.told)
words.register(
    entities={"task": "Task"},
    rows={"task": "Tasks"},
    fields={
        "title": "Title",
        "owner_id": "Owner",
        "priority": "Priority",
        "due_on": "Due",
        "due_at": "Due at",
        "snoozed_until": "Snoozed until",
        "remind_at": "Remind at",
        "repeat": "Repeats",
        "repeats": "Repeats",
        "outcome": "Outcome",
        "done_at": "Done at",
        "withdrawn_at": "Withdrawn",
    },
    values={
        "follow_up": "Follow-up",
        "promise": "Promise",
        "internal": "Internal",
        "open": "Open",
        "done": "Done",
        "withdrawn": "Withdrawn",
        "low": "Low",
        "normal": "Normal",
        "high": "High",
        "urgent": "Urgent",
        "never": "Never",
        "daily": "Every day",
        "weekly": "Every week",
        "monthly": "Every month",
        "quarterly": "Every quarter",
    },
)
