"""Small files that would end a process, fill its memory, or keep it busy for hours."""

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>uid</t></is></c></row><row r="2"><c r="A2"><v>11</v></c></row>'
_PAGE = b"<html><table><tr><td>uid</td><td>name</td></tr><tr><td>1</td><td>a</td></tr>"


def workbook(more: str = "", *, below: str = "", shared: str = "") -> bytes:
    """An XLSX whose sheet has two rows, more rows, and something below them."""
    relations = (
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    sheet = '<sheet name="A" sheetId="1" r:id="r1"/>'
    main = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    members = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{main}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheet}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{_ROWS}{more}</sheetData>{below}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>{shared}</t></si></sst>',
    }
    return zipped(members)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return packed.getvalue()


def far(cell: str) -> bytes:
    """A cell in the last corner, written in one of the ways that XML allows."""
    return workbook(f'<row r="1048576">{cell}</row>')


def many_cells(mark: str) -> str:
    return "".join(f'<row r="{row}"><c r="A{row}" {mark}><v>0</v></c></row>' for row in range(3, 4003))


def open_document(rows: str) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{_ODS}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def repeated(rows: int, columns: int, text: str) -> bytes:
    return open_document(
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell></table:table-row>'
    )


def parquet(column: pa.Array) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"uid": column}), file, compression="zstd")
    return file.getvalue()


def said_often(text: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([text]))


def lists_of(text: str, count: int) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(range(count + 1), pa.int32()), said_often(text, count))


_LONG = "x" * 1_000_000
TOO_MUCH, NOT_WITHIN = "hold more than 300 MB of text", "cannot be read within"
CORNER, DAMAGED = "1,048,576 rows and 16,384 columns", "damaged or"
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "single_quotes.xlsx": (lambda: far("<c r='XFD1048576'><v>1</v></c>"), CORNER),
    "nothing_else.xlsx": (lambda: far('<c r="XFD1048576"><v>1</v></c>'), CORNER),
    "type_first.xlsx": (lambda: far('<c t="str" r="XFD1048576"><v>1</v></c>'), CORNER),
    "line_ends.xlsx": (lambda: far('<c\n r = "XFD1048576"\n><v>1</v></c>'), CORNER),
    "beyond.xlsx": (lambda: far('<c r="ZZZ9999999"><v>1</v></c>'), "rows and"),
    "no_place.xlsx": (lambda: far("<c><v>1</v></c>" * 16_384), NOT_WITHIN),
    "often.xlsx": (lambda: workbook(many_cells('t="s"'), shared=_LONG), TOO_MUCH),
    "often_unseen.xlsx": (lambda: workbook(many_cells('t = "s"'), shared=_LONG), NOT_WITHIN),
    "columns.ods": (lambda: repeated(1, 2_000_000_000, "x"), "16,384 columns and at most 5,000"),
    "rows.ods": (lambda: repeated(1_000_000_000, 1, "x" * 1000), NOT_WITHIN),
    "corner.ods": (lambda: repeated(1_048_576, 16_384, "x"), DAMAGED),
    "zeros.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, DAMAGED),
    "dictionary.parquet": (lambda: parquet(said_often("x" * 3_000_000, 1000)), TOO_MUCH),
    "lists.parquet": (lambda: parquet(lists_of("x" * 400_000, 2000)), NOT_WITHIN),
    "tags.html": (lambda: _PAGE + b"<a " * 50_000, DAMAGED),
    "comments.html": (lambda: _PAGE + b"<!--x>" * 50_000, DAMAGED),
    "number.html": (lambda: _PAGE + b"<td>&#" + b"9" * 10_000 + b";", DAMAGED),
    "spans.html": (lambda: _PAGE + b"<tr><td colspan=2000>x</td></tr>" * 20_000, "too large for a web page"),
    "wide.json": (lambda: b'[{"a":1' + b"".join(b',"k%d":1' % n for n in range(6000)) + b"}]", "different fields"),
    "packed.gz": (
        lambda: gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"a,b\n1,2\n")))),
        "more than 3 times",
    ),
    "members.zip": (lambda: zipped({f"{n}.csv": "a,b\n1,2\n" for n in range(1001)}), "more than 1,000 files"),
    "nested.zip": (
        lambda: zipped({f"{n}.zip": zipped({f"{m}.csv": "a,b\n1,2\n" for m in range(400)}) for n in range(3)}),
        "more than 1,000 files",
    ),
}


def merged_without_end() -> bytes:
    """52 columns that are merged down to the last row of a sheet of two rows."""
    letters = [f"{first}{last}" for first in ("", "A") for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    areas = "".join(f'<mergeCell ref="{name}2:{name}1048576"/>' for name in letters)
    return workbook(below=f"<mergeCells>{areas}</mergeCells>")


def write(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(FILES[name][0]())
    return path
