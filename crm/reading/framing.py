"""Where the table stands in the rows of a file: what is above it, its header (of one or more lines), what is below."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median

from crm.reading.cells import TYPED, kind_of
from crm.reading.table import Row

_LOOK = 60
_LONGEST_GROUP = 40  # letters
_MONEY = "usd[tc]?|eur|gbp|jpy|cny|rmb|hkd|btc|eth|[$€£¥]"
_TIMES = "k|m|mm|mn|mio|bn|thousands?|millions?|'?000s?"
_UNIT = re.compile(
    rf"[(\[（].*[)\]）]|(?i:{_MONEY}|%|‰|{_TIMES}|(?:{_TIMES})\.?\s?(?:{_MONEY})|(?:{_MONEY})\s?(?:{_TIMES})|s|sec(?:onds)?|min(?:utes)?"
    r"|h|hrs|hours|days|months|years|pcs|元|美元|[万萬亿億](?:元|美元|usdt?)?|秒|分钟|小时|天|个|笔|次)"
)
# Words that usually stand above several columns.
_GROUP = re.compile(
    r"(?i)(?:(?:client|customer|account|personal|contact|user|trading|basic|general|kyc)\s+)?(?:clients?|customers?|contacts?|accounts?"
    r"|persons?|persona[l]?|people|profile|identity|identification|general|basics?|details?|data|info(?:rmation)?|trading|activity"
    r"|manager|managers|relationship|address|status|dates?|kyc|compliance|kontakt|kunde|konto|stammdaten|contacto|cliente|cuenta|compte)"
    r"|(?:客户|客戶|联系|聯繫|联系人|账户|帳戶|基本|个人|交易|经理)(?:信息|資訊|资料|方式|情况)?|連絡先|顧客|顧客情報"
)
_SAID = re.compile(r"[^\W\d][\w ]{0,30}[:：].+")
_REMARK = re.compile(
    r"(?i)(grand )?total|sum|note|source|footnote|generated|exported|report|page \d|\*|all |end of|合计|总计|备注|说明|注[:：]|导出"
)


@dataclass(frozen=True)
class Frame:
    """Indexes into the rows: the header is rows[top:bottom], the body starts at `bottom`.

    `groups`: what stands above the own name of each column, in a header of several lines.
    """

    top: int
    bottom: int
    width: int
    header: list[str]
    groups: list[str]

    @property
    def usual(self) -> int:
        """So many cells are enough: a header may be shorter than its rows, which all end with a delimiter."""
        return min(self.width, len(self.header)) if self.header else self.width


def frame_of(rows: Sequence[Row]) -> Frame:
    """`rows` are the first of the file, blank ones included."""
    cells = [row.cells for row in rows]
    width = _usual_width(cells)
    top = _top(cells, width)
    top = _better_top(cells, top, width)
    if top >= len(cells) or not filled(cells[top]) or not is_header(cells[top], _below(cells, top)):
        return Frame(top, top, width, [], [])
    bottom = _bottom(cells, top)
    top = _upper_line(cells, top)
    header, groups = joined([cells[place] for place in range(top, bottom) if filled(cells[place])])
    return Frame(top, bottom, width, header, groups)


def _below(cells: Sequence[list[str]], place: int) -> list[list[str]]:
    """The rows below, without those that repeat most of the row itself: a header of a next page or table."""
    own = {cell.strip() for cell in cells[place] if cell.strip()}
    below, alone = [], False
    for row in cells[place + 1 :]:
        if filled(row) > 1 and not _repeats(own, row, alone=alone):
            below.append(row)
        if len(below) == _LOOK:
            break
        alone = filled(row) <= 1
    return below or [row for row in cells[place + 1 :] if filled(row)][:_LOOK]


def _repeats(own: set[str], row: Sequence[str], *, alone: bool) -> bool:
    """`alone`: a blank line or a title stands above the row, so that another table may begin here."""
    same = sum(cell.strip() in own for cell in row if cell.strip())
    return same > 1 and (alone or same * 2 >= filled(row))


def _better_top(cells: Sequence[list[str]], top: int, width: int) -> int:
    """A row of another width is only a remark where a row of the right width below it is clearly the header."""
    if top >= len(cells) or (len(cells[top]) == width and votes(cells[top], _below(cells, top)) > 0):
        return top
    for place in range(top + 1, min(top + 8, len(cells))):
        row = cells[place]
        fits = len(row) == width and len(cells[top]) != width
        if fits and filled(row) * 2 > width and votes(row, _below(cells, place)) > 0:
            return place
    return top


def _upper_line(cells: Sequence[list[str]], top: int) -> int:
    """A line right above that names groups of the columns which this one leaves open or divides."""
    if top == 0 or len(cells[top - 1]) != len(cells[top]):
        return top
    upper, lower = cells[top - 1], cells[top]
    gaps = [place for place, cell in enumerate(lower) if not cell.strip()]
    named = [place for place in gaps if upper[place].strip()]
    if (len(named) > 1 or _are_groups(upper)) and votes(upper, _below(cells, top)) >= 0:
        return _upper_line(cells, top - 1)
    return top


def _are_groups(row: Sequence[str]) -> bool:
    """Names of groups stand above some columns, with blanks between; a title stands above the first, a remark says what it is."""
    texts = [cell.strip() for cell in row if cell.strip()]
    is_worded = all(kind_of(text) == "text" and len(text) <= _LONGEST_GROUP and ":" not in text for text in texts)
    return is_worded and (len(texts) > 1 or (len(texts) == 1 and not row[0].strip()))


def filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _usual_width(cells: Sequence[list[str]]) -> int:
    """The width of most rows; of two as frequent, the one to whose end more rows are filled."""
    widths = Counter(len(row) for row in cells if filled(row))
    full = Counter(len(row) for row in cells if filled(row) and row[-1].strip())
    return max(widths, key=lambda width: (widths[width] * (1 if width > 1 else 0.4), full[width], width), default=0)


def _top(cells: Sequence[list[str]], width: int) -> int:
    """The first row that is filled about as well as the rows of the table are."""
    if width <= 1:
        return next((place for place, row in enumerate(cells) if filled(row)), 0)
    typical = median([filled(row) for row in cells if len(row) == width and filled(row)] or [0])
    enough = max(2.0, typical / 2)
    for place, row in enumerate(cells):
        is_said = all(
            _SAID.fullmatch(cell.strip()) for cell in row if cell.strip()
        )  # “Time Zone:UTC+3” names no column
        if len(row) * 2 > width and filled(row) >= enough and not (is_said and place + 2 < len(cells)):
            return place
    return next((place for place, row in enumerate(cells) if len(row) == width and filled(row)), 0)


def is_header(head: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a row names what stands below it: its cells are of another kind than the column's."""
    return votes(head, body) >= 0


