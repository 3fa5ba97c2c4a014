"""One import as the page needs it: the stage it has reached, and what there is to show at that stage."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from crm import clients, db, history, imports, jobs, journal, people
from crm.ground.errors import CrmError, InvalidError
from crm.ground.messages import Message
from crm.history import RowChange
from crm.imports import Batch, BatchStatus, Certificate, Conversion, FileColumn, MappingProfile, Preview, RowProblem
from crm.intake.guesses import Guess
from crm.jobs import Job, JobStatus
from crm.journal import ChangeSet
from crm.people import Person
from crm.screens.imports import time_choice
from crm.web.kit.table import PAGE_ROWS

YEAR_FIRST = re.compile(r"\d{4}")  # or seconds since 1970: no order to be decided


class Stage(StrEnum):
    COLUMNS = "columns"
    PREVIEW = "preview"
    APPLYING = "applying"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class Times:
    """What three cells mean by a zone and an order of days, or the question that must be answered first.

    `is_order_open`: some day could be read in another order.
    """

    conversions: list[Conversion]
    question: Message | None = None
    is_order_open: bool = False


NO_TIMES = Times([])


@dataclass(frozen=True)
class View:
    """`question`: why there can be no preview yet; `job` runs or has failed; what a stage does not show is empty.

    Beneath a certificate stand `beneath`, each with how many there are, of which `shown` is the one that is looked at.
    """

    batch: Batch
    stage: Stage
    who: str
    job: Job | None = None
    question: Message | None = None
    notes: list[Message] = field(default_factory=list)
    columns: list[FileColumn] = field(default_factory=list)
    managers: Sequence[Person] = ()
    profiles: Sequence[MappingProfile] = ()
    preview: Preview | None = None
    names: Mapping[UUID, str] = field(default_factory=dict)
    certificate: Certificate | None = None
    problems: list[RowProblem] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)
    rows: list[RowChange] = field(default_factory=list)
    rows_total: int = 0
    beneath: Mapping[str, int] = field(default_factory=dict)
    shown: str = ""
    taken_back: ChangeSet | None = None
    times: Times = NO_TIMES
    guesses: Sequence[Guess] = ()


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a step, the rows of one outcome, what to show beneath a certificate, from which row on."""

    step: str = ""
    outcome: str | None = None
    show: str = ""
    offset: int = 0


def look(session: Session, viewer: Person, batch_id: UUID, asked: Asked) -> View:
    """Whatever the address asks for, a stage that is not reached yet or is over gives way to the one that is."""
    batch = imports.get(session, viewer, batch_id)
    who = people.names(session).get(batch.staged_by, "") if batch.staged_by else ""
    job = jobs.get(session, batch.job_id) if batch.job_id else None
    if batch.status in (BatchStatus.APPLIED, BatchStatus.UNDONE):
        return _certified(session, viewer, batch, who, asked)
    if job and job.status in (JobStatus.WAITING, JobStatus.RUNNING):
        return View(batch, Stage.APPLYING, who, job)
    failed = job if job and job.status == JobStatus.FAILED else None
    plain = View(batch, Stage.COLUMNS, who, failed)
    if asked.step == Stage.PREVIEW:
        return _previewed(session, viewer, plain, outcome=asked.outcome, offset=asked.offset)
    return _columns(session, viewer, plain)


def first_step(viewer: Person, batch_id: UUID) -> Stage | None:
    """The step at which a file that was dropped in is met: its preview, laid out already, if no column needs a look."""
    try:
        with db.read() as session:
            if not imports.is_certain(session, viewer, batch_id):
                return None
            return look(session, viewer, batch_id, Asked(Stage.PREVIEW)).stage
    except CrmError:
        return None  # it is said to whoever asks for the preview


def _times(session: Session, viewer: Person, batch: Batch) -> Times:
    """As the file says it, and by what somebody has chosen."""
    unchosen = _conversions(session, viewer, batch, "", "")
    zone, order = time_choice.chosen(batch)
    found = _conversions(session, viewer, batch, zone, order) if zone or order else unchosen
    is_open = bool(unchosen.question) or any(not YEAR_FIRST.match(one.raw) for one in unchosen.conversions)
    return replace(found, is_order_open=is_open)


def _conversions(session: Session, viewer: Person, batch: Batch, zone: str, order: str) -> Times:
    try:
        return Times(imports.conversions(session, viewer, batch.id, time_zone=zone, date_order=order))
    except InvalidError as error:
        return Times([], error.message)


def _columns(session: Session, viewer: Person, plain: View, question: Message | None = None) -> View:
    batch = plain.batch
    return replace(
        plain,
        question=question,
        notes=imports.notes_of(session, viewer, batch.id),
        columns=imports.columns_of(session, viewer, batch.id),
        managers=people.colleagues(session),
        profiles=imports.profiles(session, batch.kind),
        layouts=imports.layouts_of(session, viewer, batch.id),
        times=_times(session, viewer, batch),
        guesses=_guesses(session, viewer, batch),
    )


def _guesses(session: Session, viewer: Person, batch: Batch) -> Sequence[Guess]:
    """None where somebody answered what is not asked any more: the refusal says so."""
    try:
        return imports.guesses_of(session, viewer, batch.id)
    except InvalidError:
        return ()


def _previewed(session: Session, viewer: Person, plain: View, *, outcome: str | None, offset: int) -> View:
    """What the checks have to ask (are these days day first?) sends one back to the columns."""
    try:
        preview = imports.preview(session, viewer, plain.batch.id, outcome=outcome, limit=PAGE_ROWS, offset=offset)
    except InvalidError as error:
        return _columns(session, viewer, plain, error.message)
    notes = imports.recognised_by(session, viewer, plain.batch.id)
    return replace(plain, stage=Stage.PREVIEW, preview=preview, notes=notes, names=_called(session, viewer, preview))


def _called(session: Session, viewer: Person, preview: Preview) -> dict[UUID, str]:
    """What to call the colleagues, and the clients that the rows of a page name."""
    keys = {
        value for line in preview.lines for d in line.differences for value in (d.old, d.new) if isinstance(value, UUID)
    }
    names = people.names(session)
    seen = (clients.seen(session, viewer, key) for key in keys - names.keys())
    return names | {client.id: client.name for client in seen if client}


def _certified(session: Session, viewer: Person, batch: Batch, who: str, asked: Asked) -> View:
    found = imports.certificate_of(session, viewer, batch.id)
    rows, total = imports.rows_of(session, viewer, batch.id, limit=PAGE_ROWS, offset=asked.offset)
    counted = {"refused": found.counts.refused, "noted": found.warnings_total, "rows": total}
    beneath = {name: count for name, count in counted.items() if count}
    shown = asked.show if asked.show in beneath else next(iter(beneath), "")
    return View(
        batch,
        Stage.CERTIFICATE,
        who,
        certificate=found,
        names=people.names(session),
        problems=[]
        if shown == "rows"
        else imports.problems_of(
            session, viewer, batch.id, limit=PAGE_ROWS, offset=asked.offset, is_error=shown == "refused"
        ),
        rows=history.described(session, viewer, rows) if shown == "rows" else [],
        rows_total=total,
        beneath=beneath,
        shown=shown,
        taken_back=journal.get(session, batch.undo_change_set_id) if batch.undo_change_set_id else None,
    )
