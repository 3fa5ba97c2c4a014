"""SQL for a zone as people write it, and what moments can be read with."""

from crm.intake.checking.moments import PLACES


def lookup_sql(v: str) -> str:
    """As `lookups.key`."""
    bare = rf"regexp_replace(strip_accents(lower({v})), '\b(the|and)\b|&', '', 'g')"
    return rf"replace(regexp_replace({bare}, '[^\p{{L}}\p{{N}}]', '', 'g'), 'saint', 'st')"


def zone_code(v: str) -> str:
    """SQL for the name of a zone, or NULL: of a name, of an offset, of a name with its offset before it."""
    bare = rf"regexp_replace({v}, '^\s*\((?:UTC|GMT)[^)]*\)\s*', '')"
    named = f"(SELECT code FROM lookup_zones WHERE written = {lookup_sql(bare)})"
    offset = f"(SELECT code FROM lookup_zones WHERE written = regexp_replace(lower({v}), '[\\s()]', '', 'g'))"
    inner = rf"regexp_extract({v}, '^\s*\(((?:UTC|GMT)[^)]*)\)', 1)"
    of_inner = f"(SELECT code FROM lookup_zones WHERE written = replace(lower({inner}), ' ', ''))"
    plain = rf"regexp_matches({bare}, '[+-]\d')"
    return f"coalesce(CASE WHEN NOT {plain} THEN {named} ELSE {offset} END, {of_inner})"


def zone_of_cell(v: str) -> str:
    """SQL for a zone as it can stand behind a clock: a place where it is one, else what the cell says; 8 is +8."""
    code = zone_code(v)
    signed = rf"CASE WHEN regexp_matches({v}, '^\d{{1,2}}(:?\d\d)?$') THEN '+' || {v} ELSE {v} END"
    return f"(SELECT CASE WHEN list_contains({PLACES}, z) THEN z ELSE {signed} END FROM (SELECT {code} AS z))"
