"""Fields that several pages ask for, forms that forget nothing, and what went wrong with one."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

import streamlit as st

from crm.ground.config import settings
from crm.ground.errors import Clash, ConflictError, CrmError, NotAllowedError
from crm.people import Person, events, proof
from crm.people.events import Event, Kind
from crm.web.kit import clashes, current_user, drafts, form_errors, say, step_up, words
from crm.web.kit.phrases import render
from crm.web.locale import moment, t

CLASHES = "clashes"  # the place of a form that shows them itself


def draft(
    form: str,
    *names: str,
    prefix: str = "",
    before: Mapping[str, object] | None = None,
    about: Mapping[str, object] | None = None,
) -> drafts.Draft:
    """Open a form whose fields are kept until it was sent; says so if it was filled with what was typed before.

    Give every widget `key=draft.key("its name")`, let options be ids, and call `draft.sent()` after saving.
    """
    me = current_user.get()
    begun = drafts.begin(me.id, form, names, prefix=prefix, before=before, about=about)
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
def showing_errors(form: str = "") -> Iterator[None]:
    """What cannot be done is told, and the run ends there; nothing was written.

    `form`: what the places begin with that `form_errors.under` kept; what is about a field of it is told there, the rest in a red box.
    """
    try:
        yield
    except proof.ProofNeededError:
        step_up.ask()
        st.rerun()
    except CrmError as error:
        show_error(error, form)
        st.stop()


def show_error(error: CrmError, form: str = "") -> None:
    """The sentence under the field that it is about, else in a red box; for a clash what the other one saved. A refusal is noted."""
    if isinstance(error, NotAllowedError):
        events.note(Event(Kind.REFUSED, current_user.id_of(), detail=error.message))
    told, is_all = form_errors.split(error, form)
    for field, message in told.items():
        place = form_errors.place(form, field)
        if place:
            place.error(say.text(render(message)))
    beside = form_errors.place(form, "")
    if is_all and beside:
        names = ", ".join(words.field(field) for field in told)
        beside.caption(say.marked(":red[{told}]", told=t("Not saved. Please look at: {fields}", fields=names)))
    if not is_all:
        (beside or st).error(say.text(render(error.message)), icon=":material/error:")
    if isinstance(error, ConflictError) and not form_errors.place(form, CLASHES):
        clash_table(error.clashes)


def clash_table(found: Sequence[Clash]) -> None:
    """What two people changed at once, each field as it was, as both want it, and who was first."""
    clashes.table(current_user.get(), found)
