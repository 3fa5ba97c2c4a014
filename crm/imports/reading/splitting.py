"""Cut text into rows and cells, forgiving what real files do to quotes; nothing is ever swallowed."""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from crm.imports.reading.table import Dialect, Row

_LOOK_AHEAD = 500
_PATIENCE = 2000
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


class Splitter:
    """Reads rows in one dialect. `width`, where known, decides between two readings of a stray quotation mark."""

    def __init__(self, dialect: Dialect, width: int = 0) -> None:
        self._delimiter = dialect.delimiter
        self._quote = dialect.quote
        self._escape = dialect.escape
        self._width = width
        self._patience = _PATIENCE
        quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
        if quote:
            self._opening = re.compile(rf"[ \t]*{quote}" if dialect.delimiter not in " \t" else quote)
            escaped = rf"|{re.escape(dialect.escape)}." if dialect.escape else ""
            inside = rf"[^{quote}{re.escape(dialect.escape)}]" if dialect.escape else rf"[^{quote}]"
            # Possessive, so that a long cell cannot make the expression try again and again.
            self._content = re.compile(rf"(?:{inside}|{quote}{quote}{escaped})*+", re.DOTALL)
            self._closing = re.compile(rf"{quote}[ \t]*(?={delimiter}|\r?\n|\r|$)" if delimiter not in ("\\ ", "\\\t")
                                       else rf"{quote}(?={delimiter}|\r?\n|\r|$)")
            self._forgiving = re.compile(rf"{quote}[ \t]*(?:{delimiter}|\r?\n|\r|$)")

    def rows(self, lines: Iterable[str]) -> Iterator[Row]:
        """All rows, blank lines too (as one empty cell). Lines bring their own line ends."""
        source = _Lines(lines)
        delimiter, quote = self._delimiter, self._quote
        while (line := source.take()) is not None:
            if not quote or quote not in line:
                yield Row(source.number, line.rstrip("\r\n").split(delimiter) if delimiter else [line.rstrip("\r\n")])
                continue
            yield self._quoted_row(line, source)

    def _quoted_row(self, line: str, source: _Lines) -> Row:
        begun = source.number
        cells, taken, fault = self._cut(line, source, forgiving=False)
        if self._width and len(cells) != self._width and not taken and not fault:
            other, _, _ = self._cut(line, source, forgiving=True)
            cells = other if len(other) == self._width else cells
        source.drop(taken)
        return Row(begun, cells, fault)

    def _cut(self, line: str, source: _Lines, *, forgiving: bool) -> tuple[list[str], int, str]:
        """Cells, how many further lines they needed, and what is wrong."""
        cells: list[str] = []
        place, taken, fault = 0, 0, ""
        delimiter = self._delimiter
        while True:
            opened = self._opening.match(line, place)
            if opened:
                found = self._close(line, opened.end(), forgiving) or self._close_later(line, opened.end(), source, taken)
                if found:
                    text, line, place, more = found
                    taken += more
                    cells.append(text)
                    if not line.startswith(delimiter, place) or not delimiter:
                        return cells, taken, fault
                    place += len(delimiter)
                    continue
                if source.ahead(taken) is None and self._is_cut_off(line, opened.end()):
                    cells.append(self._plain(line[opened.end() :].rstrip("\r\n")))
                    return cells, taken, CUT_OFF
            end = line.find(delimiter, place) if delimiter else -1
            if end < 0:
                cells.append(line[place:].rstrip("\r\n"))
                return cells, taken, fault
            cells.append(line[place:end])
            place = end + len(delimiter)

    def _close(self, line: str, start: int, forgiving: bool) -> tuple[str, str, int, int] | None:
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

    def _close_later(self, line: str, start: int, source: _Lines, taken: int) -> tuple[str, str, int, int] | None:
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

    def _is_cut_off(self, line: str, start: int) -> bool:
        return self._quote not in line[start:]

    def _plain(self, text: str) -> str:
        if self._quote in text:
            text = text.replace(self._quote * 2, self._quote)
        if self._escape and self._escape in text:
            text = re.sub(rf"{re.escape(self._escape)}(.)", r"\1", text, flags=re.DOTALL)
        return text