def votes(head: Sequence[str], body: Sequence[Sequence[str]]) -> float:
    """Above 0: a header. Below 0: one more row of the body. 0: nothing speaks against a header."""
    total = sum(_vote(cell, [row[place] for row in body if place < len(row)]) for place, cell in enumerate(head))
    if not body:
        total = -sum(kind_of(cell) in TYPED for cell in head) * 2.0
    texts = [cell.strip().casefold() for cell in head if cell.strip()]
    repeated = len(texts) - len(set(texts))
    return total - (0.5 if total == 0 and repeated else 0)


def _vote(head: str, column: Sequence[str]) -> float:
    kinds = Counter(kind_of(cell) for cell in column if cell.strip())
    own = kind_of(head)
    if own == "empty" or not kinds:
        return -0.5 if own in TYPED else 0.0
    kind, count = kinds.most_common(1)[0]
    if count * 10 < kinds.total() * 6:
        kind = "text"
    if kind in TYPED:
        return _against_typed(own, kind)
    return _against_text(head, own, column)


def _against_typed(own: str, kind: str) -> float:
    if own == kind:
        return -1.5
    return -0.3 if own in TYPED or own == "missing" else 1.0


def _against_text(head: str, own: str, column: Sequence[str]) -> float:
    if own in TYPED:
        return -1.0
    text = head.strip()
    return -0.5 if text and any(text == cell.strip() for cell in column) else 0.0


