"""What somebody typed and has not sent yet, kept until they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.people.models import Draft

TURN = "drafts"  # what is written about them takes turns


@dataclass(frozen=True)
class Kept:
    """The fields of a form as they were typed, and when."""

    fields: Mapping[str, object]
    saved_at: datetime


def keep(session: WriteSession, person_id: UUID, form: str, fields: Mapping[str, object]) -> None:
    """Keep the newest state of a form; not journalled, nobody else can see it."""
    session.merge(Draft(person_id=person_id, form=form, fields=dict(fields), saved_at=clock.now()))
    session.flush()


def find(session: Session, person_id: UUID, form: str) -> Kept | None:
    found = session.get(Draft, (person_id, form))
    return Kept(found.fields, found.saved_at) if found else None


def drop(session: WriteSession, person_id: UUID, form: str) -> None:
    session.exec(sa.delete(Draft).where(col(Draft.person_id) == person_id, col(Draft.form) == form))
