"""Cut text into rows and cells, forgiving what real files do to quotes; nothing is ever swallowed."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from enum import Enum

from crm.reading.table import Dialect, Row

_LOOK_AHEAD = 500
_PATIENCE = 2000
_SHORT = 100_000
_Closed = tuple[str, str, int, int]
CUT_OFF = "a quotation mark is opened and never closed: the file may be cut off"


class _Lines:
    """Physical lines with a number, of which some can be looked at before they are taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rest = iter(lines)
        self._waiting: deque[str] = deque()
        self.number = 0

    def take(self) -> str | None:
        self.number += 1
        return self._waiting.popleft() if self._waiting else next(self._rest, None)

    def ahead(self, place: int) -> str | None:
        while len(self._waiting) <= place:
            line = next(self._rest, None)
            if line is None:
                return None
            self._waiting.append(line)
        return self._waiting[place]

    def drop(self, count: int) -> None:
        for _ in range(count):
            self.take()


class Reading(Enum):
    """What to make of a quotation mark that opens a cell."""

    STRICT = "it closes before a delimiter, maybe on a later line, and those inside are doubled"
    FORGIVING = "those inside need not be doubled"
    ALONE = "it closes on its own line, or is an ordinary character"


class Splitter:
    """Reads rows in one dialect. `width`, where known, decides between two readings of a stray quotation mark."""

    def __init__(self, dialect: Dialect, width: int = 0) -> None:
        self._delimiter = dialect.delimiter or "\0\0"
        self._quote = dialect.quote
        self._escape = dialect.escape
        self._width = width
        self._patience = _PATIENCE
        if dialect.quote:
            self._compile(re.escape(dialect.quote), re.escape(self._delimiter), re.escape(dialect.escape))

    def _compile(self, quote: str, delimiter: str, escape: str) -> None:
        blanks = "" if self._delimiter in (" ", "\t") else "[ \t]*"
        self._opening = re.compile(f"{blanks}{quote}")
        escaped = f"|{escape}." if escape else ""
        # Possessive, so that a long cell cannot make the expression try again and again.
        self._content = re.compile(f"(?:[^{quote}{escape}]|{quote}{quote}{escaped})*+", re.DOTALL)
        self._closing = re.compile(f"{quote}{blanks}(?={delimiter}|\r?\n|\r|$)")
        is_plain = len(self._delimiter) == 1 and not escape
        cell = f"(?:{quote}(?:[^{quote}\r\n]|{quote}{quote})*+{quote}|[^{quote}{delimiter}\r\n]*+)"
        self._simple = re.compile(f"{cell}(?:{delimiter}{cell})*+[\r\n]*" if is_plain else r"(?!)")

    def rows(self, lines: Iterable[str]) -> Iterator[Row]:
        """All rows, blank lines too (as one empty cell). Lines bring their own line ends."""
        source = _Lines(lines)
        delimiter, quote = self._delimiter, self._quote
        while (line := source.take()) is not None:
            if not quote or quote not in line:
                yield Row(source.number, line.rstrip("\r\n").split(delimiter))
            elif len(line) < _SHORT and self._simple.fullmatch(line):
                yield Row(source.number, next(csv.reader([line], delimiter=delimiter, quotechar=quote)))
            else:
                yield self._quoted_row(line, source)

    def _quoted_row(self, line: str, source: _Lines) -> Row:
        begun = source.number
        cells, taken, fault = self._cut(line, source, Reading.STRICT)
        if self._width and len(cells) != self._width and not fault:
            other, _, _ = self._cut(line, source, Reading.ALONE if taken else Reading.FORGIVING)
            if len(other) == self._width:
                cells, taken = other, 0
        source.drop(taken)
        return Row(begun, cells, fault)

    def _cut(self, line: str, source: _Lines, reading: Reading) -> tuple[list[str], int, str]:
        """Cells, how many further lines they needed, and what is wrong."""
        cells: list[str] = []
        place, taken = 0, 0
        delimiter = self._delimiter
        while True:
            opened = self._opening.match(line, place)
            found = self._closed(line, opened.end(), source, taken, reading) if opened else None
            if found:
                text, line, place, more = found
                taken += more
                cells.append(text)
            elif opened and source.ahead(taken) is None and self._quote not in line[opened.end() :]:
                return [*cells, self._plain(line[opened.end() :].rstrip("\r\n"))], taken, CUT_OFF
            else:
                end = line.find(delimiter, place)
                cells.append(line[place:end] if end >= 0 else line[place:].rstrip("\r\n"))
                place = end if end >= 0 else len(line)
            if not line.startswith(delimiter, place):
                return cells, taken, ""
            place += len(delimiter)

    def _closed(self, line: str, start: int, source: _Lines, taken: int, reading: Reading) -> _Closed | None:
        found = self._close(line, start, forgiving=reading is Reading.FORGIVING)
        return found if found or reading is Reading.ALONE else self._close_later(line, start, source, taken)

    def _close(self, line: str, start: int, *, forgiving: bool) -> _Closed | None:
        content = self._content.match(line, start)
        end = content.end() if content else start
        closed = self._closing.match(line, end)
        if closed:
            return self._plain(line[start:end]), line, closed.end(), 0
        if forgiving and end < len(line):
            later = self._closing.search(line, end)
            if later:
                return self._plain(line[start : later.start()]), line, later.end(), 0
        return None

    def _close_later(self, line: str, start: int, source: _Lines, taken: int) -> _Closed | None:
        """A cell of several lines: it ends where a quotation mark stands before a delimiter or a line end."""
        content = self._content.match(line, start)
        if content is None or content.end() < len(line) or self._patience <= 0:
            return None
        pieces = [line[start:]]
        for more in range(1, _LOOK_AHEAD):
            following = source.ahead(taken + more - 1)
            if following is None:
                return None
            content = self._content.match(following)
            end = content.end() if content else 0
            if end < len(following):
                closed = self._closing.match(following, end)
                if closed:
                    pieces.append(following[:end])
                    return self._plain("".join(pieces)), following, closed.end(), more
                self._patience -= more
                return None
            pieces.append(following)
        self._patience -= _LOOK_AHEAD
        return None

    def _plain(self, text: str) -> str:
        if self._quote in text:
            text = text.replace(self._quote * 2, self._quote)
        if self._escape and self._escape in text:
            text = re.sub(rf"{re.escape(self._escape)}(.)", r"\1", text, flags=re.DOTALL)
        return text
