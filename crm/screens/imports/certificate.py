"""The certificate on the screen: every row accounted for, the sums, what was refused, and the ways back."""

import pandas as pd
import streamlit as st

from crm.history import RowChange
from crm.imports import BatchStatus, Counts, RowProblem
from crm.people import Person
from crm.screens import client_links
from crm.screens.imports import uploads, wording
from crm.screens.imports.outcome import HIGHEST, OUTCOMES, Clicked
from crm.screens.imports.stages import View
from crm.screens.journal import journal_view
from crm.web import locale
from crm.web.frame import links
from crm.web.kit import columns, desk_words, query_params, say, table
from crm.web.kit.phrases import render
from crm.web.kit.table import Column, Table
from crm.web.locale import number, t

_TONES = {
    "created": "green",
    "changed": "blue",
    "unchanged": "gray",
    "refused": "red",
    "duplicate": "orange",
    "held": "violet",
}
_OUTCOMES = ("", "created", "changed")


def certificate(me: Person, view: View) -> Clicked:
    """Every row of the file accounted for, the sums, what was refused, and the way back."""
    found = view.certificate
    if found is None:
        return Clicked()
    batch, counts = view.batch, found.counts
    _state(me, view)
    _sum_of_rows(counts)
    if found.sums:
        _sums(view)
    if not (counts.created or counts.changed):
        st.info(t("Nothing was changed by it."))
    clicked = _after(me, view)
    chosen = _beneath(me, view)
    st.caption(say.label(t("SHA-256 of the file: {hash}", hash=batch.file_hash)))
    return chosen or clicked


def _state(me: Person, view: View) -> None:
    """That it is applied; or that it was taken back, all or part of it, when and by whom."""
    batch, undone = view.batch, view.taken_back
    applied = t("Applied on {when}.", when=locale.moment(batch.applied_at, me.time_zone))
    is_partly = wording.is_partly_taken_back(batch)
    if batch.status != BatchStatus.UNDONE and not is_partly:
        st.success(say.label(applied))
        return
    message = (
        [applied, t("Part of this import was taken back. What somebody changed since was left alone.")]
        if is_partly
        else [t("This import was taken back.")]
    )
    if undone:
        who = view.names.get(undone.made_by, "") if undone.made_by else ""
        when = locale.moment(undone.made_at, me.time_zone)
        message.append(t("Last taken back: {when}, by {who}.", when=when, who=who or t("the program")))
    st.warning(say.joined(message, " "))


def _beneath(me: Person, view: View) -> Clicked | None:
    """Why rows were refused, what was only noted, or the rows that went in and may be taken back one by one."""
    if not view.beneath:
        return None
    counts = {name: number(count) for name, count in view.beneath.items()}
    words = {
        "refused": t("Refused rows: {count}", count=counts.get("refused", "")),
        "noted": t("Noted: {count}", count=counts.get("noted", "")),
        "rows": t("Went in: {count}", count=counts.get("rows", "")),
    }
    which = query_params.segment(t("Show"), list(view.beneath), name="show", shown=words.__getitem__, clears=("page",))
    if which == "rows":
        return _rows(me, view)
    _problems(view)
    return None


def _rows(me: Person, view: View) -> Clicked | None:
    """The rows that stand there by this import; some may be chosen and taken back."""
    may = view.batch.status == BatchStatus.APPLIED
    listed = [
        Column[RowChange]("name", columns.text(t("Name")), lambda row: client_links.called(row.name)),
        Column[RowChange]("act", columns.text(t("What happened")), lambda row: desk_words.act(row.act)),
        Column[RowChange]("fields", columns.text(t("Fields"), width="large"), lambda row: _fields(me, row)),
    ]
    shown = Table(f"rows.{view.batch.id}", listed, row_id=lambda row: row.key, is_ticked=may, highest=HIGHEST)
    chosen = table.show(shown, view.rows, total=view.rows_total)
    if not chosen:
        st.caption(t("Tick rows to take back only these.") if may else "")
        return None
    label = t("Take back the chosen rows: {count}", count=number(len(chosen)))
    if not st.button(say.label(label), icon=":material/undo:", key="undo_chosen"):
        return None
    return Clicked(undo=True, only=tuple(row.key for row in chosen))


