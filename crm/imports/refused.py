"""The rows that do not go in, as a file to be mended and dropped in again."""

import csv
import io
from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from crm import locale
from crm.ground import messages, texts
from crm.imports import batches, staging_pool
from crm.imports.models import Batch, BatchStatus, Problem
from crm.imports.preview import preview
from crm.intake.headers import WHY_REFUSED
from crm.people import Person


def refused_file(session: Session, viewer: Person, batch_id: UUID) -> tuple[str, bytes]:
    """The refused rows, of a preview or of what was applied, as a file to be mended and dropped in again.

    It has the file's own layout, and a column that says why, in the language of whoever asks.
    """
    batch = batches.get(session, viewer, batch_id)
    reasons: dict[int, list[str]] = {}
    for line, column, reason in _refusals(session, viewer, batch):
        said = locale.render(messages.read(reason), viewer.locale)
        reasons.setdefault(line, []).append(f"{column} {said}".strip())
    with staging_pool.held(batch) as staging:
        table = staging.table
    text = io.StringIO(newline="")
    delimiter = table.dialect.delimiter
    writer = csv.writer(text, delimiter=delimiter if len(delimiter) == 1 else ",")
    width = len(table.header)
    # They are mended in a spreadsheet, and the importer takes the apostrophe of a cell off again.
    safe = texts.harmless if table.is_exact else texts.disarmed
    above = table.preamble  # it may say whose rows these are, and in which zone
    writer.writerows(map(safe, cells) for cells in [*above, [*table.header, locale.render(WHY_REFUSED, viewer.locale)]])
    for row in table.numbered():
        if row.line in reasons:
            cells = [*row.cells[:width], *[""] * (width - len(row.cells)), "; ".join(reasons[row.line])]
            writer.writerow(map(safe, cells))
    return batch.refused_name, text.getvalue().encode("utf-8-sig")


def _refusals(session: Session, viewer: Person, batch: Batch) -> Iterable[tuple[int, str, str]]:
    """Line, column and reason: those that were written down, or those of a preview."""
    if batch.status == BatchStatus.STAGED:
        preview(session, viewer, batch.id, limit=1)
        with staging_pool.held(batch) as staging:
            return staging.run("SELECT line, title, reason FROM every_problem WHERE is_error ORDER BY line, title")
    query = select(Problem.line, Problem.column, Problem.reason)
    query = query.where(Problem.batch_id == batch.id, col(Problem.is_error).is_(True))
    return session.exec(query.order_by(col(Problem.line), col(Problem.column))).all()
