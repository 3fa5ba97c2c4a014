"""The form in which a client is changed. It remembers what it was opened on, so that nobody is overwritten unseen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from crm import clients, db
from crm.clients import Client, ClientChange, ClientKind, ClientStatus
from crm.clients.models import AttributeDefinition, Risk
from crm.db.sessions import WriteSession
from crm.ground.errors import Clash
from crm.ground.formats import TYPED_DAY
from crm.people import Person
from crm.web.kit import editing, form_errors, say, words
from crm.web.kit.actions import Action
from crm.web.kit.editing import Opened
from crm.web.locale import t

_MORE = "more_"
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


def show(
    me: Person,
    client: Client,
    attributes: Sequence[AttributeDefinition],
    tags: Sequence[str],
    tiers: Sequence[str] = (),
) -> Action | None:
    """The fields, and what saving them would do once somebody asked for it; what was typed and not saved is kept.

    `tiers` are those of the client's venue; without any, a tier is typed.
    """
    opened = editing.begin(me, f"details_{client.id}", client.version, _values(client, attributes, tiers))
    above = st.container()
    with st.container(border=True, key="client_details"):
        typed = {name: value for row in ROWS for name, value in _row(opened, row, tiers).items()}
        typed["tags"] = _tags(opened, tags)
        typed["notes"] = st.text_area(say.label(words.field("notes")), key=opened.key("notes"), height=120)
        form_errors.under(opened.key("notes"))
        more = _attributes(opened, attributes)
        pressed = st.button(t("Save"), type="primary", key=opened.key("save"), shortcut="Mod+S")
        form_errors.under(opened.place)
    changed = _changed(opened, typed, more)
    with above:
        if opened.version != client.version and editing.keeps_mine(opened, _clashes(me, client, opened, changed)):
            return _saving(client, opened, client.version, changed)
    return _saving(client, opened, opened.version, changed) if pressed else None


def _values(client: Client, attributes: Sequence[AttributeDefinition], tiers: Sequence[str]) -> dict[str, Any]:
    """What stands in the fields; those that the desk declared itself are texts."""
    kept = client.attributes or {}
    return {
        **{name: getattr(client, name) for name in (*DAYS, *CHOICES)},
        **{name: getattr(client, name) or "" for name in (*TEXTS, "notes")},
        **({"tier": client.tier} if tiers else {}),  # chosen, and so nothing or one of them
        "tags": list(client.tags or []),
        **{_MORE + one.name: "" if kept.get(one.name) is None else str(kept[one.name]) for one in attributes},
    }


def _clashes(me: Person, client: Client, opened: Opened, changed: Mapping[str, Any]) -> list[Clash]:
    with db.read() as session:
        return clients.clashes(session, me, client.id, changed, opened.version)


def _tags(opened: Opened, tags: Sequence[str]) -> list[str]:
    key = opened.key("tags")
    chosen = st.multiselect(
        say.label(words.field("tags")),
        sorted({*tags, *opened.values["tags"], *st.session_state[key]}),
        accept_new_options=True,
        key=key,
        placeholder=t("Choose or type"),
    )
    form_errors.under(key)
    return chosen


def _row(opened: Opened, names: Sequence[str], tiers: Sequence[str]) -> dict[str, Any]:
    return {
        name: _field(column, opened, name, tiers) for column, name in zip(st.columns(len(names)), names, strict=True)
    }


def _field(column: Any, opened: Opened, name: str, tiers: Sequence[str]) -> Any:  # noqa: ANN401 -- a column, and what was typed
    found = _widget(column, opened.key(name), name, tiers)
    form_errors.under(opened.key(name), column)
    return found


def _widget(column: Any, key: str, name: str, tiers: Sequence[str]) -> Any:  # noqa: ANN401
    label = words.field(name)
    if name in DAYS:
        return column.date_input(label, None, key=key, format=TYPED_DAY, min_value=OLDEST, max_value=LATEST)
    if name in CHOICES:
        return column.selectbox(
            say.label(label),
            list(CHOICES[name]),
            index=None if name == "risk" else 0,
            format_func=words.word,
            key=key,
            placeholder="—",
        )
    if name == "tier" and tiers:
        return _tier(column, label, tiers, key)
    return (column.text_input(say.label(label), key=key) or "").strip()


def _tier(column: Any, label: str, tiers: Sequence[str], key: str) -> Any:  # noqa: ANN401
    """One of the venue's tiers; what stands there already can stay, and says that it is none of them."""
    now = st.session_state[key]
    return column.selectbox(
        say.label(label),
        [*tiers, *([now] if now and now not in tiers else [])],
        index=None,
        format_func=lambda tier: tier if tier in tiers else t("{tier} (not a tier of this venue)", tier=tier),
        key=key,
        placeholder="—",
    )


def _attributes(opened: Opened, declared: Sequence[AttributeDefinition]) -> dict[str, Any]:
    """Fields that the desk declared itself, those that differ; what was a number stays one."""
    if not declared:
        return {}
    typed: dict[str, Any] = {}
    with st.expander(say.label(words.field("attributes"))):
        for definition in declared:
            key = opened.key(_MORE + definition.name)
            text = st.text_input(say.label(definition.label), key=key) or ""
            if text != opened.values.get(_MORE + definition.name, ""):
                typed[definition.name] = text or None
        form_errors.under(opened.key("attributes"))
    return typed


def _changed(opened: Opened, typed: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """An emptied text is nothing, but for notes."""
    changed = opened.changed(typed)
    emptied = {name: None for name, value in changed.items() if value == "" and name != "notes"}
    return changed | emptied | ({"attributes": dict(more)} if more else {})


def _saving(client: Client, opened: Opened, version: int, changed: Mapping[str, Any]) -> Action | None:
    if not changed:
        st.info(t("Nothing was changed."))
        return None

    def act(session: WriteSession, me: Person) -> None:
        clients.change(session, me, client.id, form_errors.made(ClientChange, version=version, **changed))

    return Action("client details", t("Saved."), act, form=opened.place, after=opened.forget)
