"""The form for what was said: two things are needed, the rest is one click each, and nothing typed is lost."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NotRequired, TypedDict
from uuid import UUID

import streamlit as st

from crm.clients import Client
from crm.ground import clock
from crm.ground.formats import TYPED_DAY
from crm.interactions import Channel, Direction, NewInteraction, Product
from crm.people import Person
from crm.web.frame import links
from crm.web.kit import drafts, form_errors, forms, say, words
from crm.web.locale import t

FORM = "log"
USUAL = {"channel": Channel.CONSULTATION, "direction": Direction.OUTBOUND, "is_promise": False}
FIELDS = (
    "client",
    "summary",
    "channel",
    "direction",
    "happened_at",
    "minutes",
    "topic",
    "products",
    "mood",
    "outcome",
    "next_steps",
    "follow_up_on",
    "is_promise",
)


class Circumstances(TypedDict):
    """How and when one talked, and about what."""

    channel: Channel
    happened_at: NotRequired[datetime]
    minutes: int | None
    topic: str
    products: list[Product]
    direction: Direction
    mood: int | None


class Outcome(TypedDict):
    """What came of it, and what is promised for when."""

    outcome: str
    next_steps: str
    follow_up_on: date | None
    is_promise: bool


def begin(book: Sequence[Client]) -> drafts.Draft:
    """Open the form; the address may name the client, unless words that wait here were meant for another."""
    draft = forms.draft(FORM, *FIELDS, before=USUAL)
    wanted, names = links.asked_id("client"), {client.id: client.name for client in book}
    key = draft.key("client")
    waiting = st.session_state.get(key)
    if waiting not in names:
        st.session_state.pop(key, None)
        waiting = None
    if not waiting and wanted in names:
        st.session_state[key] = wanted
    elif waiting and wanted in names and waiting != wanted and st.session_state.get(draft.key("summary")):
        _meant_for_another(draft, names[waiting], names[wanted])
    return draft


def put_back(me: Person, meant: NewInteraction) -> None:
    """A conversation that was taken back stands in the form again, as it was typed, unless other words were begun there."""
    zone = clock.zone(me.time_zone)
    fields = {name: getattr(meant, name, None) for name in FIELDS if name != "client"} | {"client": meant.client_id}
    if meant.happened_at:
        fields["happened_at"] = meant.happened_at.astimezone(zone).replace(tzinfo=None)
    fields["mood"] = None if meant.mood is None else meant.mood - 1  # the first face is 0
    drafts.put_back(me.id, FORM, fields)


def _meant_for_another(draft: drafts.Draft, waiting: str, wanted: str) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(say.marked(t("The words below were meant for **{client}**."), client=waiting))
        st.button(
            say.label(t("Drop them and log for {client}", client=wanted)),
            type="tertiary",
            on_click=draft.sent,
            key="drop_draft",
        )


def chosen_client(draft: drafts.Draft) -> UUID | None:
    """Whom the form is about so far, known before it is drawn."""
    found: UUID | None = st.session_state.get(draft.key("client"))
    return found


def show(draft: drafts.Draft, book: Sequence[Client], me: Person) -> NewInteraction | None:
    """Draw the form; gives what is to be logged once the button was pressed and nothing is missing."""
    names = {client.id: client.name for client in book}
    zones = {client.id: client.time_zone for client in book}
    client_id = st.selectbox(
        t("Client"),
        list(names),
        index=None,
        format_func=lambda i: names.get(i, ""),
        key=draft.key("client"),
        placeholder=t("Type a name"),
    )
    form_errors.under(draft.key("client_id"))
    summary = st.text_area(
        t("What was said"),
        key=draft.key("summary"),
        height=150,
        placeholder=t("What the client asked, what you answered. Pasting a chat is fine."),
    )
    form_errors.under(draft.key("summary"))
    circumstances = _circumstances(draft, me, zones.get(client_id) if client_id else None)
    outcome = _outcome(draft)
    pressed = st.button(t("Log it"), type="primary", icon=":material/check:", shortcut="Mod+Enter", key="log_it")
    form_errors.under(draft.place)
    if not pressed:
        return None
    if client_id is None:
        form_errors.tell(draft.key("client_id"), t("Choose the client first."))
        return None
    if not (summary or "").strip():
        form_errors.tell(draft.key("summary"), t("Write what was said first."))
        return None
    return NewInteraction(client_id=client_id, summary=(summary or "").strip(), **circumstances, **outcome)


def _circumstances(draft: drafts.Draft, me: Person, zone: str | None) -> Circumstances:
    left, middle, right = st.columns([2, 2, 1])
    channel = left.selectbox(t("Channel"), list(Channel), format_func=words.word, key=draft.key("channel"))
    when = middle.datetime_input(
        t("When"),
        value=None,
        key=draft.key("happened_at"),
        step=300,
        format=TYPED_DAY,
        help=_when_help(me, zone),
        max_value=clock.now().astimezone(clock.zone(me.time_zone)).replace(tzinfo=None),
    )
    form_errors.under(draft.key("happened_at"), middle)
    minutes = right.number_input(
        t("Minutes"), min_value=0, max_value=1440, value=None, step=5, key=draft.key("minutes")
    )
    topics, products = st.columns([2, 3])
    topic = topics.text_input(t("Topic"), key=draft.key("topic"), max_chars=200)
    about = products.multiselect(
        t("Products"), list(Product), format_func=words.word, key=draft.key("products"), placeholder=t("Any")
    )
    ways, moods = st.columns([2, 3])
    direction = ways.segmented_control(
        t("Who began"),
        list(Direction),
        format_func=_began,
        default=Direction.OUTBOUND,
        required=True,
        key=draft.key("direction"),
    )
    with moods.container(gap="xsmall"):
        st.markdown(say.marked(":small[{mood}]", mood=t("Mood")), width="content")
        face = st.feedback("faces", key=draft.key("mood"))
    found = Circumstances(
        channel=channel or Channel.CONSULTATION,
        minutes=minutes,
        topic=(topic or "").strip(),
        products=about,
        direction=direction,
        mood=None if face is None else face + 1,
    )
    if when:  # without it, now
        found["happened_at"] = when.replace(tzinfo=clock.zone(me.time_zone))
    return found


def _outcome(draft: drafts.Draft) -> Outcome:
    outcome = st.text_input(t("Outcome"), key=draft.key("outcome"), placeholder=t("What came of it"))
    steps, day, promised = st.columns([3, 2, 1.4], vertical_alignment="bottom")
    next_steps = steps.text_input(t("Next step"), key=draft.key("next_steps"), max_chars=300)
    follow_up_on = day.date_input(t("By when"), value=None, key=draft.key("follow_up_on"), format=TYPED_DAY)
    form_errors.under(draft.key("follow_up_on"), day)
    is_promise = promised.checkbox(
        t("Promised"), key=draft.key("is_promise"), help=t("The client was told that it will be done by then.")
    )
    return {
        "outcome": (outcome or "").strip(),
        "next_steps": (next_steps or "").strip(),
        "follow_up_on": follow_up_on,
        "is_promise": bool(is_promise),
    }


def _began(direction: str) -> str:
    return t("We did") if direction == Direction.OUTBOUND else t("The client")


def _when_help(me: Person, zone: str | None) -> str:
    yours = t("Empty means now. Your time zone: {zone}.", zone=me.time_zone)
    if zone in (None, me.time_zone):
        return yours
    return yours + " " + t("The client’s: {zone}.", zone=zone)


def nobody_yet() -> None:
    """There is nobody to log for: say where clients come from, and end the page."""
    st.info(t("There is no client in your book yet. Add one, or import a list."), icon=":material/group:")
    links.to_page("clients", t("Clients"), ":material/group:")
    links.to_page("imports", t("Imports"), ":material/upload_file:")
    st.stop()
