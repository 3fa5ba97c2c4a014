"""One parser for each type of column: SQL that turns a trimmed cell into a value, and the words for what does not fit."""

from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import replace

from crm.ground import clock
from crm.ground.config import settings
from crm.ground.messages import Message
from crm.ground.texts import CUT
from crm.intake import layouts
from crm.intake.checking import (
    amounts,
    clocks,
    contacts,
    dates,
    durations,
    lists,
    lookups,
    moments,
    numbers,
    uids,
    widths,
)
from crm.intake.checking.parsed import Parsed, says_nothing, unless_nothing
from crm.intake.checking.zone_sql import lookup_sql, zone_code
from crm.intake.kinds import Column, Type
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging, literal

VENUES = {
    "okx": "OKX",
    "okex": "OKX",
    "bybit": "Bybit",
    "binance": "Binance",
    "gate": "Gate",
    "gate.io": "Gate",
    "kraken": "Kraken",
    "coinex": "CoinEx",
    "hyperliquid": "Hyperliquid",
    "coinbase": "Coinbase",
    "bitget": "Bitget",
    "kucoin": "KuCoin",
    "htx": "HTX",
    "欧易": "OKX",
    "欧易okx": "OKX",
    "欧易okex": "OKX",
    "欧易 okx": "OKX",
    "okx欧易": "OKX",
    "币安": "Binance",
    "幣安": "Binance",
    "币安binance": "Binance",
    "币安 binance": "Binance",
    "火币": "HTX",
    "火幣": "HTX",
    "火币htx": "HTX",
    "huobi": "HTX",
    "库币": "KuCoin",
    "芝麻开门": "Gate",
}
LOOKUPS: MappingType[Type, tuple[str, Callable[[], dict[str, str]]]] = {
    Type.COUNTRY: ("countries", lookups.countries),
    Type.CALLING_CODE: ("countries", lookups.countries),
    Type.LANGUAGE: ("languages", lookups.languages),
    Type.ZONE: ("zones", lookups.zones),
}
IS_CUT = Message("was cut off by a workbook and is not read")
LONG = 100_000  # letters; more than a cell of a workbook holds


def parsed(column: Column, v: str, staging: Staging, index: int, mapping: Mapping) -> Parsed:
    """How a column of the file is understood as one of the kind; dates and numbers are told by the whole column."""
    lay_out_lookup(staging, column.type)
    if column.type is Type.MOMENT and mapping.columns.get(column.field) and clocks.has_parts(mapping, column.field):
        return _joined(column, staging, mapping)
    if not widths.is_coded(column):
        return WORDED[column.type](column, v)
    found = _coded(column, widths.plain(staging, index, v), staging, index, mapping)
    plain = widths.plain(staging, index, "{v}")
    return replace(found, wrong=found.wrong.replace("{v}", plain), nothing=found.nothing.replace("{v}", plain))


def _coded(column: Column, v: str, staging: Staging, index: int, mapping: Mapping) -> Parsed:
    if column.type is Type.DAY and dates.are_iso(staging, index):
        return _day(column, dates.iso_sql(v))
    if column.type in (Type.DAY, Type.MOMENT):
        order = dates.order_of(staging, index, staging.header[index], decided_order(column, staging, index, mapping))
        plain = dates.plain(staging, index, v, is_day=column.type is Type.DAY)
        found = _when(column, plain, order, mapping.time_zone)
        zone = zone_of_days(column, staging, index, mapping)
        return replace(found, value=_exchange_day(plain, order, zone, found.value)) if zone else found
    if column.type in (Type.NUMBER, Type.COUNT):
        return amounts.parsed(column, v, staging, index, mapping)
    if column.type is Type.DURATION:
        return durations.parsed(column, v, durations.unit(staging, index, mapping))
    if column.type is Type.UID:
        return uids.parsed(v, uids.rounded_in(staging, index, mapping), are_digits=uids.are_digits(staging, index))
    return WORDED[column.type](column, v)


def decided_order(column: Column, staging: Staging, index: int, mapping: Mapping) -> str | None:
    """The order of day and month that a person, a layout, or what the days are of, decides."""
    said = mapping.date_order(column.field, staging.header[index])
    is_of_trades = column.is_exchange_day or (column.type is Type.MOMENT and column.is_past)
    return said or (dates.year_first(staging, index) if is_of_trades else None)


