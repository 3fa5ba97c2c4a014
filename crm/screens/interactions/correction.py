"""A conversation that is corrected or taken back where it stands."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import streamlit as st

from crm import db, interactions
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import Clash
from crm.ground.formats import TYPED_DAY
from crm.interactions import Channel, Direction, Interaction, InteractionChange, Product
from crm.people import Person
from crm.screens.interactions import log_form
from crm.screens.interactions.words import MOODS, mood
from crm.web.kit import dialogs, editing, form_errors, forms, say, words
from crm.web.kit.actions import Action, run
from crm.web.kit.editing import Opened
from crm.web.locale import t

DIALOG = "correct"
FIELDS = (
    "happened_at",
    "channel",
    "direction",
    "minutes",
    "topic",
    "products",
    "summary",
    "mood",
    "outcome",
    "next_steps",
)


def buttons(me: Person, interaction_id: UUID, *, place: str) -> Action | None:
    """The pencil and the way back at one entry of a list."""
    st.button(
        "",
        icon=":material/edit:",
        type="tertiary",
        key=f"{place}_correct_{interaction_id}",
        help=t("Correct it"),
        on_click=dialogs.ask,
        args=(DIALOG, interaction_id),
    )
    pressed = st.button(
        "", icon=":material/undo:", type="tertiary", key=f"{place}_undo_{interaction_id}", help=t("Undo")
    )
    return _taken_back(me, interaction_id) if pressed else None


def _taken_back(me: Person, interaction_id: UUID) -> Action:
    """Words that are taken back whole stand in the form again, to be logged as they were meant."""
    with forms.showing_errors(), db.read() as session:
        meant = interactions.words_of(session, me, interaction_id)

    def act(session: WriteSession, by: Person) -> object:
        return interactions.take_back(session, by, interaction_id)

    return Action("undo", "", act, kind="undo", after=partial(log_form.put_back, me, meant) if meant else None)


def show(me: Person) -> None:
    """Draw the dialog that a pencil opened."""
    asked = dialogs.now()
    if asked and asked.name == DIALOG:
        st.dialog(t("Correct the conversation"), width="medium", on_dismiss=dialogs.close)(_correct)(me, asked.about)


def _correct(me: Person, interaction_id: UUID) -> None:
    with forms.showing_errors(), db.read() as session:
        said = interactions.get(session, me, interaction_id)
    opened = editing.begin(me, f"correct_{said.id}", said.version, _values(said, me))
    above = st.container()
    changed = _meant(opened, _fields(opened), me)
    pressed = st.button(t("Save"), type="primary", key="correct_now", shortcut="Mod+Enter")
    form_errors.under(opened.place)
    version, mine = opened.version, False
    if version != said.version:
        with above:
            mine = editing.keeps_mine(opened, _clashes(me, said, opened, changed))
        version = said.version if mine else version
    if (pressed or mine) and not changed:
        st.info(t("Nothing was changed."))
    elif pressed or mine:
        run(me, _saving(said, opened, version, changed))


def _values(said: Interaction, me: Person) -> dict[str, Any]:
    kept = {name: getattr(said, name) for name in FIELDS}
    local = said.happened_at.astimezone(clock.zone(me.time_zone)).replace(tzinfo=None, second=0, microsecond=0)
    return {**kept, "happened_at": local, "products": list(said.products or [])}


def _fields(opened: Opened) -> dict[str, Any]:
    key = opened.key
    summary = st.text_area(t("What was said"), key=key("summary"), height=170)
    form_errors.under(key("summary"))
    left, middle, right = st.columns([2, 2, 1])
    channel = left.selectbox(t("Channel"), list(Channel), format_func=words.word, key=key("channel"))
    when = middle.datetime_input(t("When"), value=None, key=key("happened_at"), step=300, format=TYPED_DAY)
    form_errors.under(key("happened_at"), middle)
    minutes = right.number_input(t("Minutes"), min_value=0, max_value=1440, value=None, step=5, key=key("minutes"))
    ways, moods = st.columns(2)
    direction = ways.selectbox(
        say.label(words.field("direction")), list(Direction), format_func=words.word, key=key("direction")
    )
    felt = moods.selectbox(t("Mood"), list(MOODS), index=None, format_func=mood, key=key("mood"), placeholder="—")
    topic = st.text_input(t("Topic"), key=key("topic"), max_chars=200)
    form_errors.under(key("topic"))
    products = st.multiselect(
        t("Products"), list(Product), format_func=words.word, key=key("products"), placeholder=t("Any")
    )
    outcome = st.text_input(t("Outcome"), key=key("outcome"))
    next_steps = st.text_input(t("Next step"), key=key("next_steps"), max_chars=300)
    return {
        "happened_at": when,
        "channel": channel,
        "direction": direction,
        "minutes": minutes,
        "topic": (topic or "").strip(),
        "products": products,
        "summary": (summary or "").strip(),
        "mood": felt,
        "outcome": (outcome or "").strip(),
        "next_steps": (next_steps or "").strip(),
    }


def _meant(opened: Opened, typed: Mapping[str, Any], me: Person) -> dict[str, Any]:
    """What differs, its moment in the reader's zone; an emptied moment, channel or direction stays as it was."""
    changed = opened.changed(typed)
    for name in ("happened_at", "channel", "direction"):
        if changed.get(name, True) is None:
            del changed[name]
    if isinstance(changed.get("happened_at"), datetime):
        changed["happened_at"] = changed["happened_at"].replace(tzinfo=clock.zone(me.time_zone))
    return changed


def _clashes(me: Person, said: Interaction, opened: Opened, changed: Mapping[str, Any]) -> list[Clash]:
    with db.read() as session:
        return interactions.clashes(session, me, said.id, changed, opened.version)


def _saving(said: Interaction, opened: Opened, version: int, changed: Mapping[str, Any]) -> Action:
    def act(session: WriteSession, by: Person) -> None:
        interactions.change(session, by, said.id, form_errors.made(InteractionChange, version=version, **changed))

    return Action("corrected a conversation", t("Corrected."), act, form=opened.place, after=opened.forget)
