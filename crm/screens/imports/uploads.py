"""Files on their way in, on the screen: where they are dropped, what was read, which column says what."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import streamlit as st

from crm import db, imports
from crm.ground.config import settings
from crm.imports import Batch, BatchStatus, MappingProfile
from crm.intake import KINDS
from crm.people import Person, Right, may
from crm.reading import warm
from crm.screens.imports import prefetch, wording
from crm.screens.imports.stages import Asked, View
from crm.web import locale
from crm.web.kit import columns, dropped_files, query_params, say, table
from crm.web.kit.phrases import render
from crm.web.kit.table import Column, Order, Table
from crm.web.locale import t

MOST_PAST = 1000
# How the files are called that can be read. A file of another name is looked at as well: what it is, its content says.
ENDINGS = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "json", "ndjson", "jsonl", "parquet", "zip", "gz"]


@dataclass(frozen=True)
class Dropped:
    """A file that was just dropped in, and the kind that was chosen for it (None: to be recognised)."""

    name: str
    content: bytes | Path
    kind: str | None

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.stat().st_size


def drop(me: Person) -> Dropped | None:
    """Where a file is dropped; it is read at once."""
    warm()
    offered = [kind.name for kind in KINDS.values() if may(me, Right(kind.right))]
    with st.container(border=True):
        left, right = st.columns([3, 1], vertical_alignment="top")
        with right:
            kind = query_params.choice(t("What is in it"), offered, name="kind", shown=wording.kind)
            st.caption(t("Left empty, it is recognised by the header."))
        with left:
            file = st.file_uploader(
                t("Drop a file here: {kinds}", kinds=locale.either(wording.kind(name).lower() for name in offered)),
                key="import_file",
                max_upload_size=settings().upload_limit_mb,
            )
            st.caption(
                say.label(
                    t(
                        "CSV, Excel, ODS, JSON, Parquet, or these in a ZIP; up to {size} MB.",
                        size=settings().upload_limit_mb,
                    )
                )
            )
    return Dropped(file.name, dropped_files.content_of(file), kind) if file else None


@contextmanager
def reading(size: int) -> Iterator[None]:
    """Say that a file of so many bytes is being read.

    Of a small file in words alone: what turns round takes a browser without a graphics card a tenth of the waiting.
    """
    message = t("Reading the file…")
    if size > prefetch.LARGEST:
        with st.spinner(message):
            yield
        return
    place = st.empty()
    place.markdown(say.marked(":material/hourglass_top: {told}", told=message))
    try:
        yield
    finally:
        place.empty()


def what_is_taken(name: str) -> None:
    """Beside the refusal of a file that is none of those that can be read: which ones can."""
    if name.rpartition(".")[2].lower() not in ENDINGS:
        st.caption(say.text(t("Files that can be read: {endings}.", endings=", ".join(ENDINGS))))


def back() -> None:
    st.button(t("All imports"), icon=":material/arrow_back:", type="tertiary", on_click=leave, key="all_imports")


def heading(me: Person, view: View) -> None:
    """Which file this is, who dropped it in, and why it did not go on if it did not."""
    batch = view.batch
    st.title(say.text(batch.file_name))
    facts = [
        wording.kind(batch.kind),
        wording.size(batch.size),
        t("dropped in by {name}", name=view.who),
        locale.moment(batch.staged_at, me.time_zone),
        wording.status(batch),
    ]
    st.caption(say.joined(facts))
    if view.job and view.job.error:
        why = render(view.job.fault)
        st.error(say.text(t("It was not applied: {why} Nothing of it was written; try again.", why=why)))
    if view.question:
        st.error(say.text(render(view.question)), icon=":material/help:")


def leave() -> None:
    query_params.put(batch=None, step=None, fate=None, page=None)


@dataclass(frozen=True)
class Keeping:
    """What was asked for a kept mapping: another name, or that it be forgotten."""

    profile: MappingProfile
    name: str = ""
    forget: bool = False


def kept(profiles: Sequence[MappingProfile]) -> Keeping | None:
    """The mappings that were kept under a name, to be called otherwise or forgotten."""
    if not profiles:
        return None
    with st.expander(t("Kept mappings: {count}", count=locale.number(len(profiles))), icon=":material/bookmark:"):
        st.caption(t("A file whose header is that of a kept mapping is read as it says."))
        by_id = {str(profile.id): profile for profile in profiles}
        shown = {key: f"{p.name} · {wording.kind(p.kind)}" for key, p in by_id.items()}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            place = str(st.selectbox(t("Mapping"), list(by_id), format_func=shown.__getitem__, key="kept_mapping"))
            profile = by_id.get(place, profiles[0])
            key = f"kept_name.{profile.id}.{profile.version}"
            name = st.text_input(t("Its name"), profile.name, max_chars=120, key=key)
            renamed = st.button(t("Rename it"), icon=":material/edit:", key="kept_rename")
            with st.popover(t("Forget it"), icon=":material/delete:"):
                st.write(t("Forget this mapping? Imports that were read by it stay as they are."))
                forget = st.button(t("Yes, forget the mapping"), key="kept_forget")
    return Keeping(profile, name, forget) if renamed or forget else None


def past(me: Person, batches: Sequence[Batch], names: Mapping[UUID, str]) -> None:
    """Every import so far; the name of a file opens it."""
    st.subheader(t("Past imports"))
    if not batches:
        st.info(t("No file has come in yet. Drop one above; you see what would happen before anything is written."))
        return
    st.caption(t("Click the name of a file to open it."))
    table.show_all(_past(me, names), batches)


def _past(me: Person, names: Mapping[UUID, str]) -> Table[Batch]:
    """The name of a file leads to it; what became of its rows stands in sight, who brought it may be scrolled to."""
    text = columns.text

    def who(batch: Batch) -> str:
        return names.get(batch.staged_by, "") if batch.staged_by else ""

    def counted(name: str, title: str) -> Column[Batch]:
        def count(batch: Batch) -> int | None:
            return batch.counts.get(name)

        return Column(name, columns.count(title, width=80), count, by=count)

    listed = [
        Column[Batch](
            "file", text(t("File"), width=190), lambda one: one.file_name, by=lambda one: one.file_name, opens=_open
        ),
        Column[Batch](
            "when",
            text(t("When"), width=165),
            lambda one: locale.moment(one.staged_at, me.time_zone),
            by=lambda one: one.staged_at,
        ),
        Column[Batch]("state", text(t("State"), width=125), wording.status, by=wording.status),
        counted("rows", t("Rows")),
        counted("created", t("New")),
        counted("changed", t("Changed")),
        counted("refused", t("Refused")),
        Column[Batch]("kind", text(t("Kind"), width=95), lambda one: wording.kind(one.kind), by=lambda one: one.kind),
        Column[Batch]("who", text(t("Who"), width=105), who, by=who),
    ]
    return Table(
        "batches", listed, usual=Order("when", descending=True), row_id=lambda one: one.id, alt=t("Past imports")
    )


def _open(batch: Batch) -> None:
    step = "preview" if batch.status == BatchStatus.STAGED else None
    query_params.put(batch=batch.id, step=step, **dict.fromkeys(("page", "sort", "way")))


def asked() -> Asked:
    """What the address says of the import that it names."""
    return Asked(query_params.get("step"), query_params.get("fate") or None, query_params.get("show"), table.offset())


def refused(me: Person, batch: Batch) -> None:
    """The rows that do not go in, to be mended and dropped in again."""

    def made() -> bytes:
        with db.read() as session:
            return imports.refused_file(session, me, batch.id)[1]

    st.download_button(
        t("Refused rows, with the reason"),
        made,
        file_name=batch.refused_name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="refused",
    )
