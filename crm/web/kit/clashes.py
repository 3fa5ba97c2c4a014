"""What two people changed at once: each field as it was, as both want it, and who was first."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import streamlit as st

from crm import db, people
from crm.ground.errors import Clash
from crm.people import Person
from crm.web.kit import say, words
from crm.web.locale import day, moment, t

_EMPTY: tuple[object, ...] = (None, "", [], {})


def table(me: Person, clashes: Sequence[Clash]) -> None:
    """One line for each field; nothing where no field clashes."""
    if not clashes:
        return
    with db.read() as session:
        names = people.names(session)
    st.table([_line(me, clash, names) for clash in clashes])


def _line(me: Person, clash: Clash, names: dict[UUID, str]) -> dict[str, str]:
    def shown(value: object) -> str:
        return say.text(_shown(me, value, names))

    by = names.get(clash.by, "") if clash.by else ""
    when = moment(clash.at, me.time_zone) if clash.at else ""
    return {
        t("Field"): say.text(words.field(clash.field)),
        t("Before"): shown(_like(clash.before, clash.theirs, clash.yours)),
        t("Yours"): shown(clash.yours),
        t("Now there"): shown(clash.theirs),
        t("Changed by"): say.text(" · ".join(part for part in (by, when) if part) or "—"),
    }


def _like(kept: object, *others: object) -> object:
    """A value that the journal keeps as text, in the type of those beside it."""
    for other in others:
        for kind, read in ((datetime, datetime.fromisoformat), (date, date.fromisoformat), (UUID, UUID)):
            if isinstance(other, kind) and isinstance(kept, str):
                return read(kept)
    return kept


def _shown(me: Person, value: object, names: dict[UUID, str]) -> str:
    if value in _EMPTY:
        return "—"
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, datetime):
        return moment(value, me.time_zone)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, UUID):
        return names.get(value, "—")
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {part}" for name, part in value.items())
    return words.word(str(value))
