"""Telephone numbers to E.164, set-based, by the numbering plans that the phonenumbers library carries."""

from functools import cache

from crm.clients import values
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


def lay_out_plans(staging: Staging) -> None:
    """`phone_plan`, of the countries that the file names and of the one at home."""
    named = staging.run("SELECT DISTINCT country FROM incoming WHERE country IS NOT NULL")
    countries = sorted({settings().phone_country.upper(), *(country for (country,) in named)})
    staging.run("CREATE OR REPLACE TABLE phone_plan (country VARCHAR, code VARCHAR, trunk VARCHAR, lengths INTEGER[])")
    for plan in filter(None, map(_plan, countries)):
        staging.run("INSERT INTO phone_plan VALUES ($1, $2, $3, $4)", plan)


def e164_sql(value: str, country: str) -> str:
    """E.164 where the number can be told; otherwise the text as it stands, so that nothing is lost."""
    national = rf"regexp_replace(trim({value}), '{values.TRUNK.pattern}', '\1')"
    digits = rf"regexp_replace({national}, '\D', '', 'g')"
    plain = rf"regexp_matches({value}, '^[\s\d().+/-]+$')"
    international = (
        rf"{plain} AND regexp_matches({value}, '^\s*(\+|00)') AND length(ltrim({digits}, '0')) BETWEEN 8 AND 15"
    )
    home = f"coalesce({country}, '{settings().phone_country.upper()}')"
    known = (
        f"(SELECT '+' || p.code || {_without_trunk(digits)} FROM phone_plan p WHERE p.country = {home} AND {plain}"
        f" AND list_contains(p.lengths, length({_without_trunk(digits)})))"
    )
    return f"CASE WHEN {international} THEN '+' || ltrim({digits}, '0') ELSE coalesce({known}, {value}) END"


def _without_trunk(digits: str) -> str:
    return f"CASE WHEN p.trunk <> '' AND starts_with({digits}, p.trunk) THEN substr({digits}, length(p.trunk) + 1) ELSE {digits} END"
