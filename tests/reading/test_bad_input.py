"""What cannot be read is refused in one sentence, quickly, and never with a traceback."""

import contextlib
import gzip
import io
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from crm.ground import config
from crm.ground.errors import InvalidError
from crm.reading import read
from tests.share import examples


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CRM_UPLOAD_LIMIT_MB", "2")
    monkeypatch.setenv("CRM_UNPACKED_LIMIT_MB", "5")
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def refusal(folder: Path, content: bytes, name: str = "list.csv") -> str:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(InvalidError) as refused:
        _read_whole(path)
    return str(refused.value)


def _read_whole(path: Path) -> None:
    for table in read(path):
        assert all(line > 0 for line in table.lines())


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "a.csv is empty: there is nothing in it to import."),
        (b"  \n\n \n", "a.csv", "a.csv is empty: there is nothing in it to import."),
        (b"\xef\xbb\xbf", "a.csv", "a.csv is empty: there is nothing in it to import."),
        (
            b"\x89PNG\r\n\x1a\n\0\0",
            "a.csv",
            "a.csv is a picture (PNG), not a list; export the list itself as CSV or XLSX.",
        ),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.csv", "a.csv is a picture (JPEG), not a list"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a.csv", "a.csv is a picture (HEIC), not a list"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "a.csv", "a.csv is a film, not a list"),
        (b"%PDF-1.7\n", "a.csv", "a.csv is a PDF document, not a list"),
        (bytes(range(256)) * 40, "a.csv", "a.csv is not a list but some other kind of file"),
        (b"PK\x03\x04" + b"\0" * 40, "a.xlsx", "a.xlsx is damaged or was cut off on its way"),
        (
            packed(**{"xl/workbook__xml": b"<x>", "xl/worksheets/sheet1__xml": b"<x"}),
            "a.xlsx",
            "it is damaged or cut off",
        ),
        (packed(**{"word/document__xml": b"<x/>"}), "a.docx", "a.docx is a document, not a list"),
        (packed(), "a.zip", "a.zip is an empty ZIP."),
        (packed(a__png=b"\x89PNG\r\n\x1a\n"), "a.zip", "a.zip holds no list. a.png is a picture (PNG)"),
        (gzip.compress(b"uid,name\n" * 9000)[:-40], "a.csv.gz", "a.csv.gz is damaged or was cut off on its way"),
        (OLE, "a.xls", "a.xls is a workbook that cannot be read"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "a.xlsx is locked with a password"),
        (b"PAR1" + b"\0" * 40, "a.parquet", "a.parquet is a Parquet file that cannot be read"),
        (b'[{"a": 1}, {"a"', "a.json", "a.json is not whole JSON: line 1 cannot be read"),
        (b"[1, 2]", "a.json", "a.json holds no list of objects"),
        (b"[" * 100_000, "a.json", "a.json is nested too deeply"),
    ],
)
def test_every_bad_file_has_its_sentence(tmp_path: Path, content: bytes, name: str, sentence: str) -> None:
    assert sentence in refusal(tmp_path, content, name)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path, small_limits: None) -> None:
    assert (
        refusal(tmp_path, b"a,b\n" * 600_000) == "list.csv is larger than 2 MB; split it, or raise CRM_UPLOAD_LIMIT_MB."
    )


@pytest.mark.parametrize("layers", [1, 2])
def test_a_zip_bomb_is_met_while_unpacking(tmp_path: Path, small_limits: None, layers: int) -> None:
    bomb = b"\0" * 20_000_000
    for _ in range(layers):
        bomb = packed(inner__zip=bomb) if bomb[:2] == b"PK" else packed(list__csv=bomb)

    assert "unpacks to more than 5 MB" in refusal(tmp_path, bomb, "a.zip")


def test_a_workbook_that_unpacks_too_far_is_refused(tmp_path: Path, small_limits: None) -> None:
    bomb = packed(**{"xl/workbook__xml": b"<x>", "xl/worksheets/sheet1__xml": b" " * 20_000_000})

    assert "unpacks to more than 5 MB" in refusal(tmp_path, bomb, "a.xlsx")


def test_a_zip_inside_a_zip_inside_a_zip_ends(tmp_path: Path) -> None:
    content = packed(list__csv=b"a,b\n1,2\n")
    for _ in range(5):
        content = packed(inner__zip=content)

    assert "packed more than 3 times" in refusal(tmp_path, content, "a.zip")


def test_a_locked_zip_says_so(tmp_path: Path) -> None:
    content = bytearray(packed(list__csv=b"a,b\n1,2\n"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert "locked with a password" in refusal(tmp_path, bytes(content), "a.zip")


def test_one_line_of_a_hundred_megabytes_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 1_000_000)

    tracemalloc.start()
    with pytest.raises(InvalidError, match="a line longer than 8 MB"):
        read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 60_000_000


def test_a_cell_in_the_last_corner_of_a_sheet_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "uid")
        sheet.write(1_048_575, 16_383, "far away")

    with pytest.raises(InvalidError, match="1,048,576 rows and 16,384 columns"):
        read(tmp_path / "a.xlsx")


def test_a_hundred_thousand_empty_rows_are_passed_over(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, ["uid", "name"])
        sheet.write_row(1, 0, ["1", "Ana"])
        for row in range(2, 100_000):
            sheet.write_blank(row, 0, None, bold)

    (table,) = read(tmp_path / "a.xlsx")

    assert list(table.rows()) == [["1", "Ana"]]


@settings(max_examples=examples(300), deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(st.sampled_from("a1,;|\t\"'\\\n\r\0 é张"), max_size=200).map(
            lambda text: text.encode("utf-16" if "é" in text else "utf-8")
        ),
        st.tuples(
            st.sampled_from([b"PK\x03\x04", b"\x1f\x8b", OLE[:8], b"PAR1", b"[{", b"\xff\xfe", b"\xfe\xff"]),
            st.binary(max_size=200),
        ).map(b"".join),
    ),
    st.sampled_from([".csv", ".xlsx", ".json", ".zip", ".parquet", ".txt"]),
)
def test_any_bytes_are_read_or_refused_in_a_sentence(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{suffix}"
        path.write_bytes(content)
        with contextlib.suppress(InvalidError):
            _read_whole(path)
