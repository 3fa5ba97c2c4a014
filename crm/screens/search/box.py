"""The search box of the frame: anything that is written down, grouped by what it is, each hit in its sentence."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from crm import clients, db, interactions, search
from crm.people import Person, Right, may
from crm.screens import client_links
from crm.search import Hit
from crm.web.frame import menu
from crm.web.kit import dialogs, forms, say
from crm.web.locale import number, t

DIALOG, TYPED, KIND = "search", "search_typed", "search_kind"
EVERYTHING, FEW, MANY, RECENT = "", 5, 40, 8
ICONS = {
    "clients": ":material/group:",
    "interactions": ":material/forum:",
    "tasks": ":material/task_alt:",
    "imports": ":material/upload_file:",
}


def show(me: Person, file: str) -> None:
    """The button, and the dialog while it stands open on the page on which it was opened."""
    if not may(me, Right.LOG):
        return
    st.button(
        t("Search"),
        icon=":material/search:",
        key="search_open",
        shortcut="Mod+K",
        width="stretch",
        on_click=dialogs.ask,
        args=(DIALOG, file),
    )
    asked = dialogs.now()
    if not asked or asked.name != DIALOG:
        return
    if asked.about != file:  # a hit led to another page
        dialogs.close()
        return
    st.dialog(t("Search"), width="large", on_dismiss=dialogs.close)(_dialog)(me)


def kind_word(kind: str) -> str:
    """What the hits of a kind are called together."""
    named = {
        EVERYTHING: t("Everything"),
        "clients": t("Clients"),
        "interactions": t("Conversations"),
        "tasks": t("Tasks"),
        "imports": t("Imports"),
    }
    return named.get(kind, kind)


def _dialog(me: Person) -> None:
    typed = st.text_input(
        t("What to look for"),
        key=TYPED,
        label_visibility="collapsed",
        icon=":material/search:",
        placeholder=t("Name, UID, phone, or words from a note"),
    )
    kind = st.segmented_control(
        t("Which"),
        [EVERYTHING, *ICONS],
        default=EVERYTHING,
        format_func=kind_word,
        key=KIND,
        label_visibility="collapsed",
    )
    if not (typed or "").strip():
        _recent(me)
        return
    with forms.showing_errors(), db.read() as session:
        found = search.find(session, me, typed, [kind] if kind else None, MANY)
    if not found.is_complete:
        st.caption(t("What was written in the last moment may be missing yet."))
    if not found:
        st.info(
            t("Nothing that you may see holds this. Try fewer words, or part of a name."), icon=":material/search_off:"
        )
    _groups(found, MANY if kind else FEW)
    if len(found) == MANY:
        st.caption(t("The first {count} are shown; more words narrow it.", count=number(MANY)))


def _groups(found: Sequence[Hit], most: int) -> None:
    """The kinds in the order of their best hit."""
    order = list(dict.fromkeys(hit.kind for hit in found))
    for kind, hits in groupby(sorted(found, key=lambda hit: order.index(hit.kind)), lambda hit: hit.kind):
        several = list(hits)
        st.markdown(say.marked("**{kind}** :gray[{count}]", kind=kind_word(kind), count=len(several)))
        for hit in several[:most]:
            _line(hit)


def _line(hit: Hit) -> None:
    file, about = place(hit)
    with st.container(gap=None, key=f"hit_{hit.kind}_{hit.id}"):
        st.page_link(
            menu.PAGES / f"{file}.py", label=say.label(hit.title), icon=ICONS.get(hit.kind), query_params=about
        )
        whose = "" if hit.kind == "clients" else hit.about
        told = say.joined([whose, lit(hit)] if hit.sentence != hit.title else [whose])
        if told:
            st.caption(say.label(told))


def place(hit: Hit) -> tuple[str, dict[str, str]]:
    """The page on which a hit stands, and what its address carries."""
    if hit.kind == "imports":
        return "imports", {"batch": str(hit.id)}
    if hit.client_id is None:
        return "tasks", {"q": hit.title}
    tab = {"interactions": {"tab": "timeline"}, "tasks": {"tab": "tasks"}}.get(hit.kind, {})
    return "client", {"id": str(hit.client_id), **tab}


def lit(hit: Hit) -> say.Marked:
    """The sentence, with what was looked for on a background."""
    parts, end = [], 0
    for start, stop in hit.marks:
        parts += [
            say.text(hit.sentence[end:start]),
            say.marked(":orange-background[{word}]", word=hit.sentence[start:stop]),
        ]
        end = stop
    return say.Marked("".join([*parts, say.text(hit.sentence[end:])]))


def _recent(me: Person) -> None:
    """While nothing is typed: whom one spoke to last."""
    with db.read() as session:
        spoken = interactions.recent(session, me, person_id=me.id, limit=MANY)
        ids = list(dict.fromkeys(one.client_id for one in spoken))[:RECENT]
        names = {client.id: client.name for client in clients.book_of(session, me)}
    if not ids:
        st.caption(
            t("Names in Chinese, pinyin or its initials, UIDs and phones by part, and words in either language.")
        )
        return
    st.markdown(say.marked("**{told}**", told=t("Spoken to last")))
    for client_id in ids:
        if client_id in names:
            client_links.to_client(client_id, names[client_id])