def _fields(me: Person, row: RowChange) -> str:
    return "; ".join(
        f"{label}: {new}" if row.act == "added" else f"{label}: {old} → {new}"
        for one in row.fields
        for label, old, new in journal_view.differing(one.field, one.before, one.after, me.time_zone)
    )


def _sum_of_rows(counts: Counts) -> None:
    """Rows in = new + changed + unchanged + refused + duplicate, as a sum that can be read aloud."""
    shown = [
        say.marked(
            ":" + _TONES[outcome] + "[**{count}** {outcome}]",
            count=number(getattr(counts, outcome)),
            outcome=wording.outcome(outcome),
        )
        for outcome in OUTCOMES
        if outcome != "held" or counts.held
    ]
    st.markdown(
        say.marked_n(
            "**{count} row** in the file = {shown}",
            "**{count} rows** in the file = {shown}",
            counts.rows,
            shown=say.joined(shown, " + "),
        )
    )


def _sums(view: View) -> None:
    sums = view.certificate.sums if view.certificate else []
    lines = [(wording.column(s.label), *map(float, (s.in_file, s.in_store, s.before, s.after))) for s in sums]
    titles = [t("Sum"), t("In the file"), t("Taken"), t("Here before"), t("Here after")]
    amounts = [amount for s in sums for amount in (s.in_file, s.in_store, s.before, s.after)]
    decimals = 0 if all(amount == int(amount) for amount in amounts) else 2
    st.dataframe(
        pd.DataFrame(lines, columns=titles),
        hide_index=True,
        width=760,
        height="content",
        column_config={name: columns.count(name, decimals=decimals) for name in titles[1:]},
    )
    for differs in filter(None, (s.differs for s in sums)):
        st.warning(say.text(render(differs)))


def _after(me: Person, view: View) -> Clicked:
    batch = view.batch
    clicked, other = Clicked(), ""
    with st.container(horizontal=True, vertical_alignment="center"):
        if view.certificate and view.certificate.counts.refused:
            uploads.refused(me, batch)
        if batch.change_set_id:
            links.to_page("journal", t("Rows in the journal"), ":material/history:", set=str(batch.change_set_id))
        if batch.change_set_id and batch.status == BatchStatus.APPLIED:
            clicked = _way_back(is_partly=wording.is_partly_taken_back(batch))
        if batch.undo_change_set_id and st.button(t("Put it back"), icon=":material/redo:", key="redo_import"):
            clicked = Clicked(redo=True)
        for name in batch.mapping.get("tables", ()):
            if name != batch.mapping["table"] and st.button(
                say.label(t("Read “{table}”, too", table=name)), icon=":material/table:", key=f"table.{name}"
            ):
                other = name
    return Clicked(table=other) if other else clicked


def _way_back(*, is_partly: bool) -> Clicked:
    """Asks which rows go; once some went, the rest may go, and what somebody changed since only if one insists."""
    with st.popover(t("Take the rest back") if is_partly else t("Take it back"), icon=":material/undo:"):
        st.write(t("Take this import back? New rows go, changed ones become what they were."))
        words = {"": t("All rows"), "created": t("Only the new rows"), "changed": t("Only the changed rows")}
        outcome = str(st.selectbox(t("Which rows"), _OUTCOMES, format_func=words.__getitem__, key="undo_outcome"))
        st.caption(t("Rows that somebody changed since stay as they are and are listed. The undo can be undone."))
        force = st.checkbox(t("Also put back what was changed since"), key="undo_force")
        return Clicked(
            undo=st.button(t("Yes, take it back"), type="primary", key="undo_import"),
            force=force,
            outcome=outcome or None,
        )


def _problems(view: View) -> None:
    found = view.certificate
    if not found:
        return
    listed = [
        Column[RowProblem]("line", columns.count(t("Line"), width=60), lambda p: p.line),
        Column[RowProblem]("why", columns.text(t("Why"), width=420), lambda p: render(p.reason)),
        Column[RowProblem]("column", columns.text(t("Column"), width=160), lambda p: t(p.column)),
        Column[RowProblem]("value", columns.text(t("In the file"), width=240), lambda p: p.value),
    ]
    total = found.problems_total if view.shown == "refused" else found.warnings_total
    table.show(Table(f"{view.shown}.{view.batch.id}", listed, highest=HIGHEST), view.problems, total=total)
