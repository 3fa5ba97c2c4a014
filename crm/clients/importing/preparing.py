"""Client lists before the store is asked: the ways to reach each row, whole names, and keys to find doubles by."""

from collections.abc import Collection

from crm.clients.importing import shared
from crm.clients.importing.columns import REACHED_BY
from crm.clients.importing.phones import e164_sql, lay_out_plans, read_the_rest
from crm.ground.texts import PROFILES
from crm.intake.checking import SUMS
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

BESIDE_NUMBERS = ("/", " or ", " oder ", " ou ", " and ", " und ", " & ", "或", "和", "及")
LONGEST_CHAIN = 20  # of rows of which each shares another address with the next
SEVERAL_WAYS = r"[;|，；、\n]|,\s*"  # two addresses in one cell
EITHER = r"\s*/\s*|\s+(?:or|oder|ou|o|and|und|&)\s+|\s*[或和及]\s*"
LEAST_DIGITS = 6
UID_KEY = "'uid ' || coalesce(lower(c.venue), '') || ' ' || c.uid"
# Chinese, Japanese and Korean names have the family name first, without a space.
WHOLE_NAME = r"""CASE WHEN regexp_matches(coalesce(last_name, first_name), '[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]')
    THEN concat(last_name, first_name) ELSE nullif(concat_ws(' ', first_name, last_name), '') END"""


def prepare(staging: Staging, mapping: Mapping) -> None:
    """While a list is staged: one row for each way to reach somebody, whole names, and a key to find doubles by."""
    lay_out_plans(staging)
    named = {kind: mapping.columns[kind] for kind in REACHED_BY if mapping.columns.get(kind)}
    parts = [part for kind, columns in named.items() for part in _reached_by(kind, columns, staging)]
    union = " UNION ALL ".join(parts) or "SELECT 0::BIGINT AS line, '' AS kind, '' AS value WHERE false"
    staging.run(f"CREATE OR REPLACE TABLE reach AS {union}")
    if {"phone", "whatsapp"} & set(named):
        read_the_rest(staging)
    if mapping.has("first_name", "last_name"):
        staging.run(f"UPDATE checked SET name = {WHOLE_NAME} WHERE name IS NULL")
    _leave_out_sums(staging)
    _note_numbers_without_country(staging)
    shared.lay_out(staging)
    staging.run("""
        CREATE OR REPLACE TABLE reached AS SELECT r.line, min(r.mark) AS key
        FROM marked r JOIN incoming i ON i.line = r.line WHERE i.uid IS NULL GROUP BY r.line""")
    if staging.one("SELECT count(*) FROM reached"):
        _join_among_themselves(staging)
        _join_to_those_with_uid(staging)
    staging.run(f"""
        CREATE OR REPLACE VIEW incoming AS SELECT c.*, CASE
            WHEN uid IS NOT NULL THEN {UID_KEY}
            ELSE coalesce(r.key, 'name ' || lower(name)) END AS key
        FROM checked c LEFT JOIN reached r ON r.line = c.line""")


def _leave_out_sums(staging: Staging) -> None:
    """A last line such as “Total: 12” names nobody."""
    about = f"""FROM checked WHERE uid IS NULL AND NOT refused AND regexp_full_match(trim(name), '{SUMS}')
        AND line NOT IN (SELECT line FROM reach)"""
    if staging.one(f"SELECT count(*) {about}"):
        staging.run(
            f"INSERT INTO problem SELECT line, 'Name', name, 'is a sum below the table, not a client', TRUE {about}"
        )
        staging.run(f"UPDATE checked SET refused = TRUE WHERE line IN (SELECT line {about})")


def _note_numbers_without_country(staging: Staging) -> None:
    """Who dials them must know from where."""
    staging.run("""INSERT INTO problem SELECT line, 'Phone', string_agg(value, '; ' ORDER BY value),
            'is not a number with the code of its country; it is kept as it is', FALSE
        FROM reach WHERE kind = 'phone' AND NOT starts_with(value, '+') GROUP BY line""")


