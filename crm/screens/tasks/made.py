"""What is said where a write made tasks beside what it was asked for."""

from collections.abc import Sequence
from datetime import date

from crm.tasks import TaskKind
from crm.web.kit import flash
from crm.web.locale import t, tn, weekday


def told(made: Sequence[flash.Fields]) -> str:
    """One task by its kind and day, several by their number."""
    if len(made) > 1:
        return tn("{count} task was made.", "{count} tasks were made.", len(made))
    [one] = made
    if not one.get("due_on"):
        return t("A task was made.")
    due_on = weekday(date.fromisoformat(str(one["due_on"])))
    if one.get("kind") == TaskKind.PROMISE:
        return t("A promise for {day} was made.", day=due_on)
    return t("A task for {day} was made.", day=due_on)
