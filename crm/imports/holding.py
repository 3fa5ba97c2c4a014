"""Which rows of a file are kept back: those about clients out of its bringer's view, and whole files of whoever meets too many."""

from sqlmodel import Session, select

from crm import clients
from crm.clients.holding import MOST_A_DAY, HeldError
from crm.clients.models import HeldRow
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import clock
from crm.ground.messages import Message
from crm.imports.models import Batch
from crm.people import Person

WITHDRAWN = "withdrawn"


def keep(session: WriteSession, batch: Batch) -> None:
    """Note which rows of a batch that is being written wait; `held` stands in the session if any do."""
    sql = Sql(session)
    if not sql.has_temporary("held"):
        return
    sql.run(
        f"""INSERT INTO held_row (id, client_id, asked_by, held_at, batch_id, line, fields, outcome)
            SELECT {sql.uuid7()}, client_id, CAST(:by AS UUID), CAST(:now AS TIMESTAMPTZ), CAST(:batch AS UUID), line,
                CAST('{{}}' AS JSON), '' FROM held""",
        {"by": str(batch.staged_by), "now": batch.applied_at or clock.now(), "batch": str(batch.id)},
    )


def check_allowance(session: Session, by: Person, batch: Batch) -> None:
    """Whoever met other people's clients too often today waits for a lead with the whole of the next file.

    Raises:
        HeldError: the import is on the list of a lead from now on.
    """
    if by.id != batch.staged_by or clients.holding.held_today(session, by.id) < MOST_A_DAY:
        return
    raise HeldError(
        HeldRow(asked_by=by.id, batch_id=batch.id),
        Message(
            "{count} rows of yours wait for a lead already. This import waits, too; a lead can apply it.",
            count=MOST_A_DAY,
        ),
    )


def withdraw(session: WriteSession, by: Person, batch: Batch) -> None:
    """A batch that is taken back, or applied by a lead, leaves nothing waiting."""
    waiting = select(HeldRow).where(HeldRow.batch_id == batch.id, HeldRow.outcome == "")
    clients.holding.decide(session, by, session.exec(waiting).all(), WITHDRAWN)
