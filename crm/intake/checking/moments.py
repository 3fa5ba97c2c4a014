"""Moments: seconds since 1970 and their parts, ISO 8601, or a day and a clock, with a zone of their own or in the file's."""

import re
from zoneinfo import available_timezones

from crm.intake.checking.dates import CLOCKS, SHORT_YEAR_FIRST, WORDED, YEAR_FIRST, Order, as_list

# Minutes east of Greenwich. Left out is what means several: CST is Chicago and Shanghai, IST Delhi, Dublin and Tel Aviv.
OFFSETS = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "BST": 60,
    "WEST": 60,
    "CET": 60,
    "CEST": 120,
    "EET": 120,
    "EEST": 180,
    "MSK": 180,
    "TRT": 180,
    "GST": 240,
    "PKT": 300,
    "ICT": 420,
    "WIB": 420,
    "HKT": 480,
    "SGT": 480,
    "MYT": 480,
    "PHT": 480,
    "AWST": 480,
    "JST": 540,
    "KST": 540,
    "AEST": 600,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
    "BRT": -180,
    "ART": -180,
    "EST": -300,
    "EDT": -240,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
}
# Asia/Shanghai and the like; one that there is not would be an error of the whole statement.
PLACES = sorted(name for name in available_timezones() if re.fullmatch(r"[A-Z][a-z]+(/[A-Z]\w+)+", name))
# How long a number is, and the microseconds since 1970 that it is then.
_EPOCHS = {
    r"\d{10}": "CAST({v} AS BIGINT) * 1000000",
    r"\d{13}": "CAST({v} AS BIGINT) * 1000",
    r"\d{16}": "CAST({v} AS BIGINT)",
    r"\d{19}": "CAST({v} AS BIGINT) // 1000",
    r"\d{10}\.\d{1,9}": "CAST(CAST({v} AS DECIMAL(20, 9)) * 1000000 AS BIGINT)",
}
_ISO = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:[\d:.]*(Z|[+-]\d{2}(:?\d{2})?)$"
_CLOCK = r"^\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?$"
# A day with a clock, and behind it an offset, a name of a zone, or both, perhaps in brackets.
_LOCAL = r"[^:]*:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s*[AaPp]\.?[Mm]\b\.?)?"
_ZONE = r"(?:[A-Za-z][A-Za-z_]*(?:/[A-Za-z_]+)*)?\s*(?:[+-]\d{1,2}(?::?\d{2})?)?"
_PARTS = rf"^({_LOCAL})\s*[(\[]?({_ZONE})[)\]]?$"
_OFFSET = r"^(?:UTC|GMT|Z)?\s*([+-])(\d{1,2}):?(\d{2})?$"
# What people and programs write otherwise, and how it is written here, one after the other.
_TIDIED = (
    (r"(\d)T(\d)", r"\1 \2"),
    (",(\\d+)$", r".\1"),
    ("[年月]", "-"),
    (r"日\s*", " "),
    (r"(?:上午|早上|凌晨)\s*([\d:]+)", r"\1 AM"),
    (r"(?:下午|晚上|中午)\s*([\d:]+)", r"\1 PM"),
)


def moment_sql(v: str, order: Order, zone: str) -> str:
    """A TIMESTAMPTZ, or NULL where the text is none, or names a zone that may be several."""
    is_short_first = SHORT_YEAR_FIRST in order.by_separator.values()  # or 26-02-03 would be a year of antiquity
    days = [
        *(order.formats("%y") if is_short_first else ()),
        *YEAR_FIRST,
        *order.formats("%Y"),
        *order.formats("%y"),
        *WORDED,
    ]
    formats, place = as_list([day + clock for day in days for clock in CLOCKS]), zone.replace("'", "''")
    epochs = " ".join(
        f"WHEN regexp_full_match({v}, '{shape}') THEN make_timestamptz({unit.format(v=v)})"
        for shape, unit in _EPOCHS.items()
    )
    plain = f"try_strptime(replace({v}, 'T', ' '), {formats}) AT TIME ZONE '{place}'"
    return (
        f"CASE {epochs} WHEN regexp_matches({v}, '{_ISO}') THEN try_cast({v} AS TIMESTAMPTZ)"
        f" ELSE coalesce({plain}, {_written(v, formats, place)}) END"
    )


def _written(v: str, formats: str, place: str) -> str:
    """Of a text that is not as plain: its day and clock apart from its zone. Lambdas, so that only such texts go through it."""
    local = "p.local"
    for pattern, tidied in _TIDIED:
        local = f"regexp_replace({local}, '{pattern}', '{tidied}', 'g')"
    parts = f"[regexp_extract({v}, '{_PARTS}', ['local', 'zone'])]"
    tidied = f"list_transform({parts}, lambda p: {{'local': trim({local}), 'zone': trim(p.zone)}})"
    clock = f"CASE WHEN regexp_matches(p.local, '{_CLOCK}') THEN try_cast(p.local AS TIMESTAMP) END"
    offset = f"regexp_extract(upper(p.zone), '{_OFFSET}', ['sign', 'hours', 'minutes'])"
    read = f"coalesce(try_strptime(p.local, {formats}), {clock})"
    read = f"list_transform({tidied}, lambda p: {{'at': {read}, 'zone': p.zone, 'offset': {offset}}})"
    minutes = "CAST(p.offset.hours AS INT) * 60 + coalesce(CAST(nullif(p.offset.minutes, '') AS INT), 0)"
    east = ", ".join(f"'{name}': {minutes}" for name, minutes in OFFSETS.items())
    return f"""list_transform({read}, lambda p: CASE
        WHEN p.zone = '' THEN p.at AT TIME ZONE '{place}'
        WHEN p.offset.sign = '-' THEN (p.at + to_minutes({minutes})) AT TIME ZONE 'UTC'
        WHEN p.offset.sign = '+' THEN (p.at - to_minutes({minutes})) AT TIME ZONE 'UTC'
        WHEN list_contains({PLACES}, p.zone) THEN timezone(p.zone, p.at)
        ELSE (p.at - to_minutes((MAP {{{east}}})[upper(p.zone)])) AT TIME ZONE 'UTC' END)[1]"""
