"""What becomes of a file, on the screen: the preview before, the progress while, the certificate after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from crm import db, imports, jobs
from crm.imports import BatchStatus, Counts, PreviewLine
from crm.jobs import Job, JobStatus
from crm.people import Person
from crm.web import addressed, import_words, journal_parts, links, locale, narrowed
from crm.web.import_view import PAGE, Stage, View
from crm.web.locale import number, t

FATES = ("created", "changed", "unchanged", "refused", "duplicate")
_TONES = {"created": "green", "changed": "blue", "unchanged": "gray", "refused": "red", "duplicate": "orange"}


@dataclass(frozen=True)
class Wish:
    """What was clicked under a preview or a certificate."""

    apply: bool = False
    discard: bool = False
    undo: bool = False
    force: bool = False


def preview(me: Person, view: View) -> Wish:
    """Counts, what would differ row by row, and the two ways on from here."""
    found = view.preview
    if found is None:
        return Wish()
    counts = found.counts
    if found.seen_before:
        when = locale.moment(found.seen_before.applied_at, me.time_zone)
        st.info(
            t("This very file was applied before, on {when}. What is the same will not be written again.", when=when),
            icon=":material/content_copy:",
        )
    if found.closed_matches:
        count = number(found.closed_matches)
        st.warning(
            t("Rows about clients who are closed: {count}. They would be changed, and stay closed.", count=count)
        )
    wish = _ways_on(counts)
    st.caption(t("Nothing is written yet. {count} rows in the file:", count=number(counts.rows)))
    addressed.segment(
        t("Rows that would be"), ["all", *(fate for fate in FATES if getattr(counts, fate))], name="fate",
        shown=lambda fate: _counted(fate, counts), clears=("page",),
    )  # fmt: skip
    _lines(found.lines, view.names)
    narrowed.turning(found.total, name=f"preview.{view.batch.id}")
    return wish


def _counted(fate: str, counts: Counts) -> str:
    return (
        f"{t('All')} {number(counts.rows)}"
        if fate == "all"
        else f"{import_words.fate(fate)} {number(getattr(counts, fate))}"
    )


def _ways_on(counts: Counts) -> Wish:
    going = counts.created + counts.changed
    with st.container(horizontal=True, vertical_alignment="center"):
        apply = st.button(
            t("Apply: {count} rows", count=number(going)),
            type="primary",
            icon=":material/check:",
            disabled=not going,
            key="apply",
        )
        st.button(
            t("Correct the columns"),
            icon=":material/tune:",
            on_click=addressed.put,
            kwargs={"step": "columns", "page": None},
            key="back",
        )
        with st.popover(t("Discard"), icon=":material/delete:"):
            st.write(t("Forget this file? Nothing of it was written."))
            discard = st.button(t("Yes, forget it"), key="discard")
    if not going:
        same = counts.unchanged + counts.duplicate == counts.rows
        st.info(t("There is nothing to apply: every row is here already, as it is in the file.") if same
                else t("There is nothing to apply: look at the refused rows, mend the file or the columns, and try again."))  # fmt: skip
    return Wish(apply=apply, discard=discard)


def _lines(lines: list[PreviewLine], names: Mapping[UUID, str]) -> None:
    """One line for each field that would differ and for each problem; a row with neither has one line."""
    told = [row for line in lines for row in _told(line, names)]
    titles = {
        "line": t("Line"), "fate": t("What happens"), "name": t("Name"), "by": t("Known by"), "field": t("Field"), "now": t("Now"),
        "then": t("In the file"), "why": t("Why"),
    }  # fmt: skip
    frame = pd.DataFrame(told, columns=list(titles))
    widths: dict[str, Any] = {
        "line": 60,
        "fate": 100,
        "name": 160,
        "by": 90,
        "field": 120,
        "now": 150,
        "then": 180,
        "why": "large",
    }
    frame = frame.drop(columns=[name for name in ("by", "field", "now", "then", "why") if not any(frame[name])])
    config = {
        name: st.column_config.TextColumn(titles[name], width=widths[name]) for name in frame.columns if name != "line"
    }
    config["line"] = st.column_config.NumberColumn(titles["line"], width=60, format="localized")
    st.dataframe(frame, hide_index=True, height="auto" if len(frame) > 12 else "content", column_config=config)  # noqa: PLR2004


def _told(line: PreviewLine, names: Mapping[UUID, str]) -> list[tuple[object, ...]]:
    head = (line.line, import_words.fate(line.fate), line.name, import_words.key(line.matched_by))
    told: list[tuple[object, ...]] = [
        (*head, label, old, new, "")
        for d in line.differences
        for label, old, new in journal_parts.differing(d.label, _named(d.old, names), _named(d.new, names), "UTC")
    ]
    told += [(*head, t(p.column), "", p.value, _reason(p.reason, is_error=p.is_error)) for p in line.problems]
    return told or [(*head, "", "", "", "")]


def _named(value: object, names: Mapping[UUID, str]) -> object:
    """A colleague's name for their key."""
    return names.get(value, value) if isinstance(value, UUID) else value


