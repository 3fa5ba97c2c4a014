"""The list of clients who may be one: what it is narrowed to, the groups, and merging several of them at once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import streamlit as st

from crm import db, duplicates, handover
from crm.db.sessions import WriteSession
from crm.duplicates import Candidates, Group, PairFilter, Shared
from crm.people import Person
from crm.web.kit import columns, dialogs, forms, list_filters, query_params, say, table
from crm.web.kit.actions import Action, run
from crm.web.kit.cache import remembered
from crm.web.kit.table import Column, Order, Table
from crm.web.locale import t, tn

LEAST = {"likely": 80, "all": 0}
MERGING = "merge_groups"


def asked() -> PairFilter:
    """The filter that the address spells."""
    shared = query_params.get("why")
    least = LEAST.get(query_params.get("sure"), 0)
    return PairFilter(list_filters.asked_words(), Shared(shared) if shared in set(Shared) else None, least)


def filters() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=300):
            list_filters.words(t("Search"), placeholder=t("Name or UID"))
        with st.container(width=220):
            query_params.choice(t("They share"), list(Shared), name="why", shown=shared_word, clears=("page",))
        query_params.segment(
            t("How sure"), list(LEAST), name="sure", shown=_least_word, clears=("page",), default="all"
        )


def shared_word(shared: Shared) -> str:
    names = {
        Shared.EMAIL: t("E-mail"),
        Shared.PHONE: t("Phone"),
        Shared.HANDLE: t("Contact"),
        Shared.UID: t("UID"),
        Shared.NAME: t("Similar name"),
    }
    return names[shared]


def _least_word(name: str) -> str:
    return t("Likely") if name == "likely" else t("All possible")


def nothing(wanted: PairFilter) -> None:
    told = (
        t("No two clients look like one. Whoever adds a client that resembles another is told so at once.")
        if wanted == PairFilter()
        else t("Nothing fits these filters. Take one away.")
    )
    st.info(say.label(told), icon=":material/check_circle:")


def described(found: Candidates, names: Mapping[UUID, str]) -> Table[Group]:
    """One line for each group, the surest first; the names lead to comparing them."""
    text = columns.text

    def lines(group: Group) -> list[duplicates.Line]:
        return [found.lines[one] for one in group.ids]

    def called(group: Group) -> str:
        return " · ".join(line.name for line in lines(group))

    def shared(group: Group) -> str:
        return ", ".join(shared_word(one) for one in group.shared)

    def uids(group: Group) -> str:
        return " · ".join(f"{line.venue} {line.uid}" for line in lines(group) if line.uid)

    def managers(group: Group) -> str:
        return ", ".join(dict.fromkeys(names.get(line.manager_id, "—") for line in lines(group)))

    score = st.column_config.ProgressColumn(
        t("How sure"),
        width=110,
        min_value=0,
        max_value=100,
        format="%d",
        help=t("What they share, weighed together: 100 would be certain"),
    )
    listed = [
        Column("clients", text(t("Clients"), width=330), called, by=called, opens=_open),
        Column("score", score, lambda group: group.score, by=lambda group: group.score),
        Column("shared", text(t("They share"), width=170), shared, by=shared),
        Column("uids", text("UID", width=260), uids, by=uids),
        Column("managers", text(t("Manager"), width=150), managers, by=managers),
    ]
    return Table(
        "duplicates",
        listed,
        usual=Order("score", descending=True),
        row_id=lambda group: group.ids,
        is_ticked=True,
        alt=t("Duplicates"),
    )


def _open(group: Group) -> None:
    query_params.put(clients=",".join(map(str, group.ids)))


def bar(chosen: Sequence[Group]) -> None:
    """What can be done with ticked groups."""
    if not chosen:
        st.caption(t("Click the names to compare them field by field, or tick several lines to merge each into one."))
        return
    with table.bar(len(chosen)):
        st.button(
            t("Merge each into one"),
            icon=":material/join_inner:",
            key="merge_chosen",
            on_click=dialogs.ask,
            args=(MERGING, tuple(group.ids for group in chosen)),
        )


def dialog(me: Person) -> None:
    """The preview of merging several groups, if a click asked for it."""
    asked_for = dialogs.now()
    if asked_for and asked_for.name == MERGING:
        st.dialog(t("Merge each into one"), on_dismiss=dialogs.close)(_preview)(me, asked_for.about)


def _preview(me: Person, groups: Sequence[Sequence[UUID]]) -> None:
    with forms.showing_errors(), db.read() as session:
        merges = duplicates.merges_of(session, me, groups)
        found = remembered(duplicates.candidates, me).lines
    shown = {one: found[one].name if one in found else "—" for group in groups for one in group}
    lines = [
        say.marked(
            t("**{kept}** stays; merged into it: {others}"),
            kept=shown[m.keep_id],
            others=", ".join(shown[i] for i in m.other_ids),
        )
        for m in merges
    ]
    st.markdown(say.bullets(lines))
    st.caption(t("Where one says nothing, another fills it. All of it is one change, and can be undone as one."))
    if st.button(t("Merge"), type="primary", key="merge_groups_now"):
        run(me, _merging_of(merges))


def _merging_of(merges: Sequence[Any]) -> Action:
    def act(session: WriteSession, by: Person) -> None:
        handover.merge(session, by, merges)

    return Action(
        "merge clients",
        tn("{count} group is one client now.", "{count} groups are one client each now.", len(merges)),
        act,
    )
