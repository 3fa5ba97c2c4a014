"""Lists in one cell: by whatever sign they are taken apart, quoted or in brackets, as people, programs and databases write them."""

from crm.ground.texts import BLANKS, NO_ITEM, QUOTES, SEPARATORS
from crm.intake.checking.parsed import Parsed
from crm.intake.staging import literal

LONGEST_NOTHING = 6
STRONG = ";|；\n"  # where these part a cell, a comma stands inside an item
_PLAIN = rf"[{SEPARATORS}\n\[\]{{}}{''.join(a + b for a, b in QUOTES)}]"
_BRACKETS = rf"^\s*(?:[\[{{]([^\[\]{{}}]*)[\]}}]|\(([^()]*[{SEPARATORS}][^()]*)\))\s*$"
_MARKED = rf"[\[\]{{}}()\\{''.join(a + b for a, b in QUOTES)}]"
_NAMES = ("name", "label", "title", "value", "tag")  # of an item that is an object


def parsed(v: str) -> Parsed:
    """A JSON list of the items, each once; what is quoted is one item, whatever signs stand in it."""
    is_json = f"(starts_with({v}, '[') AND json_valid({v}))"
    listed = f"CASE WHEN {is_json} THEN {_of_json(v)} ELSE {_taken_apart(v)} END"
    words = f"list_filter({listed}, lambda x: x <> '')"
    several = (
        f"list_filter({words}, lambda x, i: list_position(list_transform({words}, lambda y: lower(y)), lower(x)) = i)"
    )
    single = f"CASE WHEN {v} IS NOT NULL AND NOT {_is_nothing(v)} THEN [{v}] END"
    return Parsed(
        f"to_json(CASE WHEN regexp_matches({v}, {literal(_PLAIN)}) THEN {several} ELSE {single} END)",
        nothing=_is_nothing("{v}"),
    )


def _is_nothing(v: str) -> str:
    return f"CASE WHEN length({v}) < {LONGEST_NOTHING} THEN regexp_matches({v}, {literal(NO_ITEM)}) ELSE FALSE END"


def _of_json(v: str) -> str:
    named = ", ".join(f"x->>'{name}'" for name in _NAMES)
    text = f"CASE WHEN json_type(x) = 'OBJECT' THEN coalesce({named}, CAST(x AS VARCHAR)) ELSE x->>'$' END"
    return f"list_transform(from_json({v}, '[\"JSON\"]'), lambda x: trim({text}))"


def _taken_apart(v: str) -> str:
    """Quotes and brackets are only looked for where there are any."""
    blank = literal(BLANKS)
    weak, strong = (
        f"list_transform(regexp_split_to_array({v}, '[{signs}]'), lambda x: trim(x, {blank}))"
        for signs in (SEPARATORS, STRONG)
    )
    plain = f"CASE WHEN regexp_matches({v}, '[{STRONG}]') THEN {strong} ELSE {weak} END"
    return f"CASE WHEN regexp_matches({v}, {literal(_MARKED)}) THEN {_marked(v)} ELSE {_said(plain)} END"


def _marked(v: str) -> str:
    inner = f"regexp_replace({v}, {literal(_BRACKETS)}, '\\1\\2')"
    strong = f"regexp_matches(regexp_replace({inner}, {literal(_quoted())}, '', 'g'), '[{STRONG}]')"
    items = f"CASE WHEN {strong} THEN {_tokens(inner, STRONG)} ELSE {_tokens(inner, SEPARATORS)} END"
    return f"list_transform({_said(items)}, lambda x: {_unquoted('x')})"


def _said(items: str) -> str:
    return f"list_filter({items}, lambda x: x <> '' AND NOT {_is_nothing('x')})"


def _quoted() -> str:
    """Between two quotes, where the closing one written twice or behind a backslash is itself."""
    twice = r"{0}(?:[^{1}\\]|\\.|{1}{1})*{1}"
    return "|".join(twice.format(opening, closing) for opening, closing in QUOTES)


def _tokens(text: str, separators: str) -> str:
    """Items with their quotes, without what parts them."""
    pattern = rf"\s*(?:(?:{_quoted()})\s*(?:[{separators}]|$)|[^{separators}]+)"
    return f"list_transform(regexp_extract_all({text}, {literal(pattern)}), lambda x: trim(x, {literal(BLANKS + separators)}))"


def _unquoted(x: str) -> str:
    cases = []
    for opening, closing in QUOTES:
        inside = f"trim(replace({x}[2:-2], {literal(closing * 2)}, {literal(closing)}))"
        plain = rf"regexp_replace({inside}, '\\(.)', '\1', 'g')"
        marks = f"starts_with({x}, {literal(opening)}) AND ends_with({x}, {literal(closing)})"
        cases.append(f"WHEN length({x}) > 1 AND {marks} THEN {plain}")
    return f"CASE {' '.join(cases)} ELSE {x} END"