def zone_of_days(column: Column, staging: Staging, index: int, mapping: Mapping) -> str:
    """In which zone the moments of a column of days stand; as its exchange writes them, where nothing says it. "" of mere days."""
    if not column.is_exchange_day or index >= len(staging.table.header) or clocks.has_no_clock(staging, index):
        return ""
    return mapping.time_zone if mapping.zone_is_said or layouts.stated_zone(staging) else settings().exchange_zone


def _exchange_day(v: str, order: dates.Order, zone: str, plain: str) -> str:
    moment = moments.moment_sql(v, order, zone)
    return f"coalesce(CAST(timezone('{settings().exchange_zone}', {moment}) AS DATE), {plain})"


def _joined(column: Column, staging: Staging, mapping: Mapping) -> Parsed:
    """A moment whose day and clock, or zone, stand in columns of their own."""
    lay_out_lookup(staging, Type.ZONE)
    found = clocks.places(staging, mapping, column.field)
    title = staging.header[found.day]
    order = dates.order_of(staging, found.day, title, decided_order(column, staging, found.day, mapping))
    return replace(
        _when(column, f"v{found.first}", order, mapping.time_zone),
        value=clocks.moment_sql(staging, found, order, mapping.time_zone),
        beside=tuple(found.beside),
    )


def parsed_alone(column: Column, text: str, *, comma: bool, zone: str, date_order: str | None) -> Parsed:
    """How a value that stands in no column is understood, as SQL over `v`."""
    if column.type in (Type.DAY, Type.MOMENT):
        return _when(column, "v", dates.order_alone(text, column.label, date_order), zone)
    if column.type in (Type.NUMBER, Type.COUNT):
        return numbers.parsed(column, "v", numbers.Mark(comma))
    if column.type is Type.DURATION:
        return durations.parsed(column, "v", durations.Unit())
    return WORDED[column.type](column, "v")


def _named(lookup: str, reason: Message, alone: Message) -> Callable[[Column, str], Parsed]:
    return lambda _column, v: Parsed(
        _looked_up(lookup, lookup_sql(v)), reason, is_error=False, nothing=says_nothing("{v}"), alone=alone
    )


def _zone(_column: Column, v: str) -> Parsed:
    is_plain = f"regexp_matches({v}, '^[A-Za-z]{{3,}}/[A-Za-z]{{4,}}$')"
    plain = _looked_up("zones", f"replace(lower({v}), '/', '')")
    code = f"CASE WHEN {is_plain} THEN {plain} ELSE {zone_code(v)} END"
    return Parsed(code, Message("is not a time zone such as Asia/Shanghai"), nothing=says_nothing("{v}"))


def _calling_code(_column: Column, v: str) -> Parsed:
    """“46”, “+46”, “0046” and “+1-242”, or the country itself."""
    digits = f"'+' || ltrim(regexp_replace({v}, '\\D', '', 'g'), '0')"
    is_code = rf"regexp_full_match({v}, '(\+|00)?\s*\(?\+?[1-9]\d{{0,2}}\)?([-\s]?\d{{3}})?')"
    code = f"CASE WHEN {is_code} THEN {digits} ELSE {_looked_up('countries', lookup_sql(v))} END"
    return Parsed(
        unless_nothing(v, code),
        Message("is not the calling code of a country; it is kept as text"),
        is_error=False,
        nothing=says_nothing("{v}"),
    )


def _choice(column: Column, v: str) -> Parsed:
    cases = [f"WHEN {literal(word)} THEN {literal(code)}" for code, words in column.choices.items() for word in words]
    reason = Message("is not one of {choices}", choices=", ".join(column.choices))
    numbered = f"regexp_replace({v}, '^[(]?\\d+[).:]?\\s*[-–—]?\\s*', '')"  # “1 - High”, “(2) Normal”
    read = (f"CASE lower({text}) {' '.join(cases)} END" for text in (v, numbered))
    return Parsed(f"coalesce({', '.join(read)})", reason, nothing=says_nothing("{v}"))


def _person(_column: Column, v: str) -> Parsed:
    value = unless_nothing(v, f"lower({v})")
    return Parsed(value, Message("is too long for a person"), "length({v}) > 200", nothing=says_nothing("{v}"))


def _venue(_column: Column, v: str) -> Parsed:
    cases = " ".join(f"WHEN '{written}' THEN '{name}'" for written, name in VENUES.items())
    value = unless_nothing(v, f"(CASE lower({v}) {cases} ELSE {v} END)")
    return Parsed(value, Message("is too long for a venue"), "length({v}) > 60", nothing=says_nothing("{v}"))


