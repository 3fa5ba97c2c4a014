"""Every client stands in one book, and every account belongs to one client."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.clients.models import Client, FurtherAccount
from crm.db import soundness
from crm.people import DESK_ID, Person, Role


@soundness.check(
    "managers",
    well="Every client has exactly one manager.",
    remedy="Give these clients to somebody: Clients, Reassign.",
)
def managers(session: Session) -> Iterator[str]:
    """Every client stands in the book of one manager or lead, or of the desk."""
    fit = sa.or_(col(Person.id) == DESK_ID, col(Person.role).in_([Role.MANAGER, Role.LEAD]))
    known = sa.exists().where(col(Person.id) == col(Client.manager_id), fit)
    lost = session.scalar(select(sa.func.count()).select_from(Client).where(~known))
    if lost:
        yield f"{lost:,} clients stand in the book of nobody who looks after clients"
    every = sa.union_all(select(Client.number), select(FurtherAccount.number)).subquery()
    numbers = sa.select(every.c.number).group_by(every.c.number).having(sa.func.count() > 1).subquery()
    shared = session.scalar(sa.select(sa.func.count()).select_from(numbers))
    if shared:
        yield f"{shared:,} account numbers belong to more than one client"
