"""Clients that change hands by a list do so as by hand."""

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.handover.assigning import follow
from crm.intake import steps
from crm.intake.upsert import Target


def hand_over(session: WriteSession, target: Target) -> None:
    sql = Sql(session)
    sql.temp_table(
        "moving",
        f"""SELECT o.id AS client_id, o.manager_id AS from_id, l.manager_id AS to_id
            FROM {target.origin} JOIN outcomes f ON f.line = l.line AND f.outcome = 'changed' JOIN client o ON o.id = l.id
            WHERE l.manager_id IS NOT NULL AND l.manager_id <> o.manager_id""",
    )
    follow(session)
    sql.drop("moving")


steps.on_change("clients", hand_over)
