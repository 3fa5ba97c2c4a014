"""What becomes of a file, on the screen: the preview before, the progress while, the certificate after."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

import streamlit as st

from crm import db, jobs
from crm.ground.messages import Message
from crm.imports import Batch, Counts, PreviewLine
from crm.intake import KINDS, Kind, Mode
from crm.jobs import Job, JobStatus
from crm.people import Person
from crm.screens.imports import uploads, wording
from crm.screens.imports.stages import Stage, View
from crm.screens.journal import journal_view
from crm.web import locale
from crm.web.kit import columns, query_params, say, table
from crm.web.kit.phrases import render
from crm.web.kit.table import Column, Table
from crm.web.locale import number, t, tn

HIGHEST = 455  # pixels: twelve lines and their head
NAMED = 8  # columns, before the rest is only counted
OUTCOMES = ("created", "changed", "unchanged", "refused", "duplicate", "held")
# Together what a page of 1440 pixels leaves for a table.
WIDTHS = {"line": 50, "outcome": 95, "name": 105, "why": 400, "field": 80, "now": 80, "then": 150}
WIDTHS_WITH_KEY = WIDTHS | {"why": 340, "by": 90}
WIDTHS_OF_TRADES = WIDTHS | {"name": 155, "why": 320, "field": 110}
WIDTHS_OF_FACTS = WIDTHS | {"name": 230, "why": 245, "field": 110}  # whose, of which day, of what


@dataclass(frozen=True)
class Clicked:
    """What was clicked under a preview or a certificate. `only`, `outcome`: which rows to take back, if not all of them."""

    apply: bool = False
    discard: bool = False
    undo: bool = False
    redo: bool = False
    force: bool = False
    only: tuple[str, ...] | None = None
    outcome: str | None = None
    table: str = ""


def preview(me: Person, view: View) -> Clicked:
    """Counts, what would differ row by row, and the two ways on from here."""
    found = view.preview
    if found is None:
        return Clicked()
    counts = found.counts
    if found.seen_before:
        when = locale.moment(found.seen_before.applied_at, me.time_zone)
        st.info(
            say.label(
                t(
                    "This very file was applied before, on {when}. What is the same will not be written again.",
                    when=when,
                )
            ),
            icon=":material/content_copy:",
        )
    if found.closed_matches:
        count = number(found.closed_matches)
        st.warning(say.label(t("Rows about clients who are closed: {count}. They are marked below.", count=count)))
    clicked = _ways_on(me, view.batch, counts)
    _understood(view)
    if found.matched:
        keys = ", ".join(f"{wording.key(key)} {number(count)}" for key, count in found.matched.items())
        st.caption(say.label(t("Here already, known by: {keys}.", keys=keys)))
    st.caption(
        tn(
            "Nothing is written yet. {count} row in the file:",
            "Nothing is written yet. {count} rows in the file:",
            counts.rows,
        )
    )
    there = [outcome for outcome in OUTCOMES if getattr(counts, outcome)]
    outcome = query_params.segment(
        t("Rows that would be"),
        ["all", *there],
        name="fate",
        shown=lambda outcome: _counted(outcome, counts),
        clears=("page",),
    )
    is_one = outcome != "all" or len(there) == 1
    _lines(me, view, found.lines, total=found.total, hidden=("outcome",) if is_one else ())
    return clicked


def _understood(view: View) -> None:
    """By what the file was recognised, and which of its columns mean nothing known: whoever knows better corrects them."""
    mapping = view.batch.mapping
    notes, kept = wording.notes(view.notes), list(mapping.get("attributes", ()))
    if kept:
        rest = len(kept) - NAMED
        named = ", ".join(kept[:NAMED]) + (" " + t("and {count} more", count=number(rest)) if rest > 0 else "")
        notes.append(t("Not understood, kept as extra fields: {columns}.", columns=named))
    if notes:
        st.caption(say.text(" ".join(notes)))


def _counted(outcome: str, counts: Counts) -> str:
    return (
        f"{t('All')} {number(counts.rows)}"
        if outcome == "all"
        else f"{wording.outcome(outcome)} {number(getattr(counts, outcome))}"
    )


def _ways_on(me: Person, batch: Batch, counts: Counts) -> Clicked:
    going = counts.created + counts.changed
    with st.container(horizontal=True, vertical_alignment="center"):
        apply = st.button(
            tn("Apply: {count} row", "Apply: {count} rows", going),
            type="primary",
            icon=":material/check:",
            disabled=not going,
            key="apply",
        )
        st.button(
            t("Columns and options"),
            icon=":material/tune:",
            on_click=query_params.put,
            kwargs={"step": "columns", "page": None},
            key="back",
        )
        with st.popover(t("Discard"), icon=":material/delete:"):
            st.write(t("Forget this file? Nothing of it was written."))
            discard = st.button(t("Yes, forget it"), key="discard")
        if counts.refused and not going:  # there will be no certificate to fetch them from
            uploads.refused(me, batch)
    if not going:
        st.info(say.label(_nothing(counts, Mode(batch.mode))))
    return Clicked(apply=apply, discard=discard)


def _nothing(counts: Counts, mode: Mode) -> str:
    if counts.unchanged + counts.duplicate != counts.rows:
        return t("There is nothing to apply: look at the refused rows, mend the file or the columns, and try again.")
    if mode == Mode.ADD:
        return t("There is nothing to apply: every row is here already, and only new rows were to be added.")
    return t("There is nothing to apply: every row is here already, as it is in the file.")


def _lines(me: Person, view: View, lines: list[PreviewLine], *, total: int, hidden: Collection[str]) -> None:
    """One line for each field that would differ and for each problem; a row with neither has one line."""
    titles = {
        "line": t("Line"),
        "outcome": t("What happens"),
        "name": t("Name"),
        "why": t("Why"),
        "field": t("Field"),
        "now": t("Now"),
        "then": t("Then"),
        "by": t("Known by"),
    }
    rows = [row for line in lines for row in _rows_of(me, line, view.names)]
    left_out = {*hidden, *(name for name in ("why", "field", "now", "then") if not any(row[name] for row in rows))}
    if all(wording.is_sure(line.matched_by) for line in lines):
        left_out.add("by")
    widths = _widths(KINDS[view.batch.kind], with_key="by" not in left_out)
    config = {name: columns.text(title, width=widths[name]) for name, title in titles.items() if name not in left_out}
    config["line"] = columns.count(titles["line"], width=widths["line"])
    listed = [Column(name, shown, itemgetter(name)) for name, shown in config.items()]
    table.show(Table(f"preview.{view.batch.id}", listed, highest=HIGHEST), rows, total=total)


def _widths(kind: Kind, *, with_key: bool) -> Mapping[str, int]:
    """The names of facts are long: they say whose, and where a row is of a whole day, of which day and what."""
    if kind.rows.held:
        return WIDTHS_OF_FACTS if any(column.field == "day" for column in kind.columns) else WIDTHS_OF_TRADES
    return WIDTHS_WITH_KEY if with_key else WIDTHS


def _rows_of(me: Person, line: PreviewLine, names: Mapping[UUID, str]) -> list[dict[str, object]]:
    row: dict[str, object] = {
        "line": line.line,
        "outcome": wording.outcome(line.outcome),
        "name": line.name,
        "why": "",
        "field": "",
        "now": "",
        "then": "",
        "by": wording.key(line.matched_by),
    }
    rows = [
        row | {"field": label, "now": old, "then": new}
        for d in line.differences
        for label, old, new in journal_view.differing(d.label, _named(d.old, names), _named(d.new, names), me.time_zone)
    ]
    rows += [
        row | {"why": reason(p.reason, is_error=p.is_error), "field": t(p.column), "then": p.value}
        for p in line.problems
    ]
    return rows or [row]


def _named(value: object, names: Mapping[UUID, str]) -> object:
    """A colleague's name for their key."""
    return names.get(value, value) if isinstance(value, UUID) else value


