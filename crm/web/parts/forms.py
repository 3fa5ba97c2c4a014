"""Fields that several pages ask for, and forms that forget nothing."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from crm.config import settings
from crm.people import Person
from crm.web import drafts, viewer
from crm.web.locale import moment, t


def draft(form: str, *names: str) -> drafts.Draft:
    """Open a form whose fields are kept until it was sent; says so if it was filled with what was typed before.

    Give every widget `key=draft.key("its name")`, let options be ids, and call `draft.sent()` after saving.
    """
    me = viewer.current()
    begun = drafts.begin(me.id, form, names)
    if begun.restored_at:
        when = moment(begun.restored_at, me.time_zone)
        st.info(t("Here is what you typed and had not sent yet ({when}).", when=when), icon=":material/history_edu:")
    return begun


def person_picker(
    label: str, people: Sequence[Person], *, key: str, chosen: UUID | None = None, nobody: str | None = None
) -> UUID | None:
    """Choose a colleague; `nobody` is the name of an empty choice, without it somebody must be chosen."""
    names = {person.id: person.name for person in people}
    options: list[UUID | None] = [*([None] if nobody is not None else []), *names]
    place = options.index(chosen) if chosen in options else (0 if nobody is not None else None)
    return st.selectbox(
        label, options, index=place, key=key, placeholder=t("Choose a colleague"),
        format_func=lambda option: names.get(option, nobody or ""),
    )  # fmt: skip


def address(path: str) -> str:
    """A place of ours as a link that can be sent to somebody."""
    own = settings().public_url.rstrip("/")
    if not own:
        shown = st.context.url or ""
        own = "/".join(shown.split("/")[:3])
    return own + path
