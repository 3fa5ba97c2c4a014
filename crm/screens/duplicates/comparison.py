"""Clients side by side: why they may be one, what each has, whose value wins in each field, and the merge."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from crm import clients, duplicates, handover, people
from crm.clients import Client
from crm.db.sessions import WriteSession
from crm.duplicates import Candidates, Pair, Shared
from crm.handover import merging, survivorship
from crm.handover.merging import Merge
from crm.handover.survivorship import Weighed
from crm.people import Person, Right, may
from crm.screens import client_links
from crm.screens.duplicates import listing
from crm.web.kit import list_filters, query_params, say, words
from crm.web.kit.actions import Action
from crm.web.locale import day, number, t

_GIVEN = ("manager_id", "backup_id")


@dataclass(frozen=True)
class Compared:
    """The clients as they stand, the fullest first; how many rows each has; everybody's name; which pairs, and why."""

    clients: Sequence[Client]
    rows: Mapping[UUID, Mapping[str, int]]
    names: Mapping[UUID, str]
    pairs: Sequence[Pair]

    @property
    def mark(self) -> str:
        """Changes whenever one of them was changed, so that nobody merges what they have not seen."""
        told = repr([(client.id, client.version) for client in self.clients])
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def asked() -> tuple[UUID, ...]:
    """Whom the address wants compared."""
    found = (list_filters.uuid_of(part) for part in query_params.get("clients").split(","))
    return tuple(dict.fromkeys(one for one in found if one))[: merging.MOST_AT_ONCE]


def read(session: Session, me: Person, client_ids: Sequence[UUID], known: Candidates) -> Compared | None:
    """None if fewer than two of them are still there to be seen."""
    seen = [client for client in (clients.seen(session, me, one) for one in client_ids) if client]
    if len(seen) < 2:  # noqa: PLR2004
        return None
    ids = {client.id for client in seen}
    pairs = [pair for pair in known.pairs if set(pair.ids) <= ids]
    rows = merging.moving(session, me, list(ids))
    return Compared(duplicates.best_first(seen), rows, people.names(session), pairs)


def gone() -> None:
    st.info(t("These are one client already, or not in your book."), icon=":material/info:")
    query_params.put(clients=None)


def show(me: Person, found: Compared) -> Action | None:
    st.button(t("All duplicates"), icon=":material/arrow_back:", type="tertiary", on_click=leave, key="all_duplicates")
    st.title(t("Are these one client?"))
    _why(found)
    _cards(found)
    keep, others = _who(found)
    if not others:
        return None
    choices = _choices(me, found, [keep, *others])
    with st.container(horizontal=True, vertical_alignment="center"):
        merge = st.button(t("Merge"), type="primary", icon=":material/join_inner:", key=f"merge_{found.mark}")
        two = st.button(t("They are not duplicates"), icon=":material/call_split:", key=f"two_{found.mark}")
    if merge:
        return _merging_of(keep, others, choices)
    return _two(found) if two else None


def leave() -> None:
    query_params.put(clients=None)


def _why(found: Compared) -> None:
    by_id = {client.id: client for client in found.clients}
    for pair in found.pairs:
        reasons = ", ".join(_reason(reason.shared, reason.value) for reason in pair.reasons)
        one, other = (by_id[client_id].name for client_id in pair.ids)
        st.markdown(
            say.marked(
                "{one} – {other}: {reasons} :gray[({sure})]",
                one=one,
                other=other,
                reasons=reasons,
                sure=t("{score}% alike", score=number(pair.score)),
            )
        )
    if not found.pairs:
        st.caption(t("Nothing says so but you; compare well."))


def _reason(shared: Shared, value: str) -> str:
    word = listing.shared_word(shared)
    return word.lower() if shared is Shared.NAME else f"{word} {value}"


def _cards(found: Compared) -> None:
    """What each has and who looks after it; all of that stays."""
    with st.container(horizontal=True):
        for client in found.clients:
            with st.container(border=True, width=280, gap="small"):
                client_links.to_client(client.id, client.name)
                manager = found.names.get(client.manager_id, "—")
                st.caption(say.text(" · ".join((f"{client.venue} {client.uid or ''}".strip(), manager))))
                rows = found.rows[client.id]
                told = [f"{words.rows(name)}: {number(rows[name])}" for name in words.counted() if rows.get(name)]
                st.caption(say.lines(told or [t("Nothing was logged yet")]))


