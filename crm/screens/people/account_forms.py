"""Colleagues on the screen: the staff table, the forms of one person, the rights of each role, a link shown once."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

import pandas as pd
import streamlit as st
from pydantic import ValidationError
from sqlmodel import SQLModel

from crm import clients
from crm.ground import clock
from crm.ground.errors import InvalidError
from crm.ground.formats import NOTHING
from crm.ground.messages import Message, Word
from crm.locale import LANGUAGES
from crm.people import NewPerson, Person, PersonChange, Right, Role, Team, may, rights
from crm.screens.people import policy_map
from crm.web.frame import links
from crm.web.kit import columns, desk_words, form_errors, forms, query_params, say, table
from crm.web.kit.table import Column, Order, Table
from crm.web.locale import t, tn

M = TypeVar("M", bound=SQLModel)
SHOWN = ("active", "disabled", "everyone")
FIELD_WIDTH = 230
_LINK = "people_link"


def checked(form: type[M], **fields: object) -> M:
    """A filled form; what it refuses is told in its own sentence.

    Raises:
        InvalidError: the first thing that is wrong.
    """
    try:
        return form.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        place = Word(str(first["loc"][0]))
        told = form_errors.own(first) or Message(
            "Please look at “{place}” again: {why}.", place=place, why=first["msg"]
        )
        raise InvalidError(told, at=place.value) from error


def shown_word(which: str) -> str:
    return {"active": t("Working here"), "disabled": t("Disabled"), "everyone": t("Everyone")}[which]


def staff(me: Person, people: Sequence[Person], team_names: Mapping[UUID, str]) -> None:
    """The staff; a name opens that person below."""
    text = columns.text

    def team(person: Person) -> str:
        return team_names.get(person.team_id, "") if person.team_id else ""

    listed = [
        Column[Person]("name", text(t("Name")), lambda one: one.name, by=lambda one: one.name, opens=_open),
        Column[Person](
            "role", text(t("Role")), lambda one: desk_words.role(one.role), by=lambda one: desk_words.role(one.role)
        ),
        Column[Person]("team", text(t("Team")), lambda one: team(one) or NOTHING, by=team),
        Column[Person]("email", text(t("E-mail")), lambda one: one.email, by=lambda one: one.email),
        Column[Person]("zone", text(t("Time zone")), lambda one: one.time_zone, by=lambda one: one.time_zone),
        Column[Person]("state", text(t("State")), _state, by=_state),
        Column[Person](
            "since",
            columns.day(t("Since")),
            lambda one: clock.day_in(me.time_zone, one.created_at),
            by=lambda one: one.created_at,
        ),
    ]
    table.show_all(Table("staff", listed, usual=Order("name"), row_id=lambda one: one.id, alt=t("People")), people)


def _state(person: Person) -> str:
    if not person.is_active:
        return t("disabled")
    return "" if person.password_changed_at else t("invited, no password yet")


def _open(person: Person) -> None:
    """A second click closes the form again."""
    query_params.put(person=None if query_params.key("person") == person.id else person.id)


def invitation(teams: Sequence[Team]) -> dict[str, Any] | None:
    """The form by which a colleague is invited; its fields once it was sent."""
    with (
        st.popover(t("Invite a colleague"), icon=":material/person_add:", type="primary"),
        st.form("invite", border=False),
    ):
        fields: dict[str, Any] = {
            "name": _text(t("Name"), "invite_", "name", key="invite_name", max_chars=120),
            "email": _text(t("E-mail"), "invite_", "email", key="invite_email", max_chars=200),
            **_place(teams, None, "invite"),
        }
        return fields if st.form_submit_button(t("Create invitation"), type="primary") else None


def _text(label: str, form: str, field: str, **how: Any) -> str:  # noqa: ANN401 -- what the widget takes
    """A text, and room under it for what is wrong with it."""
    found = st.text_input(say.label(label), **how)
    form_errors.under(form + field)
    return found or ""


def person_form(person: Person, teams: Sequence[Team]) -> dict[str, Any] | None:
    """The form of one colleague; the fields that were changed once it was sent."""
    suffix = f"{person.id}.{person.version}"
    with st.form(f"person.{suffix}"):
        with st.container(horizontal=True):
            fields: dict[str, Any] = {
                "name": st.text_input(t("Name"), person.name, key=f"name.{suffix}", max_chars=120, width=FIELD_WIDTH),
                **_place(teams, person, suffix, width=FIELD_WIDTH),
            }
        form_errors.under("person_name")
        sent = st.form_submit_button(t("Save"), type="primary")
    changed = {name: value for name, value in fields.items() if value != getattr(person, name)}
    return changed if sent else None


def _place(teams: Sequence[Team], person: Person | None, suffix: str, *, width: Any = "stretch") -> dict[str, Any]:  # noqa: ANN401
    """What both forms ask: role, team, zone, language."""
    names = {"": t("no team"), **{str(team.id): team.name for team in teams}}
    role, team, zone, spoken = (
        (person.role, person.team_id, person.time_zone, person.locale)
        if person
        else (Role.MANAGER, None, "Asia/Shanghai", "en")
    )
    return {
        "role": _one(t("Role"), {str(one): desk_words.role(one) for one in Role}, str(role), f"role.{suffix}", width),
        "team_id": UUID(chosen)
        if (chosen := _one(t("Team"), names, str(team or ""), f"team.{suffix}", width))
        else None,
        "time_zone": _one(
            t("Time zone"), {one: one for one in sorted({*forms.zones(), zone})}, zone, f"zone.{suffix}", width
        ),
        "locale": _one(t("Language on the screen"), LANGUAGES, spoken, f"locale.{suffix}", width),
    }


def _one(label: str, names: Mapping[Any, str], chosen: object, key: str, width: Any) -> Any:  # noqa: ANN401
    """One of several, shown by their names."""
    options = list(names)
    return st.selectbox(
        say.label(label), options, options.index(chosen), format_func=names.__getitem__, key=key, width=width
    )


def switch_question(me: Person, person: Person, held: clients.assignments.Load) -> None:
    """What disabling or enabling does, and what is left behind in the book of somebody who goes."""
    if not person.is_active:
        st.write(say.text(t("{name} may sign in again with the old password.", name=person.name)))
        return
    st.write(say.text(t("{name} is signed out everywhere and cannot sign in again until enabled.", name=person.name)))
    if not held.clients and not held.covered:
        return
    parts = [
        tn("{count} client", "{count} clients", held.clients),
        tn("{count} client as backup", "{count} clients as backup", held.covered),
    ]
    left = [part for part, count in zip(parts, (held.clients, held.covered), strict=True) if count]
    told = t(
        "In the book of {name}: {what}. Nobody else looks after them until they are moved.",
        name=person.name,
        what=", ".join(left),
    )
    st.warning(say.text(told), icon=":material/group:")
    if may(me, Right.REASSIGN):
        links.to_page("clients", t("Move them first"), ":material/forward:", manager=str(person.id))
    else:
        st.caption(t("A lead moves them under Clients: filter by manager, tick all, Move to another book."))


def as_change(person: Person, fields: dict[str, Any]) -> PersonChange:
    return checked(PersonChange, version=person.version, **fields)


def as_invitation(fields: dict[str, Any]) -> NewPerson:
    return checked(NewPerson, **{**fields, "name": str(fields["name"]).strip()})


def keep_link(name: str, secret: str) -> None:
    """Remember a one-time link until somebody has copied it; it is stored nowhere else."""
    st.session_state[_LINK] = (name, forms.address(f"/welcome/{secret}"))


def link_once() -> None:
    """The link that was just made, until it is closed or the page is left."""
    if _LINK not in st.session_state:
        return
    name, link = st.session_state[_LINK]
    with st.container(border=True):
        st.markdown(
            say.marked(
                t("**Send this link to {name}.** It works once, for 72 hours, and is shown only now."),
                name=name,
            )
        )
        st.code(link, language=None, wrap_lines=True)
        st.button(t("I have copied it"), on_click=lambda: st.session_state.pop(_LINK, None), key="link_copied")


def rights_table() -> None:
    """Who may what, from the rights and policies by which it is checked."""
    frame = pd.DataFrame(
        [
            [desk_words.right(right), *("✓" if role in roles else "" for role in Role)]
            for right, (_, roles) in rights.MATRIX.items()
        ],
        columns=[t("May"), *(desk_words.role(role) for role in Role)],
    )
    st.dataframe(frame, hide_index=True, height="content")
    st.dataframe(policy_map.table(), hide_index=True, height="content")
    st.caption(
        t(
            "Account managers see their own clients and those they back up; leads those of their team, "
            "or all if they have none; administrators see no clients."
        )
    )
