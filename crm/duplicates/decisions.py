"""What somebody said about a pair: that they are two, and are not to be offered again."""

from collections.abc import Collection
from itertools import combinations
from uuid import UUID

from sqlmodel import Session, select

from crm.clients import check_all_visible
from crm.clients.models import NotDuplicate
from crm.db.sessions import WriteSession
from crm.people import Person, Right, require


def not_duplicates(session: WriteSession, by: Person, client_ids: Collection[UUID]) -> int:
    """None of these is another of them; says how many pairs were not known to be two."""
    require(by, Right.CHANGE_CLIENTS)
    check_all_visible(session, by, client_ids)
    known = decided(session)
    fresh = [pair for pair in combinations(sorted(set(client_ids), key=str), 2) if pair not in known]
    session.add_all(NotDuplicate(first_id=first, second_id=second, said_by=by.id) for first, second in fresh)
    session.flush()
    return len(fresh)


def decided(session: Session) -> set[tuple[UUID, UUID]]:
    """Pairs that are two, the lower id first."""
    return {(first, second) for first, second in session.exec(select(NotDuplicate.first_id, NotDuplicate.second_id))}
