"""Sentences with numbers in them, said in the reader's language."""

from datetime import date, datetime

from crm import locale
from crm.ground import clock
from crm.ground.messages import Message
from crm.web.kit import words
from crm.web.locale import code, day, number, t, tn, weekday


def render(message: Message) -> str:
    """A message in the reader's language, its amounts, days and numbers written the reader's way."""
    return locale.render(message, code(), words.field)


def due_on(on: date | None, today: date) -> str:
    """When something is due, as one says it: 3 days late, today, tomorrow, Thu 19 Mar."""
    if on is None:
        return t("no day")
    days = (on - today).days
    if days < 0:
        return tn("{count} day late", "{count} days late", -days)
    near = {0: t("today"), 1: t("tomorrow")}
    return near.get(days) or (weekday(on) if days < 100 else day(on))  # noqa: PLR2004


def ago(moment: datetime | None, zone: str) -> str:
    """How long ago, in days of the reader's zone."""
    if moment is None:
        return t("never")
    days = (clock.today(zone) - clock.day_in(zone, moment)).days
    if days <= 0:
        return t("today")
    return t("yesterday") if days == 1 else t("{count} days ago", count=number(days))