def _who(found: Compared) -> tuple[Client, list[Client]]:
    """Which record stays, and who else belongs to it."""
    by_id = {client.id: client for client in found.clients}
    label, marked = partial(_label, by_id), partial(_marked, by_id)
    keep = st.radio(t("Which record stays"), list(by_id), format_func=marked, key=f"keep_{found.mark}", horizontal=True)
    others = [client for client in found.clients if client.id != keep]
    if len(others) > 1:
        ids = [client.id for client in others]
        chosen = st.multiselect(
            t("Merged into it"), ids, default=ids, format_func=label, key=f"others_{found.mark}_{keep}"
        )
        others = [client for client in others if client.id in chosen]
    return by_id[keep], others


def _label(by_id: Mapping[UUID, Client], client_id: UUID) -> str:
    client = by_id[client_id]
    return f"{client.name} ({client.uid})" if client.uid else client.name


def _marked(by_id: Mapping[UUID, Client], client_id: UUID) -> str:
    return say.label(_label(by_id, client_id))


def _choices(me: Person, found: Compared, ordered: Sequence[Client]) -> dict[str, UUID]:
    """A choice for each field in which two of them say different things; the rest in a list below."""
    lines = survivorship.weigh(ordered)
    open_lines = [line for line in lines if line.differs and (line.field not in _GIVEN or may(me, Right.REASSIGN))]
    if open_lines:
        st.subheader(t("Where they differ"))
    with st.container(horizontal=True):
        choices = {line.field: _choice(found, line, ordered) for line in open_lines}
    _same(found, [line for line in lines if line not in open_lines], ordered)
    return {field: chosen for field, chosen in choices.items() if chosen}


def _choice(found: Compared, line: Weighed, ordered: Sequence[Client]) -> UUID | None:
    """Whose value; None for notes that stand one below the other."""
    shown: dict[UUID | None, str] = {None: t("All of them")} if line.field == survivorship.NOTES else {}
    for client in ordered:
        value = line.values[client.id]
        if value not in (None, "", *(line.values[one] for one in shown if one)):
            shown[client.id] = _shown(found, line.field, value)
    with st.container(width=380):
        chosen: UUID | None = st.radio(
            say.label(_field(line.field)),
            list(shown),
            format_func=lambda one: say.label(clients.values.shown(shown[one])),
            key=f"field_{line.field}_{ordered[0].id}_{found.mark}",
            horizontal=True,
        )
    return chosen


def _same(found: Compared, lines: Sequence[Weighed], ordered: Sequence[Client]) -> None:
    told = [f"{_field(line.field)}: {_shown(found, line.field, line.values[line.winner])}" for line in lines]
    tags = dict.fromkeys(tag for client in ordered for tag in client.tags or [])
    if tags:
        told.append(f"{words.field('tags')}: {', '.join(tags)}")
    with st.expander(t("What they agree on, or only one of them says")):
        st.markdown(say.bullets(told))


def _field(name: str) -> str:
    return t("Account") if name == survivorship.ACCOUNT else words.field(name.removeprefix(survivorship.MORE))


def _shown(found: Compared, field: str, value: Any) -> str:  # noqa: ANN401 -- a cell
    if field == survivorship.ACCOUNT:
        return " ".join(value)
    if field in _GIVEN:
        return found.names.get(value, "—")
    if field == "country":
        return words.country(value)
    if isinstance(value, date):
        return day(value)
    return words.word(str(value)) if field in ("kind", "status", "risk") else str(value)


def _merging_of(keep: Client, others: Sequence[Client], choices: Mapping[str, UUID]) -> Action:
    every = [keep, *others]
    wanted = Merge(
        keep_id=keep.id,
        other_ids=[client.id for client in others],
        choices=dict(choices),
        versions={client.id: client.version for client in every},
    )

    def act(session: WriteSession, by: Person) -> None:
        handover.merge(session, by, [wanted])
        left = [one for one in asked() if one not in wanted.other_ids]
        query_params.put(clients=",".join(map(str, left)) if len(left) > 1 else None)

    said = t("{names} are one client now.", names=", ".join(client.name for client in every))
    return Action("merge clients", said, act)


def _two(found: Compared) -> Action:
    ids = [client.id for client in found.clients]

    def act(session: WriteSession, by: Person) -> None:
        duplicates.not_duplicates(session, by, ids)

    return Action("not duplicates", t("They will not be offered again."), act)
