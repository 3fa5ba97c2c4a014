"""Whether what was written once is still about clients whom a person sees: nobody takes back what is in another's book now."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import journal
from crm.clients.models import Client
from crm.clients.scope import visible_ids
from crm.db.sql import Sql
from crm.ground.errors import NotAllowedError
from crm.journal import entities
from crm.people import Person


def check(session: Session, by: Person, change_set_id: UUID) -> None:
    """Every client of a set, or of what was said, planned and traded in it, is one that the person sees, or is gone.

    Raises:
        NotAllowedError: some of them stand in another book now.
    """
    unseen = col(Client.id).not_in(visible_ids(by))
    if not session.exec(select(Client.id).where(unseen).limit(1)).first():
        return
    sql, chosen = Sql(session), {"id": change_set_id}
    parts = [
        part for name in journal.touched(session, change_set_id) if (part := _clients_of(sql, entities.table(name)))
    ]
    if not parts:
        return
    about = sa.text(" UNION ".join(parts)).bindparams(**chosen).columns(sa.column("id", sa.Uuid)).subquery()
    hidden = select(Client.id).where(col(Client.id).in_(sa.select(about.c.id)), unseen)
    if session.exec(hidden.limit(1)).first():
        raise NotAllowedError("Some of these clients are in another book now; ask their manager or a lead.")


def _clients_of(sql: Sql, entity: sa.Table) -> str | None:
    """The clients whom the changed rows of a table are about, as a select; None where a table knows no clients."""
    changed = f"x.change_set_id = :id AND x.entity = '{entity.name}'"
    if entity.name == "client":
        return f"SELECT CAST(x.entity_key AS uuid) AS id FROM change x WHERE {changed}"
    if "number" in entity.c:
        number = sql.from_json("coalesce(x.after, x.before)", entity.c.number)
        numbers = f"(SELECT {number} FROM change x WHERE {changed})"
        return f"""SELECT c.id FROM client c WHERE c.number IN {numbers}
            UNION SELECT f.client_id FROM further_account f WHERE f.number IN {numbers}"""
    if "client_id" not in entity.c:
        return None
    # A change names only the fields that it wrote; whose row it is says the row, or what it was before it went.
    told = [sql.from_json(f"x.{document}", entity.c.client_id) for document in ("after", "before")]
    return f"""SELECT CAST(coalesce(o.client_id, {", ".join(told)}) AS uuid) AS id
        FROM change x LEFT JOIN {entity.name} o ON o.id = CAST(x.entity_key AS uuid) WHERE {changed}"""
