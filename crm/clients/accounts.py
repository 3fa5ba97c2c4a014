"""The small numbers by which facts are joined: a venue's UID keeps its own, client or not."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.clients.models import Account, Client, FurtherAccount
from crm.db.sessions import WriteSession
from crm.db.sql import Sql

# Every UID that leads to a client: its own, and those of its further accounts.
EVERY_UID = """SELECT id AS client_id, venue, uid, FALSE AS is_further FROM client WHERE uid IS NOT NULL
    UNION ALL SELECT f.client_id, a.venue, a.uid, TRUE FROM further_account f JOIN trading_account a ON a.number = f.number"""


def numbers_of(session: Session, client: Client, *, venue: str | None = None) -> list[int]:
    """The numbers under which a client has facts, at one venue or at all, its own first."""
    further = further_of(session, client)
    return [client.number, *(account.number for account in further if venue in (None, account.venue))]


def further_of(session: Session, client: Client) -> list[Account]:
    """The accounts of a client beside its own."""
    query = select(Account).join(FurtherAccount, col(FurtherAccount.number) == col(Account.number))
    return list(session.exec(query.where(FurtherAccount.client_id == client.id).order_by(Account.venue, Account.uid)))


def with_uid(venue: str, uid: str) -> SelectOfScalar[UUID]:
    """Whoever has a further account under this UID."""
    query = select(FurtherAccount.client_id).join(Account, col(Account.number) == col(FurtherAccount.number))
    return query.where(Account.venue == venue, Account.uid == uid)


def numbered(chosen: sa.Subquery) -> sa.Subquery:
    """For joining facts to some clients (`chosen` has their id and number): `account`, and the `number` it counts for."""
    own = sa.select(chosen.c.number.label("account"), chosen.c.number.label("number"))
    others = sa.select(col(FurtherAccount.number), chosen.c.number).join(
        chosen, chosen.c.id == FurtherAccount.client_id
    )
    return own.union_all(others).subquery("accounts")


def number_of(session: WriteSession, venue: str, uid: str) -> int:
    """The number of a UID that has facts; the first call allots it."""
    found = _find(session, venue, uid)
    if found is None:
        client = session.exec(select(Client.number).where(Client.venue == venue, Client.uid == uid)).first()
        found = _allot(session, client or fresh(session), venue, uid)
    return found


def number_for(session: WriteSession, venue: str, uid: str | None) -> int:
    """The number that a new client takes: its UID's, or the next one."""
    known = _find(session, venue, uid) if uid else None
    return known if known is not None else fresh(session)


def move(session: WriteSession, client: Client, venue: str, uid: str | None) -> int:
    """The number a client has under another UID. The old UID keeps its number and with it its facts.

    If the other UID is that of a further account, the two change places.
    """
    known = _find(session, venue, uid) if uid else None
    further = session.get(FurtherAccount, known) if known is not None else None
    if further:
        session.delete(further)
    if client.uid is None:
        return known if known is not None else client.number
    allot(session, client)
    if further:
        session.add(FurtherAccount(number=client.number, client_id=client.id))
    return known if known is not None else fresh(session)


def allot(session: WriteSession, client: Client) -> None:
    """From now on the client's UID keeps its number, whoever has it."""
    if client.uid and _find(session, client.venue, client.uid) is None:
        _allot(session, client.number, client.venue, client.uid)


def give(session: WriteSession, client_id: UUID, numbers: Collection[int]) -> None:
    """From now on these are the further accounts of a client, and no others."""
    known = {
        one.number: one for one in session.exec(select(FurtherAccount).where(FurtherAccount.client_id == client_id))
    }
    for number in known.keys() - set(numbers):
        session.delete(known[number])
    session.add_all(FurtherAccount(number=number, client_id=client_id) for number in set(numbers) - known.keys())
    session.flush()


def fresh(session: WriteSession) -> int:
    sql = Sql(session)
    return int(sql.scalar(f"SELECT {sql.nextval('client_number')}"))


def _find(session: WriteSession, venue: str, uid: str) -> int | None:
    return session.exec(select(Account.number).where(Account.venue == venue, Account.uid == uid)).first()


def _allot(session: WriteSession, number: int, venue: str, uid: str) -> int:
    session.add(Account(number=number, venue=venue, uid=uid))
    session.flush()
    return number
