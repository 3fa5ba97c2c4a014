"""The small numbers by which facts are joined: a venue's UID keeps its own, client or not."""

from sqlmodel import select

from crm.clients.models import Account, Client
from crm.db.sessions import WriteSession
from crm.db.sql import Sql


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
    """The number a client has under another UID. The old UID keeps its number and with it its facts."""
    known = _find(session, venue, uid) if uid else None
    if client.uid is None:
        return known if known is not None else client.number
    if _find(session, client.venue, client.uid) is None:
        _allot(session, client.number, client.venue, client.uid)
    return known if known is not None else fresh(session)


def fresh(session: WriteSession) -> int:
    sql = Sql(session)
    return int(sql.scalar(f"SELECT {sql.nextval('client_number')}"))


def _find(session: WriteSession, venue: str, uid: str) -> int | None:
    return session.exec(select(Account.number).where(Account.venue == venue, Account.uid == uid)).first()


def _allot(session: WriteSession, number: int, venue: str, uid: str) -> int:
    session.add(Account(number=number, venue=venue, uid=uid))
    session.flush()
    return number
