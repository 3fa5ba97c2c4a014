"""Client lists on the bench, before the store is asked: the ways to reach each row, whole names, and keys to find doubles by."""

from crm import clients
from crm.imports.checking import SUMS
from crm.imports.kinds import CLIENTS_REACHED_BY
from crm.imports.mapping import Mapping
from crm.imports.putting.phones import e164_sql, lay_out_plans
from crm.imports.workbench import Workbench

LONGEST_CHAIN = 20  # of rows of which each shares another address with the next
SEVERAL_WAYS = r"[;|，；、\n]|,\s*"  # two addresses in one cell
UID_KEY = "'uid ' || coalesce(lower(c.venue), '') || ' ' || c.uid"
# Chinese, Japanese and Korean names have the family name first, without a space.
WHOLE_NAME = r"""CASE WHEN regexp_matches(coalesce(last_name, first_name), '[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]')
    THEN concat(last_name, first_name) ELSE nullif(concat_ws(' ', first_name, last_name), '') END"""


def prepare(bench: Workbench, mapping: Mapping) -> None:
    """On the bench: one row for each way to reach somebody, whole names, and a key to find doubles by."""
    lay_out_plans(bench)
    said = {kind: mapping.columns[kind] for kind in CLIENTS_REACHED_BY if mapping.columns.get(kind)}
    parts = [part for kind, columns in said.items() for part in _reached_by(kind, columns, bench)]
    union = " UNION ALL ".join(parts) or "SELECT 0::BIGINT AS line, '' AS kind, '' AS value WHERE false"
    bench.run(f"CREATE OR REPLACE TABLE reach AS {union}")
    if mapping.has("first_name", "last_name"):
        bench.run(f"UPDATE checked SET name = {WHOLE_NAME} WHERE name IS NULL")
    _leave_out_sums(bench)
    _note_numbers_without_country(bench)
    bench.run("""
        CREATE OR REPLACE TABLE reached AS SELECT r.line, min(r.kind || ' ' || lower(r.value)) AS key
        FROM reach r JOIN incoming i ON i.line = r.line WHERE i.uid IS NULL GROUP BY r.line""")
    if bench.one("SELECT count(*) FROM reached"):
        _join_among_themselves(bench)
        _join_to_those_with_uid(bench)
    bench.run(f"""
        CREATE OR REPLACE VIEW incoming AS SELECT c.*, CASE
            WHEN uid IS NOT NULL THEN {UID_KEY}
            ELSE coalesce(r.key, 'name ' || lower(name)) END AS key
        FROM checked c LEFT JOIN reached r ON r.line = c.line""")


def _leave_out_sums(bench: Workbench) -> None:
    """A last line such as “Total: 12” names nobody."""
    about = f"""FROM checked WHERE uid IS NULL AND NOT refused AND regexp_full_match(trim(name), '{SUMS}')
        AND line NOT IN (SELECT line FROM reach)"""
    if bench.one(f"SELECT count(*) {about}"):
        bench.run(
            f"INSERT INTO problem SELECT line, 'Name', name, 'is a sum below the table, not a client', TRUE {about}"
        )
        bench.run(f"UPDATE checked SET refused = TRUE WHERE line IN (SELECT line {about})")


def _note_numbers_without_country(bench: Workbench) -> None:
    """Who dials them must know from where."""
    bench.run("""INSERT INTO problem SELECT line, 'Phone', string_agg(value, '; ' ORDER BY value),
            'is not a number with the code of its country; it is kept as it is', FALSE
        FROM reach WHERE kind = 'phone' AND NOT starts_with(value, '+') GROUP BY line""")


def _join_among_themselves(bench: Workbench) -> None:
    """Rows without UID that share any way to be reached are one client, as they would be if they came one after the other."""
    for _ in range(LONGEST_CHAIN):
        joined = bench.run("""
            UPDATE reached SET key = m.key FROM (
                SELECT r.line, min(n.key) AS key FROM reach r JOIN reached own ON own.line = r.line
                JOIN reach s ON s.kind = r.kind AND lower(s.value) = lower(r.value) JOIN reached n ON n.line = s.line
                GROUP BY r.line) m
            WHERE m.line = reached.line AND m.key < reached.key""")
        if not joined[0][0]:
            return


def _join_to_those_with_uid(bench: Workbench) -> None:
    """A row without UID is the one row with a UID that shares an address with it, as it would be if that one were here."""
    bench.run(f"""
        UPDATE reached SET key = m.key FROM (
            SELECT r.line, min({UID_KEY}) AS key FROM reach r JOIN reached n ON n.line = r.line
            JOIN reach s ON s.kind = r.kind AND lower(s.value) = lower(r.value)
            JOIN checked c ON c.line = s.line AND c.uid IS NOT NULL AND NOT c.refused
            GROUP BY r.line HAVING count(DISTINCT {UID_KEY}) = 1) m
        WHERE m.line = reached.line""")


def _reached_by(kind: str, columns: list[int], bench: Workbench) -> list[str]:
    """Each way as its own row, and no way twice; where one column says it, and one in each cell, it is there once anyway."""
    several = _several_in_a_cell(bench, columns)
    every = _ways(kind, several=several)
    if len(columns) == 1 and not several:
        return every
    twice = " UNION ALL ".join(every)
    return [f"SELECT line, kind, min(value) AS value FROM ({twice}) GROUP BY line, kind, lower(value)"]


def _several_in_a_cell(bench: Workbench, columns: list[int]) -> bool:
    """Taking apart costs more than looking whether any cell needs it."""
    signs = [f"contains(c{i}, '{sign}')" for i in columns for sign in ";|,，；、\n"]
    return bool(bench.told(f"SELECT bool_or({' OR '.join(signs)}) FROM raw")[0][0])


def _ways(kind: str, *, several: bool) -> list[str]:
    """Telephone numbers that are E.164 already need no numbering plan."""
    each = f'"by_{kind}"'
    if several:
        parts = f"flatten(list_transform({each}, lambda x: regexp_split_to_array(x, '{SEVERAL_WAYS}')))"
        each = f"list_filter(list_transform({parts}, lambda x: trim(x)), lambda x: x <> '')"
    if several and kind not in ("email", "phone", "whatsapp"):
        each = f"list_transform({each}, lambda x: ltrim(regexp_replace(x, '{clients.values.PROFILES}', ''), '@'))"
    ways = f"(SELECT line, country, unnest({each}) AS value FROM incoming WHERE NOT refused) r"
    if kind != "phone":
        return [f"SELECT line, '{kind}' AS kind, value FROM {ways}"]
    ready = r"regexp_full_match(value, '\+[1-9]\d{7,14}')"
    return [
        f"SELECT line, 'phone' AS kind, value FROM {ways} WHERE {ready}",
        f"SELECT line, 'phone' AS kind, {e164_sql('value', 'r.country')} AS value FROM {ways} WHERE NOT {ready}",
    ]