def _join_among_themselves(staging: Staging) -> None:
    """Rows without UID that share any way to be reached are one client, as they would be if they came one after the other."""
    for _ in range(LONGEST_CHAIN):
        joined = staging.run("""
            UPDATE reached SET key = m.key FROM (
                SELECT r.line, min(n.key) AS key FROM marked r JOIN reached own ON own.line = r.line
                JOIN marked s ON s.mark = r.mark JOIN reached n ON n.line = s.line
                GROUP BY r.line) m
            WHERE m.line = reached.line AND m.key < reached.key""")
        if not joined[0][0]:
            return


def _join_to_those_with_uid(staging: Staging) -> None:
    """A row without UID is the one row with a UID that shares an address with it, as it would be if that one were here."""
    staging.run(f"""
        UPDATE reached SET key = m.key FROM (
            SELECT r.line, min({UID_KEY}) AS key FROM marked r JOIN reached n ON n.line = r.line
            JOIN marked s ON s.mark = r.mark
            JOIN checked c ON c.line = s.line AND c.uid IS NOT NULL AND NOT c.refused
            GROUP BY r.line HAVING count(DISTINCT {UID_KEY}) = 1) m
        WHERE m.line = reached.line""")


def _reached_by(kind: str, columns: list[int], staging: Staging) -> list[str]:
    """Each way as its own row, and no way twice; where one column says it, and one in each cell, it is there once anyway."""
    several = _several_in_a_cell(staging, columns, BESIDE_NUMBERS if kind in ("phone", "whatsapp") else ())
    every = _ways(kind, several=several)
    if len(columns) == 1 and not several:
        return every
    twice = " UNION ALL ".join(every)
    return [f"SELECT line, kind, min(value) AS value FROM ({twice}) GROUP BY line, kind, lower(value)"]


def _several_in_a_cell(staging: Staging, columns: list[int], more: Collection[str]) -> bool:
    """Taking apart costs more than looking whether any cell needs it."""
    signs = [f"contains(c{i}, '{sign}')" for i in columns for sign in (*";|,，；、\n", *more)]
    return bool(staging.cached(f"SELECT bool_or({' OR '.join(signs)}) FROM raw")[0][0])


def _ways(kind: str, *, several: bool) -> list[str]:
    """Telephone numbers that are E.164 already need no numbering plan."""
    each, each_in, is_number = f'"by_{kind}"', "x", kind in ("phone", "whatsapp")
    if several:
        whole = f"regexp_replace({each_in}, ';\\s*ext=', ' x', 'gi')" if is_number else each_in
        apart = f"regexp_split_to_array({whole}, '{SEVERAL_WAYS}')"
        parts = f"flatten(list_transform({each}, lambda x: {apart}))"
        parts = f"flatten(list_transform({parts}, lambda x: {_two_numbers('x')}))" if is_number else parts
        each = f"list_filter(list_transform({parts}, lambda x: trim(x)), lambda x: x <> '')"
    if several and kind not in ("email", "phone", "whatsapp"):
        each = f"list_transform({each}, lambda x: ltrim(regexp_replace(x, '{PROFILES}', ''), '@'))"
    ways = f"(SELECT line, country, calling_code, unnest({each}) AS value FROM incoming WHERE NOT refused) r"
    if not is_number:
        return [f"SELECT line, '{kind}' AS kind, value FROM {ways}"]
    # Where the code of the country stands in another column, the library reads them.
    number = f"CASE WHEN r.calling_code IS NULL THEN {e164_sql('value', 'r.country')} ELSE value END"
    ready = r"regexp_full_match(value, '\+[1-9]\d{7,14}')"
    return [
        f"SELECT line, '{kind}' AS kind, value FROM {ways} WHERE {ready}",
        f"SELECT line, '{kind}' AS kind, {number} AS value FROM {ways} WHERE NOT {ready}",
    ]


def _two_numbers(x: str) -> str:
    """“030 1234567 / 0171 5678901” are two, “030/5550123” is one: each has as many digits as a number at least."""
    halves = f"regexp_split_to_array({x}, '{EITHER}')"
    counts = f"list_transform({halves}, lambda y: length(regexp_replace(y, '\\D', '', 'g')))"
    return f"CASE WHEN list_min({counts}) >= {LEAST_DIGITS} THEN {halves} ELSE [{x}] END"
