"""Telephone numbers to E.164, set-based, by the numbering plans that the phonenumbers library carries."""

from functools import cache

from crm.clients import telephones
from crm.ground.config import settings
from crm.intake.staging import Staging


@cache
def _plan(country: str) -> tuple[str, str, str, list[int]] | None:
    """(country, calling code, trunk prefix, possible lengths of a national number)."""
    import phonenumbers  # noqa: PLC0415 -- the start does not wait for it, nor an import for the plans of the whole world

    plan = phonenumbers.PhoneMetadata.metadata_for_region(country)
    if not (plan and plan.general_desc):
        return None
    lengths = [length for length in plan.general_desc.possible_length if length > 0]
    return country, str(plan.country_code), plan.national_prefix or "", lengths


# What only the library understands: a trunk prefix behind the code of a country that has one, and the last of several lines.
CODES = "1|20|27|30|31|32|33|40|41|43|44|46|48|49|52|54|60|61|62|63|64|66|7|81|82|84|86|90|91|92|94|98|234|254|353|358|380|852|886|971|972"
HARD = rf"^\s*(\+|00)\s*\(?({CODES})\)?[\s.)-]*\(?0|/\s*\d{{1,4}}$|\.0$"
E164 = r"\+[1-9]\d{7,14}( x\d{1,6})?"


def read_the_rest(staging: Staging) -> None:
    """The numbers of `reach` that no SQL has brought into one form, each spelling once."""
    loose = f"r.kind IN ('phone', 'whatsapp') AND NOT regexp_full_match(r.value, '{E164}')"
    found = staging.run(
        f"SELECT DISTINCT r.value, c.country, c.calling_code FROM reach r JOIN checked c ON c.line = r.line WHERE {loose}"
    )
    read = [
        (value, country, code, telephones.phone(value, _region(country, code), _code(code)))
        for value, country, code in found
    ]
    better = [row for row in read if row[0] != row[3]]
    if not better:
        return
    staging.run("CREATE OR REPLACE TABLE spoken (value VARCHAR, country VARCHAR, code VARCHAR, number VARCHAR)")
    columns = list(map(list, zip(*better, strict=True)))
    staging.duck.execute(
        "INSERT INTO spoken SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]), unnest($3::VARCHAR[]), unnest($4::VARCHAR[])",
        columns,
    )
    staging.run("""
        CREATE OR REPLACE TABLE reach AS SELECT r.line, r.kind, min(coalesce(s.number, r.value)) AS value
        FROM reach r JOIN checked c ON c.line = r.line
        LEFT JOIN spoken s ON r.kind IN ('phone', 'whatsapp') AND s.value = r.value AND s.country IS NOT DISTINCT FROM c.country
            AND s.code IS NOT DISTINCT FROM c.calling_code
        GROUP BY r.line, r.kind, lower(coalesce(s.number, r.value))""")


def _region(country: str | None, code: str | None) -> str | None:
    return code if code and code.isalpha() else country


def _code(code: str | None) -> str:
    return code if code and not code.isalpha() else ""


def lay_out_plans(staging: Staging) -> None:
    """`phone_plan`, of the countries that the file names and of the one at home."""
    named = staging.run("SELECT DISTINCT country FROM incoming WHERE country IS NOT NULL")
    countries = sorted({settings().phone_country.upper(), *(country for (country,) in named)})
    staging.run("CREATE OR REPLACE TABLE phone_plan (country VARCHAR, code VARCHAR, trunk VARCHAR, lengths INTEGER[])")
    for plan in filter(None, map(_plan, countries)):
        staging.run("INSERT INTO phone_plan VALUES ($1, $2, $3, $4)", plan)


def e164_sql(value: str, country: str) -> str:
    """E.164 where the number can be told; otherwise the text as it stands, so that nothing is lost."""
    national = rf"regexp_replace(trim({value}), '{telephones.TRUNK.pattern}', '\1')"
    digits = rf"regexp_replace({national}, '\D', '', 'g')"
    plain = rf"regexp_matches({value}, '^[\s\d().+/-]+$') AND NOT regexp_matches({value}, '{HARD}')"
    international = (
        rf"{plain} AND regexp_matches({value}, '^\s*(\+|00)') AND length(ltrim({digits}, '0')) BETWEEN 8 AND 15"
    )
    home = f"coalesce({country}, '{settings().phone_country.upper()}')"
    # With the code of its country and no plus, it may as well be a longer number at home: the library knows which.
    is_home = f"NOT (p.code <> '1' AND starts_with({digits}, p.code) AND list_contains(p.lengths, length({digits}) - length(p.code)))"
    known = (
        f"(SELECT '+' || p.code || {_without_trunk(digits)} FROM phone_plan p WHERE p.country = {home} AND {plain}"
        f" AND list_contains(p.lengths, length({_without_trunk(digits)})) AND {is_home})"
    )
    return f"CASE WHEN {international} THEN '+' || ltrim({digits}, '0') ELSE coalesce({known}, {value}) END"


def _without_trunk(digits: str) -> str:
    return f"CASE WHEN p.trunk <> '' AND starts_with({digits}, p.trunk) THEN substr({digits}, length(p.trunk) + 1) ELSE {digits} END"
