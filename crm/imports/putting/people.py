"""Whom a cell means: colleagues by e-mail or by name, and the scope of whoever imports."""

from crm import clients, people
from crm.db.sql import Sql
from crm.people import Person


def lay_out(sql: Sql, by: Person) -> None:
    """Temporary tables `who` and `mine` (id): colleagues as they are written, and clients in scope.

    Whoever left is known by the address: what they said and held before stays theirs.
    """
    # Whoever writes a list may have no key for the accents of a colleague.
    folded = clients.fold_sql("name", duckdb=sql.duckdb)
    sql.temp_table(
        "who",
        f"""SELECT written, min(CAST(id AS VARCHAR)) AS id_text, count(DISTINCT id) AS meant, bool_and(has_left) AS has_left FROM (
                SELECT email AS written, id, NOT is_active AS has_left FROM person
                UNION ALL SELECT lower(name), id, FALSE FROM person WHERE is_active
                UNION ALL SELECT {folded}, id, FALSE FROM person WHERE is_active
                UNION ALL SELECT 'me', CAST('{by.id}' AS uuid), FALSE) w GROUP BY written""",
    )
    seen = clients.visible_ids(by).compile(sql.bind, compile_kwargs={"literal_binds": True})
    sql.bind.exec_driver_sql("DROP TABLE IF EXISTS mine")
    sql.bind.exec_driver_sql(
        f"CREATE TEMP TABLE mine AS {seen}".replace("%", "%%")
        if not sql.duckdb
        else f"CREATE TEMP TABLE mine AS {seen}"
    )


def person_id(written: str) -> str:
    """SQL for the one person that a cell means; NULL where nobody or more than one is meant."""
    return f"(SELECT CAST(w.id_text AS uuid) FROM who w WHERE w.written = {written} AND w.meant = 1)"


def has_left(written: str) -> str:
    """SQL for whether a cell means somebody who works here no more."""
    return f"EXISTS (SELECT 1 FROM who w WHERE w.written = {written} AND w.has_left)"


def may_give(by: Person) -> bool:
    """May this person put clients into somebody else's book?"""
    return people.may(by, people.Right.REASSIGN)
