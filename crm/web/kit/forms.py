"""Fields that several pages ask for, forms that forget nothing, and what went wrong with one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

import streamlit as st

from crm.ground.config import settings
from crm.ground.errors import ConflictError, CrmError
from crm.people import Person
from crm.web.kit import current_user, drafts, say, words
from crm.web.kit.phrases import render
from crm.web.locale import moment, t


def draft(form: str, *names: str) -> drafts.Draft:
    """Open a form whose fields are kept until it was sent; says so if it was filled with what was typed before.

    Give every widget `key=draft.key("its name")`, let options be ids, and call `draft.sent()` after saving.
    """
    me = current_user.get()
    begun = drafts.begin(me.id, form, names)
    if begun.restored_at:
        when = moment(begun.restored_at, me.time_zone)
        st.info(
            say.label(t("Here is what you typed and had not sent yet ({when}).", when=when)),
            icon=":material/history_edu:",
        )
    return begun


def person_picker(
    label: str, people: Sequence[Person], *, key: str, chosen: UUID | None = None, nobody: str | None = None
) -> UUID | None:
    """Choose a colleague; `nobody` is the name of an empty choice, without it somebody must be chosen."""
    names = {person.id: person.name for person in people}
    options: list[UUID | None] = [*([None] if nobody is not None else []), *names]
    place = options.index(chosen) if chosen in options else (0 if nobody is not None else None)
    return st.selectbox(
        say.label(label),
        options,
        index=place,
        key=key,
        placeholder=t("Choose a colleague"),
        format_func=lambda option: names.get(option, nobody or ""),
    )


@cache
def zones() -> Sequence[str]:
    """The zones that a person may choose: places, and UTC."""
    places = (zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix", "right")))
    return sorted(["UTC", *places])


def address(path: str) -> str:
    """A place of ours as a link that can be sent to somebody."""
    own = settings().public_url.rstrip("/")
    if not own:
        shown = st.context.url or ""
        own = "/".join(shown.split("/")[:3])
    return own + path


@contextmanager
def showing_errors() -> Iterator[None]:
    """What cannot be done is told in a red box, and the run ends there; nothing was written."""
    try:
        yield
    except CrmError as error:
        show_error(error)
        st.stop()


def show_error(error: CrmError) -> None:
    """The red box: the sentence, and for a clash what the other one saved."""
    st.error(say.text(render(error.message)), icon=":material/error:")
    if isinstance(error, ConflictError) and error.clashes:
        st.table(
            [
                {
                    t("Field"): say.text(words.field(c.field)),
                    t("Yours"): say.text(c.yours),
                    t("Now there"): say.text(c.theirs),
                }
                for c in error.clashes
            ]
        )
