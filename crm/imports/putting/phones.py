"""Telephone numbers to E.164, set-based, by the numbering plans that the phonenumbers library carries."""

from functools import cache

from crm.config import settings
from crm.imports.workbench import Workbench


@cache
def _plans() -> list[tuple[str, str, str, list[int]]]:
    """(country, calling code, trunk prefix, possible lengths of a national number)."""
    import phonenumbers  # noqa: PLC0415 -- every country's numbering plan; the start does not wait for them

    found = []
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        plan = phonenumbers.PhoneMetadata.metadata_for_region(country)
        if plan and plan.general_desc:
            lengths = [length for length in plan.general_desc.possible_length if length > 0]
            found.append((country, str(plan.country_code), plan.national_prefix or "", lengths))
    return found


def lay_out_plans(bench: Workbench) -> None:
    bench.run("CREATE OR REPLACE TABLE phone_plan (country VARCHAR, code VARCHAR, trunk VARCHAR, lengths INTEGER[])")
    plans = _plans()
    columns = [[plan[i] for plan in plans] for i in range(3)]
    bench.duck.execute(
        "INSERT INTO phone_plan SELECT unnest($1), unnest($2), unnest($3), unnest($4)",
        [*columns, [p[3] for p in plans]],
    )


def e164_sql(value: str, country: str) -> str:
    """E.164 where the number can be told; otherwise the text as it stands, so that nothing is lost."""
    digits = rf"regexp_replace({value}, '\D', '', 'g')"
    plain = rf"regexp_matches({value}, '^[\s\d().+/-]+$')"
    international = (
        rf"{plain} AND regexp_matches({value}, '^\s*(\+|00)') AND length(ltrim({digits}, '0')) BETWEEN 8 AND 15"
    )
    home = f"coalesce({country}, '{settings().phone_country.upper()}')"
    national = (
        f"(SELECT '+' || p.code || {_without_trunk(digits)} FROM phone_plan p WHERE p.country = {home} AND {plain}"
        f" AND list_contains(p.lengths, length({_without_trunk(digits)})))"
    )
    return f"CASE WHEN {international} THEN '+' || ltrim({digits}, '0') ELSE coalesce({national}, {value}) END"


def _without_trunk(digits: str) -> str:
    return f"CASE WHEN p.trunk <> '' AND starts_with({digits}, p.trunk) THEN substr({digits}, length(p.trunk) + 1) ELSE {digits} END"