def _text(column: Column, v: str) -> Parsed:
    too_long = Message("is longer than {count} characters", count=column.longest), f"length({{v}}) > {column.longest}"
    if column.longest < LONG:
        return Parsed(v, *too_long)
    is_cut = f"ends_with({{v}}, {literal(CUT)})"
    value = f"CASE WHEN NOT {is_cut.replace('{v}', v)} THEN {v} END"
    return Parsed(value, *too_long, nothing=is_cut, noted=IS_CUT)


def _tier(_column: Column, v: str) -> Parsed:
    tier = rf"regexp_replace(regexp_replace({v}, '(?i)^vip\s*[-_]?\s*(\d+)$', 'VIP\1'), '(?i)^lv\.?\s*(\d+)$', 'Lv\1')"
    tier = rf"regexp_replace({tier}, '^(\d{{1,2}})[.,]0$', '\1')"  # as programs write a number
    beyond = r"regexp_matches({v}, '(?i)^vip\s*[-_]?\s*(1[6-9]|[2-9]\d|\d\d\d+)$')"
    wrong = f"length({{v}}) > 40 OR {beyond}"
    return Parsed(unless_nothing(v, tier), Message("is not a tier of any venue"), wrong, nothing=says_nothing("{v}"))


def _when(column: Column, v: str, order: dates.Order, zone: str) -> Parsed:
    if column.type is Type.MOMENT:
        return Parsed(
            moments.moment_sql(v, order, zone),
            Message("is not a date and time that exists"),
            "year({f}) NOT BETWEEN 1970 AND 2100",
            nothing=says_nothing("{v}"),
            ahead=f"{{f}} > TIMESTAMPTZ '{clock.latest_past().isoformat()}'" if column.is_past else "",
        )
    past_of, exchange = _today() if column.is_past else "", settings().exchange_zone if column.is_exchange_day else ""
    return _day(column, dates.day_sql(v, order, past_of=past_of, exchange_zone=exchange, zone=zone))


def _today() -> str:
    return f"DATE '{clock.latest_today().isoformat()}'"


def _day(column: Column, value: str) -> Parsed:
    return Parsed(
        value,
        Message("is not a day that can be"),
        f"year({{f}}) NOT BETWEEN {column.least or 1970} AND 2100",
        nothing=says_nothing("{v}"),
        ahead=f"{{f}} > {_today()}" if column.is_past else "",
    )


def _looked_up(lookup: str, written: str) -> str:
    return f"(SELECT code FROM lookup_{lookup} WHERE written = {written})"


def lay_out_lookup(staging: Staging, type_: Type) -> None:
    """The table of names that a type is looked up in, once for each staging; the most files need none."""
    found = LOOKUPS.get(type_)
    if not found or found[0] in staging.lookups:
        return
    name, codes = found[0], found[1]()
    staging.lookups.add(name)
    staging.run(f"CREATE OR REPLACE TABLE lookup_{name} (written VARCHAR, code VARCHAR)")
    staging.duck.execute(
        f"INSERT INTO lookup_{name} SELECT unnest($1), unnest($2)", [list(codes), list(codes.values())]
    )


def _matches(v: str, pattern: str) -> str:
    return f"regexp_matches({v}, '{pattern}')"


WORDED: MappingType[Type, Callable[[Column, str], Parsed]] = {
    Type.TEXT: _text,
    Type.TIER: _tier,
    Type.UID: lambda _column, v: uids.parsed(v),
    Type.VENUE: _venue,
    Type.EMAIL: lambda _column, v: contacts.email(v),
    Type.PHONE: lambda _column, v: contacts.phone(v),
    Type.HANDLE: lambda _column, v: contacts.handle(v),
    Type.CALLING_CODE: _calling_code,
    Type.CHOICE: _choice,
    Type.COUNTRY: _named(
        "countries",
        Message("is not a country that is known here; it is kept as text"),
        Message("is not a country that is known here"),
    ),
    Type.LANGUAGE: _named(
        "languages",
        Message("is not a language that is known here; it is kept as text"),
        Message("is not a language that is known here"),
    ),
    Type.ZONE: _zone,
    Type.LIST: lambda _column, v: lists.parsed(v),
    Type.PERSON: _person,
}
