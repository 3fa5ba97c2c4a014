"""The columns step on the screen: which table was read, what its times mean, which column says what, and what holds for all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from crm.imports import Conversion, Options
from crm.intake import KINDS, NAMELESS, Kind, Lists, Mode, Type, layouts
from crm.screens.imports import guesses, time_choice, wording
from crm.screens.imports.stages import View
from crm.web.kit import forms, say
from crm.web.kit.phrases import render
from crm.web.locale import t

ORDERS = ("", "dmy", "mdy")
WIDTH = 300
WITH_ZONE = re.compile(r"\d{10}|\d{13}|.*\d:\d\d.*(Z|[+-]\d{2}(:?\d{2})?)")
REST = "·"  # a column that means nothing known; the editor would show an empty text as None
ASKED_APART = ("venue", "uid", "manager")


@dataclass(frozen=True)
class Understood:
    """What a person said about the columns: a field for each that they changed, the options, a name to keep it under.

    `stays`: another table or kind was chosen, so that its columns are to be looked at first.
    """

    fields: Mapping[int, str | None]
    options: Options
    keep_as: str = ""
    stays: bool = False


def columns(view: View) -> Understood | None:
    """What was read, and the form in which a person corrects which column says what; filled once it was sent."""
    _notes(view)
    if other := _table(view):
        return Understood({}, Options(sheet=other, mode=Mode(view.batch.mode)), stays=True)
    if meant := _kind(view):
        return Understood({}, Options(kind=meant, mode=Mode(view.batch.mode)), stays=True)
    kind = KINDS[view.batch.kind]
    answers = guesses.chosen(view.batch, view.guesses)
    read = _times(view, kind)
    with st.form(f"columns.{view.batch.id}.{view.batch.version}", border=False):
        uid = _account(view)
        means, erasing = _mapping(view, kind)
        asked, keep_as = _options(view, kind)
        values = _of_all(view, kind)
        sent = st.form_submit_button(t("Show what would happen"), type="primary", icon=":material/visibility:")
    if not sent:
        return None
    fields = {column.index: means[column.index] for column in view.columns if means[column.index] != column.field}
    return Understood(fields, Options(**read, **asked, **uid, erasing=erasing, values=values, answers=answers), keep_as)


def _notes(view: View) -> None:
    """What reading repaired or assumed."""
    notes = wording.notes([note for note in view.notes if note != NAMELESS])
    if notes:
        st.markdown(say.bullets(notes))
    elif not view.notes:
        st.markdown(t("The file was read as it stands; nothing had to be repaired."))


def _account(view: View) -> dict[str, Any]:
    """Whose rows these are, asked first where the file cannot say it."""
    if NAMELESS not in view.notes:
        return {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        uid = _uid(view)
        st.markdown(say.marked(":material/help: {why}", why=render(NAMELESS)), width="content")
    return {"uid": uid}


def _uid(view: View) -> str | None:
    known = view.batch.mapping.get("constants", {}).get("uid", "")
    key = f"uid.{view.batch.id}.{view.batch.version}"
    return st.text_input(t("UID of rows that name none"), known, key=key, width=WIDTH) or None


def _table(view: View) -> str | None:
    """Another table of the file than the one that was read, once somebody has chosen it."""
    mapping = view.batch.mapping
    names = list(mapping.get("tables", ()))
    if len(names) < 2:  # noqa: PLR2004
        return None
    now = mapping["table"]
    key = f"table.{view.batch.id}.{view.batch.version}"
    chosen = str(st.selectbox(t("Table of the file"), names, names.index(now), key=key, width=2 * WIDTH))
    return chosen if chosen != now else None


def _kind(view: View) -> str | None:
    """Another kind of list than the one that was recognised, once somebody has chosen it; staff are no clients."""
    right, key = KINDS[view.batch.kind].right, f"kind.{view.batch.id}.{view.batch.version}"
    offered = [kind.name for kind in KINDS.values() if kind.right == right]
    if len(offered) < 2:  # noqa: PLR2004
        return None
    now = offered.index(view.batch.kind)
    chosen = str(st.selectbox(t("What is in it"), offered, now, wording.kind, key=key, width=WIDTH))
    return chosen if chosen != view.batch.kind else None


def _times(view: View, kind: Kind) -> dict[str, Any]:
    """Zone and order, and what three cells mean by them: chosen outside the form, so that the answer is seen at once."""
    batch, mapping, times = view.batch, view.batch.mapping, view.times
    types, read = {column.type for column in kind.columns}, dict[str, Any]()
    with st.container(horizontal=True):
        if Type.MOMENT in types:
            zone = mapping.get("time_zone", "UTC")
            zones = {one: wording.zone(one) for one in sorted({*forms.zones(), zone})}
            read["time_zone"] = _one(t("Zone of times without one"), zones, zone, time_choice.zone_key(batch))
        if types & {Type.DAY, Type.MOMENT} and _asks_order(view):
            decided = next(iter(mapping.get("date_orders", {}).values()), "")
            orders = {order: wording.order(order) for order in ORDERS}
            read["date_order"] = (
                _one(t("Dates such as 03/04/2026"), orders, decided, time_choice.order_key(batch)) or None
            )
    if times.question and times.question != view.question:
        st.warning(say.text(render(times.question)), icon=":material/help:")
    if any(map(_is_open, times.conversions)):
        _conversions(times.conversions)
    return read


def _asks_order(view: View) -> bool:
    """Whether some day could be read in another order, or somebody has said which is meant."""
    decided = any(view.batch.mapping.get("date_orders", {}).values())
    return bool(view.times.is_order_open or view.question or decided)


def _is_open(one: Conversion) -> bool:
    """A day that is no plain ISO day, or a time without a zone: how it is read depends on what is chosen."""
    if one.day is None:
        return True
    return not WITH_ZONE.fullmatch(one.raw) if one.at else one.raw != one.day.isoformat()


def _conversions(found: list[Conversion]) -> None:
    lines = [
        (c.raw, f"{c.at:%Y-%m-%d %H:%M:%S}" if c.at else "—", c.day.isoformat() if c.day else t("not understood"))
        for c in found
    ]
    of_times = any(c.at for c in found)
    names = {0: t("“{column}” in the file", column=found[0].header), 1: t("is read as, in UTC")}
    names[2] = t("Day of the exchange") if of_times else t("is read as")
    frame = pd.DataFrame(lines, columns=list(names.values()))
    shown = frame if of_times else frame.drop(columns=names[1])
    st.dataframe(shown, hide_index=True, height="content", width=640)


def _mapping(view: View, kind: Kind) -> tuple[dict[int, str | None], tuple[str, ...]]:
    """What each column means, and which columns erase where they are empty."""
    labels = {column.field: wording.column(column.label) for column in kind.columns}
    rest = t("keep as it is") if kind.keeps_rest else t("leave out")
    frame = pd.DataFrame(
        {
            "header": [wording.header(column.header) for column in view.columns],
            "field": [column.field or REST for column in view.columns],
            "samples": [" · ".join(column.samples) for column in view.columns],
            "sure": [wording.sureness(column.field, column.confidence) for column in view.columns],
            "erases": [column.erases for column in view.columns],
        }
    )
    edited: Any = st.data_editor(
        frame,
        hide_index=True,
        disabled=["header", "samples", "sure"],
        key=f"mapping.{view.batch.id}.{view.batch.version}",
        height="content",
        column_config={
            "header": st.column_config.TextColumn(t("In the file"), width=180),
            "samples": st.column_config.TextColumn(t("First values"), width=270),
            "field": st.column_config.SelectboxColumn(
                t("Means"),
                options=[REST, *labels],
                format_func=lambda name: labels.get(str(name), rest),
                required=True,
                width=170,
            ),
            "sure": st.column_config.TextColumn(t("How sure"), width=90),
            "erases": st.column_config.CheckboxColumn(
                t("Empty erases"),
                width=110,
                help=t("An empty cell says nothing. Ticked, it empties what is known of the row instead."),
            ),
        },
    )
    chosen = [None if name in (REST, None) else str(name) for name in edited["field"]]
    erasing = [
        name or column.erasable or column.header
        for column, name, erases in zip(view.columns, chosen, edited["erases"], strict=True)
        if erases
    ]
    return {column.index: chosen[place] for place, column in enumerate(view.columns)}, tuple(erasing)


def _options(view: View, kind: Kind) -> tuple[dict[str, Any], str]:
    """What the file does not say itself; only what this kind can use is asked for."""
    mapping, suffix = view.batch.mapping, f"{view.batch.id}.{view.batch.version}"
    constants, types = mapping.get("constants", {}), {column.type for column in kind.columns}
    asked: dict[str, Any] = {}
    with st.container(horizontal=True):
        if Type.VENUE in types:
            label = t("Exchange of rows that name none")
            asked["venue"] = st.text_input(
                say.label(label), constants.get("venue", ""), key=f"venue.{suffix}", width=WIDTH
            )
        if "uid" in {column.field for column in kind.columns} and not kind.keeps_rest and NAMELESS not in view.notes:
            asked["uid"] = _uid(view)
        if view.layouts:
            none = {layouts.NONE: t("none: read it by the names of its columns")}
            named = {name: name for name in view.layouts} | none
            now = mapping.get("layout") or layouts.NONE
            asked["layout"] = _one(t("Layout of the file"), named, now, f"layout.{suffix}")
        if any(column.field == "manager" for column in kind.columns):
            asked["manager"] = _manager(view, constants.get("manager"), suffix)
        modes = {str(mode): wording.mode(mode) for mode in Mode}
        asked["mode"] = Mode(_one(t("Rows that are known already"), modes, str(view.batch.mode), f"mode.{suffix}"))
        if kind.lists:
            ways = {str(way): wording.lists(way) for way in Lists}
            now = mapping.get("lists", Lists.APPEND)
            asked["lists"] = Lists(_one(t("Their tags, contacts and other lists"), ways, now, f"lists.{suffix}"))
        keep_as = st.text_input(
            t("Keep these columns under a name"),
            key=f"keep.{suffix}",
            max_chars=120,
            width=WIDTH,
            placeholder=", ".join(profile.name for profile in view.profiles) or None,
            help=t("The next file with the same header is then read the same way."),
        )
    return asked, keep_as.strip()


def _of_all(view: View, kind: Kind) -> dict[str, str]:
    """Values for rows that say none themselves, as far as they were changed."""
    now = view.batch.mapping.get("constants", {})
    offered = [column for column in kind.of_all if column.field not in ASKED_APART]
    given = [column for column in offered if now.get(column.field)]
    with st.expander(t("Values for all rows that say none themselves"), expanded=bool(given)):
        frame = pd.DataFrame(
            {
                "column": [wording.column(column.label) for column in offered],
                "value": [now.get(column.field, "") for column in offered],
            }
        )
        edited: Any = st.data_editor(
            frame,
            hide_index=True,
            disabled=["column"],
            key=f"values.{view.batch.id}.{view.batch.version}",
            height="content",
            width=2 * WIDTH,
            column_config={
                "column": st.column_config.TextColumn(t("Column")),
                "value": st.column_config.TextColumn(t("Value for all rows")),
            },
        )
    values = {column.field: str(value or "").strip() for column, value in zip(offered, edited["value"], strict=True)}
    return {field: value for field, value in values.items() if value != now.get(field, "")}


def _one(label: str, names: Mapping[str, str], chosen: str, key: str) -> str:
    options = list(names)
    place = options.index(chosen) if chosen in names else 0
    return str(st.selectbox(say.label(label), options, place, format_func=names.__getitem__, key=key, width=WIDTH))


def _manager(view: View, chosen: str | None, suffix: str) -> str:
    names = {"": "—", **{person.email: person.name for person in view.managers}}
    return _one(t("Manager of rows that name none"), names, chosen or "", f"manager.{suffix}")
