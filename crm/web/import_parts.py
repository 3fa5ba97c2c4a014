"""Files on their way in, on the screen: where they are dropped, what was read, which column says what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from crm.config import settings
from crm.imports import KINDS, Batch, BatchStatus, Kind, Mode, Options, kinds, layouts
from crm.people import Person, Right, may
from crm.web import addressed, import_words, locale, narrowed, parts, people_parts
from crm.web.import_view import PAGE, View
from crm.web.locale import t

ENDINGS = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "json", "parquet", "zip"]
ORDERS = ("", "dmy", "mdy")
WIDTH = 230
REST = "·"  # a column that means nothing known; the editor would show an empty text as None


@dataclass(frozen=True)
class Dropped:
    """A file that was just dropped in, and the kind that was chosen for it (None: to be recognised)."""

    name: str
    content: bytes
    kind: str | None


@dataclass(frozen=True)
class Understood:
    """What a person said about the columns: a field for each that they changed, the options, a name to keep it under."""

    fields: Mapping[int, str | None]
    options: Options
    keep_as: str


def drop(me: Person) -> Dropped | None:
    """Where a file is dropped; it is read at once."""
    may_people = may(me, Right.ACCOUNTS)
    offered = [kind for kind in KINDS if (kind == "managers") == may_people]
    with st.container(border=True):
        left, right = st.columns([3, 1], vertical_alignment="top")
        with right:
            kind = addressed.choice(t("What is in it"), offered, name="kind", shown=import_words.kind)
            st.caption(t("Left empty, it is recognised by the header."))
        with left:
            file = st.file_uploader(
                t("Drop a file here: a list of staff") if may_people
                else t("Drop a file here: clients, trades, daily figures, balances, conversations or tasks"),
                type=ENDINGS, key="import_file", max_upload_size=settings().upload_limit_mb,
            )  # fmt: skip
            st.caption(
                t(
                    "CSV, Excel, ODS, JSON, Parquet, or these in a ZIP; up to {size} MB.",
                    size=settings().upload_limit_mb,
                )
            )
    return Dropped(file.name, file.getvalue(), kind) if file else None


def back() -> None:
    st.button(t("All imports"), icon=":material/arrow_back:", type="tertiary", on_click=leave, key="all_imports")


def heading(me: Person, view: View) -> None:
    """Which file this is, who dropped it in, and why it did not go on if it did not."""
    batch = view.batch
    st.title(parts.plain(batch.file_name))
    facts = [
        import_words.kind(batch.kind),
        import_words.size(batch.size),
        t("dropped in by {name}", name=view.who),
        locale.moment(batch.staged_at, me.time_zone),
        import_words.status(batch.status),
    ]
    st.caption(" · ".join(map(parts.plain, facts)))
    if view.job and view.job.error:
        st.error(
            t(
                "It was not applied: {why} Nothing of it was written; try again.",
                why=parts.plain(locale.sentence(view.job.error)),
            )
        )
    if view.question:
        st.error(parts.plain(locale.sentence(view.question)), icon=":material/help:")


def leave() -> None:
    addressed.put(batch=None, step=None, fate=None, page=None)


def columns(view: View) -> Understood | None:
    """What was read, and the form in which a person corrects which column says what; filled once it was sent."""
    notes = [parts.plain(locale.sentence(note)) for note in view.notes]
    st.markdown(
        "\n".join(f"- {note}" for note in notes)
        if notes
        else t("The file was read as it stands; nothing had to be repaired.")
    )
    kind = KINDS[view.batch.kind]
    with st.form(f"columns.{view.batch.id}.{view.batch.version}", border=False):
        edited = _mapping(view, kind)
        options, keep_as = _options(view, kind)
        sent = st.form_submit_button(t("Show what would happen"), type="primary", icon=":material/visibility:")
    fields = {column.index: edited[column.index] for column in view.columns if edited[column.index] != column.field}
    return Understood(fields, options, keep_as) if sent else None


def _mapping(view: View, kind: Kind) -> dict[int, str | None]:
    labels = {column.field: import_words.column(column.label) for column in kind.columns}
    rest = t("keep as it is") if kind.keeps_rest else t("leave out")
    frame = pd.DataFrame(
        {
            "header": [import_words.header(column.header) for column in view.columns],
            "field": [column.field or REST for column in view.columns],
            "samples": [" · ".join(column.samples) for column in view.columns],
            "sure": [import_words.sureness(column.field, column.confidence) for column in view.columns],
        }
    )
    edited: Any = st.data_editor(
        frame,
        hide_index=True,
        disabled=["header", "samples", "sure"],
        key=f"mapping.{view.batch.id}.{view.batch.version}",
        height="content",
        column_config={
            "header": st.column_config.TextColumn(t("In the file"), width="medium"),
            "samples": st.column_config.TextColumn(t("First values"), width="large"),
            "field": st.column_config.SelectboxColumn(
                t("Means"),
                options=[REST, *labels],
                format_func=lambda name: labels.get(str(name), rest),
                required=True,
                width="medium",
            ),
            "sure": st.column_config.TextColumn(t("How sure"), width="small"),
        },
    )
    means = list(edited["field"])
    return {
        column.index: None if means[place] in (REST, None) else means[place]
        for place, column in enumerate(view.columns)
    }


def _options(view: View, kind: Kind) -> tuple[Options, str]:
    """What the file does not say itself; only what this kind can use is asked for."""
    mapping, suffix = view.batch.mapping, f"{view.batch.id}.{view.batch.version}"
    constants, types = mapping.get("constants", {}), {column.type for column in kind.columns}
    asked: dict[str, Any] = {}
    with st.container(horizontal=True):
        if kinds.Type.VENUE in types:
            label = t("Exchange of rows that name none")
            asked["venue"] = (
                st.text_input(label, constants.get("venue", ""), key=f"venue.{suffix}", width=WIDTH) or None
            )
        if "uid" in {column.field for column in kind.columns} and not kind.keeps_rest:
            label = t("UID of rows that name none")
            asked["uid"] = st.text_input(label, constants.get("uid", ""), key=f"uid.{suffix}", width=WIDTH) or None
        if view.layouts:
            none = {layouts.NONE: t("none: read it by the names of its columns")}
            named = {name: name for name in view.layouts} | none
            now = mapping.get("layout") or layouts.NONE
            asked["layout"] = _one(t("Layout of the file"), named, now, f"layout.{suffix}")
        if any(column.field == "manager" for column in kind.columns):
            asked["manager"] = _manager(view, constants.get("manager"), suffix)
        if kinds.Type.MOMENT in types:
            zone = mapping.get("time_zone", "UTC")
            zones = {one: one for one in sorted({*people_parts.zones(), zone})}
            asked["time_zone"] = _one(t("Zone of times without one"), zones, zone, f"zone.{suffix}")
        if types & {kinds.Type.DAY, kinds.Type.MOMENT}:
            decided = next(iter(mapping.get("date_orders", {}).values()), "")
            orders = {order: import_words.order(order) for order in ORDERS}
            asked["date_order"] = _one(t("Dates such as 03/04/2026"), orders, decided, f"order.{suffix}") or None
        modes = {str(mode): import_words.mode(mode) for mode in Mode}
        asked["mode"] = Mode(_one(t("Rows that are known already"), modes, str(view.batch.mode), f"mode.{suffix}"))
        keep_as = st.text_input(
            t("Keep these columns under a name"), key=f"keep.{suffix}", max_chars=120, width=WIDTH,
            placeholder=", ".join(profile.name for profile in view.profiles) or None,
            help=t("The next file with the same header is then read the same way."),
        )  # fmt: skip
    return Options(**asked), keep_as.strip()


def _one(label: str, names: Mapping[str, str], chosen: str, key: str) -> str:
    options = list(names)
    place = options.index(chosen) if chosen in names else 0
    return str(st.selectbox(label, options, place, format_func=names.__getitem__, key=key, width=WIDTH))


def _manager(view: View, chosen: str | None, suffix: str) -> str | None:
    names = {"": "—", **{person.email: person.name for person in view.managers}}
    return _one(t("Manager of rows that name none"), names, chosen or "", f"manager.{suffix}") or None


def past(me: Person, batches: Sequence[Batch], names: Mapping[UUID, str]) -> None:
    """Every import so far; choosing one opens it."""
    st.subheader(t("Past imports"))
    if not batches:
        st.info(t("No file has come in yet. Drop one above; you see what would happen before anything is written."))
        return
    number = {name: [batch.counts.get(name) for batch in batches] for name in ("rows", "created", "changed", "refused")}
    frame = pd.DataFrame(
        {
            "when": [locale.moment(batch.staged_at, me.time_zone) for batch in batches],
            "file": [batch.file_name for batch in batches],
            "kind": [import_words.kind(batch.kind) for batch in batches],
            "who": [names.get(batch.staged_by, "") if batch.staged_by else "" for batch in batches],
            "state": [import_words.status(batch.status) for batch in batches],
            **{name: pd.array(values, dtype="Int64") for name, values in number.items()},
        }
    )
    titles = {"when": t("When"), "file": t("File"), "kind": t("Kind"), "who": t("Who"), "state": t("State")}
    counts = {"rows": t("Rows"), "created": t("New"), "changed": t("Changed"), "refused": t("Refused")}
    config: dict[str, Any] = {name: st.column_config.TextColumn(title) for name, title in titles.items()}
    config |= {
        name: st.column_config.NumberColumn(title, format="localized", width="small") for name, title in counts.items()
    }
    key = f"batches.{addressed.get('page')}"
    st.dataframe(
        frame, hide_index=True, key=key, height="content", selection_mode="single-row", placeholder="", column_config=config,
        on_select=lambda: _open(key, batches),
    )  # fmt: skip


def _open(key: str, batches: Sequence[Batch]) -> None:
    rows = st.session_state[key].selection.rows
    if rows:
        batch = batches[rows[0]]
        addressed.put(batch=batch.id, step="preview" if batch.status == BatchStatus.STAGED else None)


def offset() -> int:
    return (narrowed.page_number() - 1) * PAGE
