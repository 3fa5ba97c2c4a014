"""Whom a cell means: colleagues by e-mail or by name, the scope of whoever imports, and why a colleague cannot be meant."""

from collections.abc import Mapping

from crm import people
from crm.clients import assignees, scope, search
from crm.db.sql import Sql
from crm.intake.arrival import Importer
from crm.intake.staging import literal

# What a row is refused with, for each reason of a rule.
WHY: Mapping[str, str] = {
    assignees.NOBODY: "is nobody who works here",
    assignees.UNABLE: "cannot look after clients; choose an active manager or lead",
    assignees.ELSEWHERE: "is not in your team; a lead of all teams can do that",
    assignees.NO_LEAD: "is somebody else; only a lead gives clients to others",
    assignees.NO_NAME: "is somebody else; only a lead writes in a colleague's name",
    assignees.OTHER_NAME: "is not in your team, so you cannot write in that name",
}
NO_OTHERS: Mapping[str, str] = {}


def lay_out(sql: Sql, importer: Importer) -> None:
    """Temporary tables `who` and `mine` (id): colleagues as they are written, and clients in scope.

    Whoever left is known by the address: what they said and held before stays theirs.
    """
    # Whoever writes a list may have no key for the accents of a colleague.
    folded = search.fold_sql("name", duckdb=sql.duckdb)
    sql.temp_table(
        "who",
        f"""SELECT written, min(CAST(id AS VARCHAR)) AS id_text, count(DISTINCT id) AS meant FROM (
                SELECT email AS written, id FROM person
                UNION ALL SELECT lower(name), id FROM person WHERE is_active
                UNION ALL SELECT {folded}, id FROM person WHERE is_active
                UNION ALL SELECT 'me', {importer.me}) w GROUP BY written""",
    )
    seen = scope.visible_ids(people.acting(importer.by)).compile(sql.bind, compile_kwargs={"literal_binds": True})
    sql.bind.exec_driver_sql("DROP TABLE IF EXISTS mine")
    sql.bind.exec_driver_sql(
        f"CREATE TEMP TABLE mine AS {seen}".replace("%", "%%")
        if not sql.duckdb
        else f"CREATE TEMP TABLE mine AS {seen}"
    )


def person_id(written: str) -> str:
    """SQL for the one person that a cell means; NULL where nobody or more than one is meant."""
    return f"(SELECT CAST(w.id_text AS uuid) FROM who w WHERE w.written = {written} AND w.meant = 1)"


def sentence_for(reason: str, *, also: Mapping[str, str] = NO_OTHERS) -> str:
    """SQL for the sentence of a rule's reason; NULL where there is none. `also`: the sentences of a room's own reasons."""
    sentences = {**WHY, **also}
    cases = " ".join(f"WHEN {literal(name)} THEN {literal(sentence)}" for name, sentence in sentences.items())
    return f"CASE {reason} {cases} END"
