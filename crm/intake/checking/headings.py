"""Lines among the rows of a sheet that are no rows: titles of the groups below them, numbers of pages, remarks.

A row of a single cell is one where its words, its place or its kind say so; a client of whom a list says only the name stays one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crm.ground.messages import Message
from crm.intake.checking import lookups
from crm.intake.staging import Staging, literal
from crm.reading import cells

TITLE = Message("is a heading of the rows below it, and no row of its own")
REMARK = Message("is a remark, and no row of its own")
ALONE = Message("stands alone in its row, as a heading would; it was taken for a row of its own")

_FIRST = 3  # columns in which a title may stand
_SAMPLE = 200
_LONGEST = 200  # letters
_SHARE = 0.8
_SEVERAL = 3  # cells: of a list of two, who is only named looks the same as a title
_MANY = 2_000
_NEAR = 6  # lines: so many may be blank around a title
_DECORATED = re.compile(r"[=\-–—*#~_•■●◆▼▶►>【\[《<]+\s*\S.*?\s*[=\-–—*#~_•■●◆▲◀◄<】\]》>]*")
_GROUPS = (
    "groups?|gruppe|grupo|groupe|segment|section|team|desk|region|cluster|tier|level|category|batch|cohort|pool|bucket|wave|part"
    "|kategorie|catégorie|categoría|équipe|equipo|bereich|abschnitt"
)
_MANAGERS = "clients|customers|accounts|leads|prospects|members|kunden|clientes"
_WORDS = re.compile(
    rf"(?:{_GROUPS})\s*[-–#.]?\s*\w*|[\w'’&-]+(?: [\w'’&-]+)? (?:{_MANAGERS}|desk|region|team)"
    r"|(?:vip|lv\.?|level|tier)\s*[-_]?\s*\d{1,2}\+?|gold|silver|platinum|diamond|bronze"
    rf"|{_MANAGERS}|vips?|new|hot|warm|cold|active|inactive|dormant|closed|open|pending|others?|unassigned|archived?"
    r"|(?:asia|europe|africa|america|americas|oceania|emea|apac|latam|mena|dach|cis|nordics|benelux|gcc|sea|row|europa|asien|amerika)"
    r"|(?:north|south|east|west|central|latin|middle|southeast|south-east|greater)[ -](?:asia|europe|africa|america|east|china)"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4])\.? ?\d{4}"
    r"|(?:this|next|last|coming) (?:week|month|quarter|year)|today|tomorrow|yesterday|overdue|later|someday|upcoming|backlog"
    r"|(?:in progress|to[- ]?do|done|completed|no due date)|(?:diese|nächste|letzte)r? (?:woche|monat)|(?:本|上|下|这|這)(?:周|週|月|季度)"
    r"|第.{1,4}[组組部区]|.{1,12}(?:组|組|区|區|部|团队|團隊|客户|客戶|分组|分組|等级|級)|[亚歐欧非美]洲|亚太|东南亚|海外|国内|大中华|潜在|活跃|休眠|其他",
    re.IGNORECASE,
)
_SAID = re.compile(r"[^\W\d][^:：@]{0,40}[:：](?!//)\s*\S?.*")
_PAGE = re.compile(r"(?:page|seite|página|pagina|p\.)\s*\d+.*|-?\s*\d+\s*/\s*\d+\s*-?|第\s*\d+\s*页.*", re.IGNORECASE)
_REMARKS = re.compile(
    r"(?:notes?|remarks?|source|n\.?b\.?|prepared by|generated|exported|printed|confidential|end of|data as of|as of|last updated|updated"
    r"|stand|quelle|hinweis|fuente|備註|备注|说明|说明|注|来源|制表|导出|截至)\b.{3,}|(?:备注|说明|注|来源|制表|导出|截至)[:：].*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Line:
    """A row of a single cell. `is_apart`: a blank line stands above it; `below`: how many cells of the next row are filled."""

    line: int
    column: int
    text: str
    is_apart: bool
    below: int


def strange(staging: Staging, sums: str) -> dict[Message, dict[int, str]]:
    """What is to be said of lines that are no rows, and of those that only look so: for each, the lines and their words.

    `sums`: a pattern of what is said otherwise.
    """
    if staging.table.is_exact or len(staging.table.header) < 2:  # noqa: PLR2004 -- a list of one column is all single cells
        return {}
    found: dict[Message, dict[int, str]] = {}
    for line in _single(staging):
        said = None if re.fullmatch(sums, line.text) else _verdict(line, staging)
        if said:
            found.setdefault(said, {})[line.line] = line.text[:_LONGEST]
    return found


def condition(lines: Mapping[int, str]) -> str:
    """SQL that is true of these lines."""
    return f"line IN ({', '.join(map(str, lines))})"


def words(lines: Mapping[int, str]) -> str:
    """SQL for what such a line says."""
    return f"map([{', '.join(map(str, lines))}], [{', '.join(map(literal, lines.values()))}])[line]"


def _single(staging: Staging) -> list[_Line]:
    """Rows of which one cell is filled, among the first; none where most rows are so, for those are names alone."""
    width = len(staging.table.header)
    first = range(min(_FIRST, width))
    # Trimming a million cells costs ten times as much; what only begins like a blank is looked at below.
    others = [f"coalesce(c{i}, '') <= ' '" for i in range(width - 1, len(first) - 1, -1)]
    single = " AND ".join([*others, f"{_filled(first)} = 1"])
    cells = ", ".join(f"trim(coalesce(c{i}, ''))" for i in first)
    most = min(_MANY, staging.rows // 2 + 1)
    found = staging.cached(f"SELECT line, {cells} FROM raw WHERE {single} LIMIT {most + 1}")
    if not found or len(found) > most:
        return []
    beside = _beside([line for line, *_ in found], staging)
    return [
        _Line(line, column, cells[column], _is_apart(line, beside), _below(line, beside))
        for line, *cells in sorted(found)
        for column in first
        if cells[column] and beside[line][0] == 1
    ]


def _filled(columns: Iterable[int]) -> str:
    return " + ".join(f"(coalesce(trim(c{i}), '') <> '')::INT" for i in columns)


def _beside(lines: Iterable[int], staging: Staging) -> dict[int, tuple[int, bool]]:
    """Of the rows near these lines: how many cells are filled, and whether any goes over several lines."""
    every = range(len(staging.table.header))
    near = sorted({line + away for line in lines for away in range(-_NEAR, _NEAR + 1)})
    tall = " OR ".join(f"contains(c{i}, chr(10))" for i in every)
    found = staging.cached(
        f"SELECT line, {_filled(every)}, coalesce({tall}, FALSE) FROM raw WHERE line IN ({', '.join(map(str, near))})"
    )
    return {line: (filled, bool(is_tall)) for line, filled, is_tall in found}


def _is_apart(line: int, beside: Mapping[int, tuple[int, bool]]) -> bool:
    before = next((above for above in range(line - 1, line - _NEAR - 1, -1) if above in beside), line)
    return before < line - 1 and not beside[before][1]


def _below(line: int, beside: Mapping[int, tuple[int, bool]]) -> int:
    return next((beside[below][0] for below in range(line + 1, line + _NEAR + 1) if below in beside), 0)


def _verdict(line: _Line, staging: Staging) -> Message | None:
    text = line.text
    if _PAGE.fullmatch(text) or (_REMARKS.fullmatch(text) and _is_odd(line, staging) is not False):
        return REMARK
    if not line.below:
        return None
    is_titled = _is_worded(text) or _is_odd(line, staging) or (line.is_apart and _is_full(staging))
    if line.below > 1 and is_titled:
        return TITLE
    if line.below == 1 and (_DECORATED.fullmatch(text) or _SAID.fullmatch(text)) and is_titled:
        return TITLE  # of several levels
    looks_so = line.column == 0 and line.below > 1 and _is_full(staging) and _is_odd(line, staging) is None
    return ALONE if looks_so else None


def _is_worded(text: str) -> bool:
    kind = cells.kind_of(text)
    if kind in cells.TYPED - {"day"}:
        return False
    bare = text.rstrip(":： ")
    return (
        kind == "day"
        or bool(_DECORATED.fullmatch(text) or _SAID.fullmatch(text) or _WORDS.fullmatch(bare))
        or lookups.key(bare) in lookups.countries()
    )


def _is_odd(line: _Line, staging: Staging) -> bool | None:
    """Whether a cell is of another kind than its column: words among numbers. None where the column holds words, too."""
    found = staging.cached(
        f"SELECT c{line.column} FROM raw WHERE coalesce(trim(c{1 if line.column == 0 else 0}), '') <> '' AND c{line.column} <> ''"
        f" LIMIT {_SAMPLE}"
    )
    kinds = Counter(_kind(cell) for (cell,) in found)
    if not kinds:
        return None
    usual, count = kinds.most_common(1)[0]
    if count < _SHARE * len(found):
        return None
    own = _kind(line.text)
    if usual == "text":
        return True if own in ("mail", "day") else None
    return own == "text"


def _kind(cell: str) -> str:
    """Codes and numbers are alike: a UID may be either."""
    kind = cells.kind_of(cell)
    return {"code": "number", "phone": "number", "handle": "text", "truth": "text", "missing": "text"}.get(kind, kind)


def _is_full(staging: Staging) -> bool:
    """The rows of the list usually say several things."""
    every = range(len(staging.table.header))
    found = staging.cached(f"SELECT median(n) FROM (SELECT {_filled(every)} AS n FROM raw LIMIT 1000) WHERE n > 1")[0][
        0
    ]
    return bool(found and found >= _SEVERAL)
