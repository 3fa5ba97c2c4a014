"""The form in which a client is changed. It remembers what it was opened on, so that nobody is overwritten unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from crm import clients
from crm.clients import Client, ClientChange, ClientKind, ClientStatus
from crm.clients.models import AttributeDefinition, Risk
from crm.db.sessions import WriteSession
from crm.ground.formats import TYPED_DAY
from crm.people import Person
from crm.web.kit import form_errors, say, words
from crm.web.kit.actions import Action
from crm.web.locale import t

OLDEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
TEXTS = ("name", "venue", "uid", "tier", "kyc_level", "country", "language", "time_zone", "source")
DAYS = ("kyc_expires_on", "birthday", "joined_on")
CHOICES: Mapping[str, tuple[str, ...]] = {"kind": tuple(ClientKind), "status": tuple(ClientStatus), "risk": tuple(Risk)}
ROWS = (
    ("name", "kind"),
    ("venue", "uid"),
    ("status", "tier", "risk"),
    ("kyc_level", "kyc_expires_on"),
    ("country", "time_zone", "language"),
    ("birthday", "joined_on", "source"),
)


@dataclass
class Opened:
    """The client as the form shows it: `version` is the one that a saving builds on."""

    form: str
    version: int
    values: dict[str, Any]


def show(client: Client, attributes: Sequence[AttributeDefinition], tags: Sequence[str]) -> Action | None:
    opened = _opened(client)
    if opened.version != client.version:
        _changed_meanwhile(client, opened)
    with st.form(opened.form):
        typed = {name: value for row in ROWS for name, value in _row(opened, row).items()}
        typed["tags"] = st.multiselect(
            say.label(words.field("tags")),
            sorted({*tags, *opened.values["tags"]}),
            default=opened.values["tags"],
            accept_new_options=True,
            key=f"{opened.form}_tags",
            placeholder=t("Choose or type"),
        )
        typed["notes"] = st.text_area(
            say.label(words.field("notes")), opened.values["notes"], key=f"{opened.form}_notes", height=120
        )
        more = _attributes(opened, attributes)
        pressed = st.form_submit_button(t("Save"), type="primary", key=f"{opened.form}_save", shortcut="Mod+S")
    return _saving(client, opened, typed | {"attributes": more}) if pressed else None


def _opened(client: Client) -> Opened:
    """What this form was opened on; anew once it is no longer on the screen, or was saved."""
    key = f"client_form_{client.id}"
    found: Opened | None = st.session_state.get(key)
    if found and f"{found.form}_name" in st.session_state:
        return found
    values = {name: getattr(client, name) for name in (*TEXTS, *DAYS, *CHOICES, "tags", "notes", "attributes")}
    fresh = Opened(f"details_{client.id}_{client.version}", client.version, {**values, "tags": list(client.tags or [])})
    st.session_state[key] = fresh
    return fresh


def _changed_meanwhile(client: Client, opened: Opened) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(t("Somebody changed this client since the form was opened."))
        st.button(t("Show the newest"), type="tertiary", key="form_newest", on_click=forget, args=(client,))
        st.button(
            t("Keep mine and save over it"),
            type="tertiary",
            key="form_mine",
            on_click=_build_on,
            args=(opened, client.version),
        )


def forget(client: Client) -> None:
    """The form opens again on what stands in the store."""
    found = st.session_state.pop(f"client_form_{client.id}", None)
    if found:
        st.session_state.pop(f"{found.form}_name", None)


def _build_on(opened: Opened, version: int) -> None:
    opened.version = version


def _row(opened: Opened, names: Sequence[str]) -> dict[str, Any]:
    return {name: _field(column, opened, name) for column, name in zip(st.columns(len(names)), names, strict=True)}


def _field(column: Any, opened: Opened, name: str) -> Any:  # noqa: ANN401 -- a column of the page, and what was typed
    key, label, value = f"{opened.form}_{name}", words.field(name), opened.values[name]
    if name in DAYS:
        return column.date_input(label, value, key=key, format=TYPED_DAY, min_value=OLDEST, max_value=LATEST)
    if name in CHOICES:
        options = list(CHOICES[name])
        return column.selectbox(
            say.label(label),
            options,
            index=options.index(value) if value in options else None,
            format_func=words.word,
            key=key,
            placeholder="—",
        )
    return (column.text_input(say.label(label), value or "", key=key) or "").strip() or None


def _attributes(opened: Opened, declared: Sequence[AttributeDefinition]) -> dict[str, Any]:
    """Fields that the desk declared itself; what was a number stays one."""
    if not declared:
        return {}
    kept: Mapping[str, Any] = opened.values["attributes"] or {}
    typed: dict[str, Any] = {}
    with st.expander(say.label(words.field("attributes"))):
        for definition in declared:
            old = kept.get(definition.name)
            text = st.text_input(
                say.label(definition.label),
                "" if old is None else str(old),
                key=f"{opened.form}_more_{definition.name}",
            )
            if (text or "") != ("" if old is None else str(old)):
                typed[definition.name] = text or None
    return typed


def _saving(client: Client, opened: Opened, typed: Mapping[str, Any]) -> Action | None:
    """Only what was changed in the form is asked for, so that two people may change different fields."""
    changed = {name: value for name, value in typed.items() if name != "attributes" and value != opened.values[name]}
    if typed["attributes"]:
        changed["attributes"] = typed["attributes"]
    if not changed:
        st.info(t("Nothing was changed."))
        return None

    def act(session: WriteSession, me: Person) -> None:
        clients.change(session, me, client.id, form_errors.made(ClientChange, version=opened.version, **changed))
        forget(client)

    return Action("client details", t("Saved."), act)
