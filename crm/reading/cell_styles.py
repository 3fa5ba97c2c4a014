"""Which cells of a sheet have a number format that says more than the number: read only where a workbook has any."""

import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from crm.reading.number_formats import NumberFormat, format_of

_CHUNK = 1 << 20
_NAMED = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# How an old workbook keeps a format of its own: number of the record, its length, number and length of the format, its letters.
_OLD_FORMAT = re.compile(rb"\x1e\x04..[\xa4-\xff].(.)\x00([\x00\x01])", re.DOTALL)
_PERCENT = {"9": "0%", "10": "0.00%"}

Mark = tuple[int, int, NumberFormat]


def marks(path: Path, title: str) -> Iterator[Mark]:
    """Row and column, counted from 0, and the format of each such cell of a sheet of an XLSX, from its top down."""
    with zipfile.ZipFile(path) as packed:
        formats = _formats(packed)
        member = _member(packed, title) if formats else None
        if not member or member not in packed.namelist():
            return
        ids = b"|".join(formats)
        cell = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"(?: t="\w+")? s="(' + ids + rb')"')
        rest = b""
        with packed.open(member) as file:
            while chunk := file.read(_CHUNK):
                text = rest + chunk
                end = text.rfind(b"<") if len(chunk) == _CHUNK else len(text)
                for letters, row, style in cell.findall(text, 0, end):
                    yield int(row) - 1, column_of(letters), formats[style]
                rest = text[end:]


def has_marks_of_old(path: Path) -> bool:
    """Whether an old workbook (XLS), whose formats are not read cell by cell, has any that says more."""
    content = path.read_bytes()
    for found in _OLD_FORMAT.finditer(content):
        size, is_wide = found.group(1)[0], found.group(2) == b"\x01"
        code = content[found.end() : found.end() + size * (2 if is_wide else 1)]
        if format_of(code.decode("utf-16-le" if is_wide else "latin-1", "replace")).matters:
            return True
    return False


def column_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _formats(packed: zipfile.ZipFile) -> Mapping[bytes, NumberFormat]:
    """The formats that matter, by the number of the style."""
    try:
        text = packed.read("xl/styles.xml")
    except KeyError:
        return {}
    codes = dict(_PERCENT)
    for tag in _NAMED.findall(text):
        told = _attributes(tag)
        codes[told.get("numFmtId", "")] = told.get("formatCode", "")
    styles = _STYLE.findall(found.group(0)) if (found := _STYLES.search(text)) else []
    every = (codes.get(_attributes(style).get("numFmtId", ""), "") for style in styles)
    return {
        str(place).encode(): format_of(code) for place, code in enumerate(every) if code and format_of(code).matters
    }


def _member(packed: zipfile.ZipFile, title: str) -> str | None:
    """Where a sheet lies in the ZIP."""
    try:
        sheets = [_attributes(tag) for tag in _SHEET.findall(packed.read("xl/workbook.xml"))]
        relations = [_attributes(tag) for tag in _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels"))]
    except KeyError:
        return None
    key = next((sheet.get("r:id") or sheet.get("id") for sheet in sheets if sheet.get("name") == title), None)
    target = next((one.get("Target", "") for one in relations if one.get("Id") == key), "")
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }
