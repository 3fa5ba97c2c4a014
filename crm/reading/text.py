"""A text file with delimiters: its encoding, dialect and frame are found on a sample; its rows are read when asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import duckdb

from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.reading import twice
from crm.reading.direct import Direct, Stretch
from crm.reading.encoding import encoding_of, is_guessed, readings
from crm.reading.framing import filled, footer_of, frame_of
from crm.reading.loading import fault_of, load_rows
from crm.reading.sniffing import dialect_of
from crm.reading.splitting import Splitter
from crm.reading.survey import SAMPLE, Survey, walk
from crm.reading.table import Dialect, Loaded, Row, Table, names_of
from crm.reading.unpacking import Folder

_FRAME_ROWS = 300
_COMPARED = 50
_SHOWN, _SHOWN_LINES = 5, 3
_SMALL = 1 << 18
_WIDEST = 2000
_LONGEST_DELIMITER = 4
BOM = "\ufeff"
# Control characters that no list holds: what Windows meant by these bytes, before somebody read them as Latin 1.
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}

_GUESSED = "The file does not say how its letters are written; they are read as {encoding}: look at the names."


@dataclass(frozen=True)
class TextBody:
    """The rows of a UTF-8 file from line `first` to before line `last` (0: to its end)."""

    path: Path
    dialect: Dialect
    survey: Survey
    first: int
    last: int
    usual: int
    has_marks: bool
    keep: object = field(default=None, repr=False)

    def rows(self, width: int) -> Iterator[Row]:
        for row in self.all_rows(self.usual):
            if row.line < self.first or not (row.fault or any(row.cells)):
                continue
            if self.last and row.line >= self.last:
                return
            yield row if row.fault else Row(row.line, row.cells, fault_of(row.cells, self.usual, width))

    def all_rows(self, width: int = 0) -> Iterator[Row]:
        with self.path.open(encoding="utf-8-sig", errors="replace", newline=_newline(self.survey)) as file:
            rows = Splitter(self.dialect, width).rows(file)
            yield from map(_unmarked, rows) if self.has_marks else rows

    def load(self, duck: duckdb.DuckDBPyConnection, name: str, width: int) -> Loaded:
        if self._is_for_duckdb(width):
            expected = list(islice(self.rows(width), _COMPARED))
            stretch = Stretch(self.path, self.dialect, self.survey, self.first, self.last, self.usual)
            loaded = Direct(duck, name, width, stretch).load(expected)
            if loaded:
                return loaded
        return load_rows(self.rows(width), duck, name, width)

    def _is_for_duckdb(self, width: int) -> bool:
        """Small files are read faster by ourselves; invisible marks and mixed line ends only by ourselves."""
        marked = (
            self.has_marks or not _newline(self.survey) or len(self.dialect.delimiter.encode()) > _LONGEST_DELIMITER
        )
        return self.survey.size > _SMALL and not marked and 0 < width <= _WIDEST and len(self.dialect.quote) == 1


def read_text(path: Path, name: str, wanted: dict[str, str], keep: object = None) -> Table:
    """Raises InvalidError where the bytes are no text."""
    written = survey = walk(path)
    encoding = wanted.get("encoding") or encoding_of(survey)
    if not encoding:
        raise InvalidError(
            "{name} is not a list but some other kind of file; export it again as CSV or XLSX.", name=name
        )
    if encoding in ("utf-8", "utf-8-sig") and "encoding" not in wanted:
        encoding = _once_read_wrong(survey) or encoding
    guessed = "encoding" not in wanted and (encoding.endswith(twice.AS_CP1252) or is_guessed(survey, encoding))
    repaired = encoding in ("utf-8", "utf-8-sig") and (survey.has_c1 or not survey.is_utf8)
    if repaired or encoding not in ("utf-8", "utf-8-sig"):
        path, keep = _as_utf8(path, name, encoding)
        survey = walk(path)
    text = _sample(survey)
    if not text.strip():
        raise InvalidError("{name} is empty: there is nothing in it to import.", name=name)
    base = Dialect(encoding=encoding, line_end=survey.line_end)
    dialect = replace(_dialect(text, base, wanted), encoding=encoding)
    body = TextBody(path, dialect, survey, 1, 0, 0, BOM in text[1:] or survey.nul > 0, keep)
    table = _framed(body, name)
    if not guessed:
        return table
    said = [Message(_GUESSED, encoding=encoding), *table.notes]
    if encoding.endswith(twice.AS_CP1252):
        return replace(table, notes=said, encodings=_both(written, encoding))
    return replace(table, notes=said, encodings=readings(written, encoding))


def _once_read_wrong(survey: Survey) -> str:
    """As what a file in UTF-8 was written before it was read wrongly and saved so; "" where it was not."""
    return "" if survey.is_ascii else twice.meant(_sample(survey))


def _both(survey: Survey, encoding: str) -> dict[str, list[str]]:
    lines = [line for line in _sample(survey).splitlines() if not line.isascii()][:_SHOWN_LINES]
    return {encoding: [twice.repaired(line, encoding) for line in lines], "utf-8": lines}


def _dialect(text: str, base: Dialect, wanted: dict[str, str]) -> Dialect:
    given = {key: value for key, value in wanted.items() if key in ("delimiter", "quote", "escape")}
    if "delimiter" in given:
        return replace(base, **given)  # type: ignore[arg-type]
    return replace(dialect_of(text, base), **given)  # type: ignore[arg-type]


def _framed(body: TextBody, name: str) -> Table:
    sample = list(islice(body.all_rows(), _FRAME_ROWS))
    frame = frame_of(sample)
    sample = list(islice(body.all_rows(frame.width), _FRAME_ROWS))
    frame = frame_of(sample)
    first = sample[frame.bottom].line if frame.bottom < len(sample) else 1 + max((r.line for r in sample), default=0)
    footer = _footer(replace(body, first=first, usual=frame.width), frame.width)
    dialect = replace(body.dialect, header_line=sample[frame.top].line if frame.header else 0)
    width = max(frame.width, len(frame.header))
    whole = replace(body, dialect=dialect, first=first, usual=frame.usual, last=footer[0].line if footer else 0)
    return Table(
        name=name,
        header=names_of(frame.header, width),
        raw_header=frame.header,
        groups=frame.groups,
        dialect=dialect,
        body=whole,
        preamble=[row.cells for row in sample[: frame.top] if filled(row.cells)],
        footer=[row for row in footer if filled(row.cells)],
        notes=_notes(whole, frame.header, width),
        is_delimited=True,
    )


def _footer(body: TextBody, width: int) -> list[Row]:
    """The rows below the table; of a long file only the end is looked at."""
    is_whole = body.survey.size <= SAMPLE or not _newline(body.survey)
    rows = [row for row in body.all_rows(width) if row.line >= body.first] if is_whole else _tail_rows(body, width)
    count = footer_of(rows, width)
    return rows[-count:] if count else []


def _tail_rows(body: TextBody, width: int) -> list[Row]:
    end = {"\r": "\r"}.get(body.survey.line_end, "\n")
    tail = body.survey.tail[-8192:].decode("utf-8", "replace")
    lines = tail.split(end)[1:]
    total = (body.survey.cr if end == "\r" else body.survey.lf) + (0 if tail.endswith(end) else 1)
    lines = lines[:-1] if lines and not lines[-1] else lines
    start = total - len(lines) + 1
    rows = Splitter(body.dialect, width).rows(line + end for line in lines)
    return [Row(row.line + start - 1, row.cells, row.fault) for row in rows]


def _notes(body: TextBody, header: list[str], width: int) -> list[Message]:
    notes = []
    if not header:
        notes.append(Message("The file has no header; its columns are called column_1, column_2 and so on."))
    if "+" in body.dialect.encoding:
        notes.append(Message("Lines of this file are written in two encodings; each was read in its own."))
    if body.survey.has_damage:
        notes.append(
            Message("Some characters are damaged in the file and stand as \ufffd; save it again as UTF-8 to see them.")
        )
    if body.has_marks:
        notes.append(Message("Invisible characters inside cells (byte order marks, NULs) were taken out."))
    if body.survey.size <= SAMPLE:
        notes += _faults(body, width)
    return notes


def _faults(body: TextBody, width: int) -> list[Message]:
    faulty = [row for row in body.rows(width) if row.fault]
    if not faulty:
        return []
    shown = ", ".join(str(row.line) for row in faulty[:_SHOWN]) + (" ..." if len(faulty) > _SHOWN else "")
    return [Message("Rows of another width than the table: {count} (line {lines}).", count=len(faulty), lines=shown)]


def _unmarked(row: Row) -> Row:
    return Row(row.line, [cell.replace(BOM, "").replace("\0", "") for cell in row.cells], row.fault)


def _newline(survey: Survey) -> str:
    """What ends a line. Where both CR and LF stand alone in numbers, either does; a few lone CR are part of cells."""
    lone_cr = survey.cr - survey.crlf
    if lone_cr and not survey.lf:
        return "\r"
    return "" if lone_cr * 10 > survey.lf else "\n"


def _sample(survey: Survey) -> str:
    head = survey.head
    if survey.size > len(head):
        cut = max(head.rfind(b"\n"), head.rfind(b"\r"))
        head = head[: cut + 1] if cut > 0 else head
    return head.decode("utf-8-sig", "replace")


def _as_utf8(path: Path, name: str, encoding: str) -> tuple[Path, object]:
    """A copy in UTF-8, that goes away with the table."""
    folder = Folder()
    copy = folder.path / "utf8.csv"
    if encoding.endswith(twice.AS_CP1252):
        with (
            path.open(encoding="utf-8-sig", errors="replace", newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            target.writelines(twice.repaired(line, encoding) for line in source)
        return copy, folder
    if "+" in encoding:
        _line_by_line(path, copy, encoding.partition("+")[2])
        return copy, folder
    try:
        with (
            path.open(encoding=encoding, errors="replace", newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            while chunk := source.read(1 << 20):
                target.write(chunk.translate(_C1))
    except (UnicodeError, LookupError) as error:
        raise InvalidError(
            "{name} cannot be read as {encoding}; save it again as UTF-8.", name=name, encoding=encoding
        ) from error
    return copy, folder


def _line_by_line(path: Path, copy: Path, otherwise: str) -> None:
    """Each line in UTF-8 if it is that, else in the other encoding."""
    with path.open("rb") as source, copy.open("w", encoding="utf-8", newline="") as target:
        for line in source:
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                text = line.decode(otherwise, "replace")
            target.write(text.translate(_C1))
