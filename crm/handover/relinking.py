"""Rows that point at clients who are merged, moved set-based and journalled: one change for each row, so that one undo fits.

All of it works on the temporary table `merging` (id, kept_id), in which the records that are kept stand for themselves.
"""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from crm.clients.models import AssignmentRole, Client, ContactMethod, NotDuplicate, PastAssignment
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.journal import bulk, entities

CLIENTS, HANDLES, DECISIONS, PAST = (
    entities.of(model) for model in (Client, ContactMethod, NotDuplicate, PastAssignment)
)
_GONE = "SELECT id FROM merging WHERE id <> kept_id"


def pointing() -> dict[sa.Table, list[str]]:
    """Every table with columns that name a client, except what was decided about pairs."""
    found: dict[sa.Table, list[str]] = {}
    for pointer in entities.pointers_to(CLIENTS):
        if pointer.target == "id" and pointer.table is not DECISIONS:
            found.setdefault(pointer.table, []).append(pointer.column)
    return found


def repoint(session: WriteSession, into: Mapping[UUID, UUID]) -> None:
    """Whatever names a record that goes names the one that is kept from now on, and then the record goes."""
    sql = Sql(session)
    pairs = {**into, **{kept: kept for kept in into.values()}}
    told = ", ".join(f"(CAST('{one}' AS UUID), CAST('{kept}' AS UUID))" for one, kept in pairs.items())
    sql.temp_table("merging", f"SELECT * FROM (VALUES {told}) v (id, kept_id)")
    _handles(session, sql)
    _decisions(session, sql)
    for table, columns in pointing().items():
        if table is not HANDLES:
            _rows(session, table, columns)
    bulk.delete(session, CLIENTS, f"({_GONE})")
    sql.drop("merging")


def _handles(session: WriteSession, sql: Sql) -> None:
    """Each way to reach them once; verified if it was for any of them, with the label that somebody wrote."""
    same = "(PARTITION BY m.kept_id, h.kind, h.value"
    sql.temp_table(
        "merged_handle",
        f"""SELECT h.id, m.kept_id AS client_id, h.client_id AS was_of, h.is_verified AS was_verified, h.label AS was_label,
                bool_or(h.is_verified) OVER {same}) AS is_verified,
                CASE WHEN h.label = '' THEN max(h.label) OVER {same}) ELSE h.label END AS label,
                row_number() OVER {same} ORDER BY CASE WHEN h.client_id = m.kept_id THEN 0 ELSE 1 END,
                    CASE WHEN h.is_verified THEN 0 ELSE 1 END, CASE WHEN h.label = '' THEN 1 ELSE 0 END, h.id) AS place
            FROM handle h JOIN merging m ON m.id = h.client_id""",
    )
    bulk.delete(session, HANDLES, "(SELECT id FROM merged_handle WHERE place > 1)")
    moved = "was_of <> client_id OR was_verified <> is_verified OR was_label <> label"
    staying = f"(SELECT id, client_id, is_verified, label FROM merged_handle WHERE place = 1 AND ({moved}))"
    bulk.update(session, HANDLES, staying, ["client_id", "is_verified", "label"])
    sql.drop("merged_handle")


def _decisions(session: WriteSession, sql: Sql) -> None:
    """Whoever is not one of them is not the one kept either; what was said of two of them holds no longer."""
    first, second = "coalesce(a.kept_id, d.first_id)", "coalesce(b.kept_id, d.second_id)"
    sql.temp_table(
        "decided",
        f"""SELECT d.first_id AS old_first, d.second_id AS old_second, least({first}, {second}) AS first_id,
                greatest({first}, {second}) AS second_id, d.said_by, d.said_at
            FROM not_duplicate d LEFT JOIN merging a ON a.id = d.first_id LEFT JOIN merging b ON b.id = d.second_id
            WHERE d.first_id IN ({_GONE}) OR d.second_id IN ({_GONE})""",
    )
    sql.temp_table(
        "decided_anew",
        """SELECT first_id, second_id, CAST(min(CAST(said_by AS VARCHAR)) AS UUID) AS said_by, min(said_at) AS said_at
           FROM decided n WHERE first_id <> second_id AND NOT EXISTS (SELECT 1 FROM not_duplicate d
               WHERE d.first_id = n.first_id AND d.second_id = n.second_id) GROUP BY first_id, second_id""",
    )
    bulk.delete(session, DECISIONS, "(SELECT old_first AS first_id, old_second AS second_id FROM decided)")
    bulk.insert(session, DECISIONS, "decided_anew", ["first_id", "second_id", "said_by", "said_at"])
    sql.drop("decided", "decided_anew")


def _rows(session: WriteSession, table: sa.Table, columns: list[str]) -> None:
    new = [f"coalesce((SELECT m.kept_id FROM merging m WHERE m.id = t.{name}), t.{name}) AS {name}" for name in columns]
    written = list(columns)
    if table is PAST:
        # Of the one kept, `primary` tells since when its manager has it; of the others it is history.
        new.append(
            f"CASE WHEN t.part = '{AssignmentRole.PRIMARY}' THEN '{AssignmentRole.MERGED}' ELSE t.part END AS part"
        )
        written.append("part")
    keys = ", ".join(f"t.{name}" for name in entities.key_columns(table))
    chosen = " OR ".join(f"t.{name} IN ({_GONE})" for name in columns)
    bulk.update(session, table, f"(SELECT {keys}, {', '.join(new)} FROM {table.name} t WHERE {chosen})", written)