def _bottom(cells: Sequence[list[str]], top: int) -> int:
    """Below the last line of the header: a next line belongs to it if it repeats it, fills its gaps, or gives units."""
    bottom, above = top + 1, list(cells[top])
    for place in range(top + 1, min(top + 5, len(cells))):
        row = cells[place]
        if not filled(row):
            continue
        if not _continues(cells[top], above, row, _below(cells, place)):
            break
        bottom = place + 1
        above = [own.strip() or cell for own, cell in zip_longest(above, row, fillvalue="")]
    return bottom


def _continues(first: Sequence[str], above: Sequence[str], row: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """`above`: what the lines above say of each column so far."""
    if list(first) == list(row):
        return votes(row, body) > 0
    texts = [cell for cell in row if cell.strip()]
    if any(kind_of(cell) in TYPED for cell in texts) or not body:
        return False
    if all(_UNIT.fullmatch(cell.strip()) for cell in texts):
        return bool(texts != row[:1] or len(row) == 1)  # “[Asia]” alone at the left is a title
    gaps = [place for place, cell in enumerate(above) if not cell.strip() and place < len(row) and row[place].strip()]
    spans = len(gaps) > 0 and len(gaps) * 2 >= len(texts) - 1
    least = 0 if any(_GROUP.fullmatch(cell.strip()) for cell in first) and filled(first) < filled(row) else 0.1
    return spans and votes(row, body) >= least


def joined(lines: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """The lines of a header as one, and what stands above the last.

    A name above stretches over the empty cells to its right that have one below.
    """
    if len(lines) == 1:
        return list(lines[0]), []
    width = max(len(line) for line in lines)
    padded = [[*line, *[""] * (width - len(line))] for line in lines]
    for place in reversed(range(len(padded) - 1)):
        _stretch(padded[place], padded[place + 1 :])
    columns = [_parts(column) for column in zip(*padded, strict=True)]
    return [" ".join(parts) for parts in columns], [" ".join(parts[:-1]) for parts in columns]


def _parts(column: Sequence[str]) -> list[str]:
    """What the lines say of a column, none twice; a unit belongs to what stands above it."""
    parts: list[str] = []
    for cell in map(str.strip, column):
        if not cell or cell in parts:
            continue
        if parts and _UNIT.fullmatch(cell):
            parts[-1] += f" {cell}"
        else:
            parts.append(cell)
    return parts


def _stretch(upper: list[str], lower: Sequence[Sequence[str]]) -> None:
    last = ""
    for place, cell in enumerate(upper):
        last = cell if cell.strip() else last
        if not cell.strip() and any(line[place].strip() for line in lower):
            upper[place] = last


def footer_of(rows: Sequence[Row], width: int) -> int:
    """How many of the last rows are no rows of the table: a remark behind a blank line, or shorter than any row."""
    if width < 3:  # noqa: PLR2004 -- a remark cannot be told from a row of two cells
        return 0
    count = 0
    usual = {kind_of(row.cells[0]) for row in rows[:-1] if filled(row.cells) > 1} & TYPED
    for place in range(len(rows) - 1, max(len(rows) - 8, 0), -1):
        cells = rows[place].cells
        if filled(cells) == 0:
            return count
        if filled(cells) > 1 or not cells[0].strip():
            break
        if rows[place].fault or kind_of(cells[0]) in usual:  # a row that was cut off behind its first cell
            break
        if len(cells) == width and not _REMARK.match(cells[0].strip()) and len(cells[0].split()) < 6:  # noqa: PLR2004
            break
        count += 1
    return count if count and all(len(row.cells) < width for row in rows[-count:]) else 0