def reason(reason: Message, *, is_error: bool) -> str:
    sentence = render(reason)
    return sentence if is_error else t("Only noted: {reason}", reason=sentence)


def progress(view: View) -> None:
    """The job's bar, asked for every second; a reload finds it again, and leaving the page does not stop it."""
    if view.job:
        st.fragment(_bar, run_every=1.0)(view.job.id)
        st.caption(t("This goes on without the page: you may leave and come back."))


def _bar(job_id: UUID) -> None:
    with db.read() as session:
        job = jobs.get(session, job_id)
    if job.status in (JobStatus.DONE, JobStatus.FAILED):
        st.rerun()
    st.progress(_share(job), text=say.label(wording.step(job.step)))


def _share(job: Job) -> float:
    return min(1.0, job.done / job.total) if job.total else 0.0


def steps(view: View) -> None:
    """Where one is on the way: columns, preview, applied."""
    names = {Stage.COLUMNS: t("1 Columns"), Stage.PREVIEW: t("2 Preview"), Stage.CERTIFICATE: t("3 Certificate")}
    here = Stage.CERTIFICATE if view.stage == Stage.APPLYING else view.stage
    shown = [
        say.marked("**:primary[{name}]**" if stage == here else ":gray[{name}]", name=name)
        for stage, name in names.items()
    ]
    st.markdown(say.joined(shown, " :gray[›] "))
