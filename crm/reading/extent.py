"""How far the sheets of an XLSX reach, and how much text their cells say, before anybody makes cells of it."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from crm.ground.errors import InvalidError
from crm.reading.cell_styles import column_of
from crm.reading.spool import too_much

_CELLS = 40_000_000
_CHUNK = 1 << 20
_OVERLAP = 64
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS = "xl/sharedStrings.xml"
_CELL = re.compile(
    rb"<(?:\w+:)?c\s+(?:[\w:]+\s*=\s*[\"'][^\"']*[\"']\s+)*?r\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"'](?:[^>]*[^/>])?>"
)
_SHARED = re.compile(rb"t=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})<")


@dataclass
class _Extent:
    """Last row and last column; cells that are errors; cells that say one of the shared texts."""

    rows: int = 0
    columns: int = 0
    errors: int = 0
    shared: int = 0


def checked(path: Path, name: str, most_mb: int) -> int:
    """How many cells are errors.

    Raises:
        InvalidError: a single cell in the last corner makes a range of billions of cells; or few texts stand in many cells.
    """
    with zipfile.ZipFile(path) as packed:
        sheets = [member for member in packed.namelist() if _SHEET.fullmatch(member)]
        found = [_extent(packed, member) for member in sheets]
        for one in found:
            if one.rows * one.columns > _CELLS:
                raise InvalidError(
                    "{name} has a sheet of {rows} rows and {columns} columns; delete the empty rows and columns in "
                    "it, or save it as CSV.",
                    name=name,
                    rows=one.rows,
                    columns=one.columns,
                )
        lengths = _lengths(packed)
        most = most_mb * 1_000_000
        if max(lengths, default=0) * sum(one.shared for one in found) > most and any(
            said > most for said in accumulate(_said(packed, member, lengths) for member in sheets)
        ):
            raise too_much(name, most_mb)
    return sum(one.errors for one in found)


def _extent(packed: zipfile.ZipFile, member: str) -> _Extent:
    found = _Extent()
    for text, chunk in _chunks(packed, member):
        cells = _CELL.findall(text)
        if cells:
            found.rows = max(found.rows, int(cells[-1][1]))
            found.columns = max(
                found.columns, *(column_of(letters) + 1 for letters in {letters for letters, _ in cells})
            )
        found.errors += chunk.count(b' t="e"')
        found.shared += chunk.count(b't="s"') + chunk.count(b"t='s'")
    return found


def _lengths(packed: zipfile.ZipFile) -> list[int]:
    """Of each shared text, with its marks."""
    return [len(text) for text in packed.read(_STRINGS).split(b"</si>")] if _STRINGS in packed.namelist() else []


def _said(packed: zipfile.ZipFile, member: str, lengths: list[int]) -> int:
    """How many letters the cells of a sheet say of the shared texts."""
    places = (int(place) for text, _ in _chunks(packed, member) for place in _SHARED.findall(text))
    return sum(lengths[place] for place in places if place < len(lengths))


def _chunks(packed: zipfile.ZipFile, member: str) -> Iterator[tuple[bytes, bytes]]:
    """Pieces of a sheet, each with the end of the one before, and alone."""
    rest = b""
    with packed.open(member) as file:
        while chunk := file.read(_CHUNK):
            yield rest + chunk, chunk
            rest = chunk[-_OVERLAP:]