def _reason(reason: str, *, is_error: bool) -> str:
    said = locale.sentence(reason)
    return said if is_error else t("Only noted: {reason}", reason=said)


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
    st.progress(_share(job), text=import_words.step(job.step))


def _share(job: Job) -> float:
    return min(1.0, job.done / job.total) if job.total else 0.0


def certificate(me: Person, view: View) -> Wish:
    """Every row of the file accounted for, the sums, what was refused, and the way back."""
    found = view.certificate
    if found is None:
        return Wish()
    batch, counts = view.batch, found.counts
    if batch.status == BatchStatus.UNDONE:
        st.warning(t("This import was taken back. Drop the file in again to apply it anew."))
    else:
        st.success(t("Applied on {when}.", when=locale.moment(batch.applied_at, me.time_zone)))
    _sum_of_rows(counts)
    if found.sums:
        _sums(view)
    wish = _after(me, view)
    if view.problems:
        _problems(view)
    st.caption(t("SHA-256 of the file: {hash}", hash=batch.file_hash))
    return wish


def _sum_of_rows(counts: Counts) -> None:
    """Rows in = new + changed + unchanged + refused + duplicate, as a sum that can be read aloud."""
    shown = " + ".join(
        f":{_TONES[fate]}[**{number(getattr(counts, fate))}** {import_words.fate(fate)}]" for fate in FATES
    )
    st.markdown(f"**{number(counts.rows)}** {t('rows in the file')} = {shown}")


def _sums(view: View) -> None:
    sums = view.certificate.sums if view.certificate else []
    lines = [
        (import_words.column(s.label), number(s.in_file, decimals=2), number(s.in_store, decimals=2)) for s in sums
    ]
    st.dataframe(
        pd.DataFrame(lines, columns=[t("Sum"), t("In the file"), t("Taken")]),
        hide_index=True,
        width=560,
        height="content",
    )


def _after(me: Person, view: View) -> Wish:
    batch = view.batch
    undo = force = False
    with st.container(horizontal=True, vertical_alignment="center"):
        if view.certificate and view.certificate.counts.refused:
            st.download_button(
                t("Refused rows, with the reason"), _refused(me, view), file_name=f"{batch.file_name.rsplit('.', 1)[0]}-refused.csv",
                mime="text/csv", icon=":material/download:", on_click="ignore", key="refused",
            )  # fmt: skip
        if batch.change_set_id:
            links.to_page("journal", t("Rows in the journal"), ":material/history:", set=str(batch.change_set_id))
        if batch.change_set_id and batch.status == BatchStatus.APPLIED:
            with st.popover(t("Take it back"), icon=":material/undo:"):
                st.write(t("Take this import back? New rows go, changed ones become what they were."))
                st.caption(
                    t("Rows that somebody changed since stay as they are and are listed. The undo can be undone.")
                )
                force = st.checkbox(t("Also put back what was changed since"), key="undo_force")
                undo = st.button(t("Yes, take it back"), type="primary", key="undo_import")
    return Wish(undo=undo, force=force)


def _refused(me: Person, view: View) -> Callable[[], bytes]:
    def made() -> bytes:
        with db.read() as session:
            return imports.refused_file(session, me, view.batch.id)[1]

    return made


def _problems(view: View) -> None:
    total = view.certificate.problems_total + view.certificate.warnings_total if view.certificate else 0
    st.markdown(f"**{t('What was wrong, row by row')}**")
    lines = [(p.line, t(p.column), p.value, _reason(p.reason, is_error=p.is_error)) for p in view.problems[:PAGE]]
    config = {"0": st.column_config.NumberColumn(t("Line"), width=60, format="localized")}
    frame = pd.DataFrame(lines, columns=["0", "1", "2", "3"])
    titles = {"1": t("Column"), "2": t("In the file"), "3": t("Why")}
    widths: dict[str, Any] = {"1": 140, "2": 180, "3": "large"}
    config |= {name: st.column_config.TextColumn(title, width=widths[name]) for name, title in titles.items()}
    st.dataframe(frame, hide_index=True, height="auto" if len(frame) > 12 else "content", column_config=config)  # noqa: PLR2004
    narrowed.turning(total, name=f"problems.{view.batch.id}")


def steps(view: View) -> None:
    """Where one is on the way: columns, preview, applied."""
    names = {Stage.COLUMNS: t("1 Columns"), Stage.PREVIEW: t("2 Preview"), Stage.CERTIFICATE: t("3 Certificate")}
    here = Stage.CERTIFICATE if view.stage == Stage.APPLYING else view.stage
    shown = [f"**:primary[{name}]**" if stage == here else f":gray[{name}]" for stage, name in names.items()]
    st.markdown(" :gray[›] ".join(shown))
