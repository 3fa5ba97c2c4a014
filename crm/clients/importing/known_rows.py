"""Which row of ours a row of a file is: by its id, which is unique only within its system, by its fingerprint, by its origin."""

from dataclasses import dataclass

from crm.db.sql import Sql
from crm.intake.same_rows import MOST_REMARKED, NAMESAKE
from crm.intake.steps import Remark

# The client of row `i` is the one that row `o` is about; who names nobody, or nobody here, contradicts nothing.
SAME_CLIENT = "(s.client_id IS NULL OR o.client_id IS NULL OR s.client_id = o.client_id)"
PRINT_LENGTH = len("row ") + 32


@dataclass(frozen=True)
class Identity:
    """How one tells whether a row `o` of ours, which has the id of a row `i`, is that very row; SQL each.

    `other`: it is another one; `other_of_many`: likewise, where several rows of the file, or of one client, have the id.
    `nearness`: the lower, the nearer. `tells`: the columns that these read.
    `within`: of rows of a file that have one id those are one that are the same in any of these.
    `born`: a row without an id is known by this and its client, too; empty where there is nothing like it.
    """

    other: str
    other_of_many: str
    nearness: str
    tells: tuple[str, ...]
    within: tuple[str, ...]
    born: str = ""


def remark_namesakes(sql: Sql) -> list[Remark]:
    """The rows whose id another row of ours has."""
    found = sql.rows(
        f"SELECT n.line FROM namesake n JOIN outcomes f ON f.line = n.line WHERE f.outcome = 'created' LIMIT {MOST_REMARKED}"
    )
    return [(line, "", NAMESAKE) for (line,) in found]


def same_text(name: str) -> str:
    return f"lower(trim(o.{name})) = lower(trim(i.{name}))"


def within_seconds(name: str, seconds: int) -> str:
    return f"abs(extract(epoch FROM o.{name}) - extract(epoch FROM i.{name})) < {seconds}"


def lay_out(sql: Sql, incoming: str, held: str, identity: Identity) -> None:
    """`known_row` (line, id, client_id): the row of ours that each row of the file is. `held`: SELECT of ours; `spoken_of` stands."""
    _by_id(sql, incoming, held, identity)
    sql.temp_table(
        "namesake",
        f"""SELECT DISTINCT i.line FROM {incoming} i JOIN ({held}) o ON o.external_id = i.external_id
            WHERE i.has_id AND i.line NOT IN (SELECT line FROM known_row)""",
    )
    if not _some_are_left(sql, incoming, held):
        return
    _by_fingerprint(sql, incoming, held)
    if identity.born:
        _by_origin(sql, incoming, held, identity.born)


def _by_id(sql: Sql, incoming: str, held: str, identity: Identity) -> None:
    is_many = "(i.times > 1 OR o.times > 1)"
    is_other = f"o.is_given AND CASE WHEN {is_many} THEN {identity.other_of_many} ELSE {identity.other} END"
    near = f"CASE WHEN {SAME_CLIENT} THEN 0 ELSE 1 END, {identity.nearness}, o.id"
    sql.temp_table(
        "known_row",
        f"""WITH i AS (SELECT i.*, count(*) OVER (PARTITION BY i.refused, i.external_id) AS times FROM {incoming} i
                WHERE i.has_id OR (i.uid IS NULL AND i.client IS NULL)),
            o AS (SELECT o.*, count(*) OVER (PARTITION BY o.external_id, o.client_id) AS times FROM ({held}) o
                WHERE o.external_id IN (SELECT external_id FROM i))
        SELECT line, id, client_id FROM (
            SELECT i.line, o.id, o.client_id, row_number() OVER (PARTITION BY i.line ORDER BY {near}) AS place
            FROM i JOIN o ON o.external_id = i.external_id JOIN spoken_of s ON s.line = i.line
            WHERE NOT coalesce(i.has_id AND ({is_other}), FALSE)) found
        WHERE place = 1""",
    )


def _some_are_left(sql: Sql, incoming: str, held: str) -> bool:
    """Rows of the file that no id told, while here are rows that came without one."""
    left = f"SELECT 1 FROM {incoming} i WHERE i.line NOT IN (SELECT line FROM known_row) LIMIT 1"
    ours = f"SELECT 1 FROM ({held}) o WHERE o.external_id LIKE 'row %' LIMIT 1"
    return sql.scalar(left) is not None and sql.scalar(ours) is not None


def _by_fingerprint(sql: Sql, incoming: str, held: str) -> None:
    """The n-th row of the file that says this of a client is the n-th of ours."""
    of_client = f"o.client_id, left(o.external_id, {PRINT_LENGTH})"
    sql.run(f"""INSERT INTO known_row
        WITH o AS (SELECT o.*, left(o.external_id, {PRINT_LENGTH}) AS fingerprint,
                row_number() OVER (PARTITION BY {of_client} ORDER BY length(o.external_id), o.external_id, o.id) AS nth
            FROM ({held}) o WHERE o.external_id LIKE 'row %' AND o.id NOT IN (SELECT id FROM known_row))
        SELECT line, id, client_id FROM (
            SELECT i.line, o.id, o.client_id, row_number() OVER (PARTITION BY i.line ORDER BY o.client_id, o.id) AS place
            FROM {incoming} i JOIN o ON o.fingerprint = i.fingerprint AND o.nth = i.nth JOIN spoken_of s ON s.line = i.line
            LEFT JOIN client p ON p.id = o.client_id
            WHERE i.line NOT IN (SELECT line FROM known_row) AND {SAME_CLIENT}
                AND (s.client_id IS NOT NULL OR lower(p.name) = lower(i.client) OR (i.uid IS NULL AND i.client IS NULL))) found
        WHERE place = 1""")


def _by_origin(sql: Sql, incoming: str, held: str, born: str) -> None:
    """What came without an id and was said to have begun at that moment is the same, if nothing else can be meant."""
    sql.run(f"""INSERT INTO known_row
        SELECT line, id, client_id FROM (
            SELECT i.line, o.id, o.client_id, count(*) OVER (PARTITION BY i.line) AS ours, count(*) OVER (PARTITION BY o.id) AS theirs
            FROM {incoming} i JOIN ({held}) o ON {born} JOIN spoken_of s ON s.line = i.line
            WHERE NOT i.has_id AND NOT i.refused AND o.external_id LIKE 'row %' AND o.client_id IS NOT DISTINCT FROM s.client_id
                AND i.line NOT IN (SELECT line FROM known_row) AND o.id NOT IN (SELECT id FROM known_row)) found
        WHERE ours = 1 AND theirs = 1""")
