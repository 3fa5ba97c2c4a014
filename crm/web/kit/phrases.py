"""Sentences with numbers in them, said in the reader's language."""

from datetime import date, datetime

from crm.ground import clock
from crm.ground.messages import Message, Share, Usd
from crm.web.kit import words
from crm.web.locale import day, number, percent, short_money, t, weekday


def spoken(said: Message) -> str:
    """A sentence of insights, with its amounts, days and shares written the reader's way."""
    return t(said.text, **{name: _value(value) for name, value in said.values.items()})


def _value(value: object) -> str:
    if isinstance(value, Usd):
        return short_money(value.amount)
    if isinstance(value, Share):
        return percent(round(value.part, 2))
    if isinstance(value, Message):
        return spoken(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int):
        return number(value)
    return words.word(str(value)) if value is not None else "—"


def due_on(on: date | None, today: date) -> str:
    """When something is due, as one says it: 3 days late, today, tomorrow, Thu 19 Mar."""
    if on is None:
        return t("no day")
    days = (on - today).days
    if days < -1:
        return t("{count} days late", count=number(-days))
    near = {-1: t("1 day late"), 0: t("today"), 1: t("tomorrow")}
    return near.get(days) or (weekday(on) if days < 100 else day(on))  # noqa: PLR2004


def ago(moment: datetime | None, zone: str) -> str:
    """How long ago, in days of the reader's zone."""
    if moment is None:
        return t("never")
    days = (clock.today(zone) - moment.astimezone(clock.zone(zone)).date()).days
    if days <= 0:
        return t("today")
    return t("yesterday") if days == 1 else t("{count} days ago", count=number(days))
