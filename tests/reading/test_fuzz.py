"""Anything a program may write comes back as it was; anything else is read or refused, quickly."""

import gzip
import io
import json
import random
import tempfile
import time
import zipfile
from functools import cache
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm.ground.errors import InvalidError
from crm.reading import Dialect, Table, read
from tests.reading.lists import column, read_one
from tests.share import examples

CPU_SECONDS = 10.0


def tried(count: int) -> settings:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    return settings(max_examples=examples(count), deadline=None, phases=phases, suppress_health_check=checks)


DELIMITERS = [",", ";", "\t", "|", "^", "~", "\x1f", "¦", "||", "~|~", "::", "<|>", "，"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
# Marks, NULs and control characters of Latin 1 are taken out of cells on purpose.
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\0" + "".join(map(chr, range(0x80, 0xA0))))
NASTY = st.text(st.one_of(st.sampled_from("\"'\\,;|\t\r\n ~:<>^ab1é张"), ANY), max_size=12)


@st.composite
def nasty_tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(NASTY, min_size=width - 1, max_size=width - 1), min_size=1, max_size=15))
    return [["number", *(f"field {n}" for n in range(1, width))], *([str(n), *row] for n, row in enumerate(rows, 1))]


def cell(text: str, dialect: Dialect, *, always: bool) -> str:
    quote, escape = dialect.quote, dialect.escape
    special = (dialect.delimiter[0], quote, "\n", "\r", escape or quote)
    if not always and text == text.strip() and not any(sign in text for sign in special):
        return text
    if escape:
        text = text.replace(escape, escape * 2)
    return f"{quote}{text.replace(quote, (escape or quote) + quote)}{quote}"


def written(rows: list[list[str]], dialect: Dialect, *, always: bool, ends: bool = True) -> bytes:
    lines = [dialect.delimiter.join(cell(text, dialect, always=always) for text in row) for row in rows]
    return (dialect.line_end.join(lines) + (dialect.line_end if ends else "")).encode(dialect.encoding)


@tried(150)
@given(
    nasty_tables(),
    st.sampled_from(DELIMITERS),
    st.sampled_from(['"', "'"]),
    st.sampled_from(["", "\\"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["needed", "always"]),
    st.sampled_from(["", "\n"]),
)
def test_no_cell_changes_whatever_it_holds(
    rows: list[list[str]], delimiter: str, quote: str, escape: str, line_end: str, encoding: str, quoted: str, last: str
) -> None:
    dialect = Dialect(encoding, delimiter, quote, escape, line_end)
    content = written(rows, dialect, always=quoted == "always", ends=bool(last))

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as duck:
        table = read_one(Path(folder), content, encoding=encoding, delimiter=delimiter, quote=quote, escape=escape)
        table.into(duck, "list")

        assert table.raw_header == rows[0]
        assert list(table.rows()) == rows[1:]
        assert not any(row.fault for row in table.numbered())
        found = duck.execute("SELECT * EXCLUDE (line, ragged) FROM list ORDER BY line").fetchall()
        assert [list(row) for row in found] == rows[1:]


LANGUAGES = {
    "utf-8": "chinese",
    "utf-8-sig": "kana",
    "utf-16": "cyrillic",
    "utf-32": "chinese",
    "gb18030": "chinese",
    "gbk": "chinese",
    "big5": "traditional",
    "shift_jis": "kana",
    "cp1252": "western",
}
TRADITIONAL = "陳志明黃淑芬張家豪吳怡君劉建國蔡雅婷謝宗翰鄭美玲許郭曾廖賴徐周葉蘇莊呂江何蕭羅高"
PREAMBLES = [
    [],
    ["Client list of March"],
    ["UID:000123{d}Account Type:Main{d}Time Zone:UTC+3"],
    ["Report", "", "All clients"],
]
FOOTERS = [[], ["", "Total of all rows in this list as of today"]]


@tried(120)
@given(
    st.integers(0, 10**9),
    st.sampled_from(list(LANGUAGES)),
    st.sampled_from([",", ";", "\t", "|", "||", "^"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["needed", "always"]),
    st.sampled_from(PREAMBLES),
    st.sampled_from(FOOTERS),
    st.integers(6, 40),
)
def test_a_believable_list_is_found_in_any_dress(
    seed: int,
    encoding: str,
    delimiter: str,
    line_end: str,
    quoted: str,
    preamble: list[str],
    footer: list[str],
    count: int,
) -> None:
    rows = believable(random.Random(seed), LANGUAGES[encoding], count)  # noqa: S311
    dialect = Dialect(encoding, delimiter, '"', "", line_end)
    around = [line_end.join([*(line.format(d=delimiter) for line in lines), ""]) for lines in (preamble, footer)]
    body = written(rows, Dialect("utf-8", delimiter, '"', "", line_end), always=quoted == "always").decode()
    content = (around[0] + body + around[1].removesuffix(line_end)).encode(dialect.encoding)

    with tempfile.TemporaryDirectory() as folder:
        table = read_one(Path(folder), content)

        assert table.raw_header == rows[0], (table.raw_header, table.dialect)
        assert list(table.rows()) == rows[1:], table.dialect


def believable(chance: random.Random, language: str, count: int) -> list[list[str]]:
    others = chance.sample(["code", "name", "amount", "day", "mail", "note"], chance.randint(3, 6))
    columns = [["uid", *column("uid", count, chance)]]
    if language == "traditional":
        columns.append(["name", *("".join(chance.choices(TRADITIONAL, k=3)) for _ in range(count))])
    else:
        columns.append([f"{language} name", *column(language, count, chance)])
    columns += [[f"{kind} column", *column(kind, count, chance)] for kind in others]
    return [list(row) for row in zip(*columns, strict=True)]


@cache
def seeds() -> dict[str, bytes]:
    """Whole files of every kind, to be damaged."""
    rows = believable(random.Random(7), "chinese", 30)  # noqa: S311
    text = written(rows, Dialect("utf-8", ",", '"', "", "\n"), always=False)
    book, packed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("list.csv", text)
        file.writestr("again/list.csv.gz", gzip.compress(text))
    objects = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "list.parquet")
        duckdb.sql(f"COPY (SELECT range AS uid, 'Ana' AS name, [1, 2] AS many FROM range(500)) TO '{target}'")
        parquet = target.read_bytes()
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    return {
        ".csv": text,
        ".xlsx": book.getvalue(),
        ".zip": packed.getvalue(),
        ".parquet": parquet,
        ".gz": gzip.compress(text),
        ".json": json.dumps(objects).encode(),
        ".ndjson": b"\n".join(json.dumps(one).encode() for one in objects),
        ".xls": f"<html><table>{cells}</table></html>".encode(),
        ".txt": text.decode().encode("utf-16"),
        ".tsv": text.decode().encode("gb18030"),
    }


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file cut short, with bytes changed, parts left out, doubled, or put in from somewhere else."""
    suffix = draw(st.sampled_from(sorted(seeds())))
    content = bytearray(seeds()[suffix])
    for how in draw(
        st.lists(st.sampled_from(["cut", "change", "drop", "double", "put", "quote"]), min_size=1, max_size=6)
    ):
        place = draw(st.integers(0, max(0, len(content) - 1)))
        size = draw(st.integers(1, 64))
        if how == "cut":
            del content[place:]
        elif how == "change":
            content[place : place + size] = draw(st.binary(min_size=1, max_size=size))
        elif how == "drop":
            del content[place : place + size]
        elif how == "double":
            content[place:place] = content[place : place + size] * draw(st.integers(1, 50))
        else:
            content[place:place] = draw(st.binary(max_size=size)) if how == "put" else b'"'
    return suffix, bytes(content)


@tried(200)
@given(damaged())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(file: tuple[str, bytes]) -> None:
    bounded(*file)


@tried(150)
@given(st.sampled_from(sorted(seeds())), st.binary(max_size=3000))
def test_random_bytes_are_read_or_refused_in_a_sentence(suffix: str, content: bytes) -> None:
    bounded(suffix, content)


@tried(100)
@given(
    st.text(st.sampled_from("\"',;|\t\r\n\\ ab1=<>[]{}:é张"), max_size=600),
    st.sampled_from(["utf-8", "utf-16", "gb18030", "utf-32-be"]),
)
def test_signs_in_any_order_are_read_or_refused_in_a_sentence(text: str, encoding: str) -> None:
    bounded(".csv", text.encode(encoding))


def bounded(suffix: str, content: bytes) -> None:
    """Read whole and laid into DuckDB; every row is accounted for."""
    begun, said = time.process_time(), ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{suffix}"
        path.write_bytes(content)
        try:
            for table in read(path):
                laid_out(table)
        except InvalidError as error:
            said = str(error)
    assert not said or said.endswith(".")
    assert time.process_time() - begun < CPU_SECONDS


def laid_out(table: Table) -> None:
    with duckdb.connect() as duck:
        loaded = table.into(duck, "list")
        lines = [line for (line,) in duck.execute("SELECT line FROM list ORDER BY line").fetchall()]
    assert loaded.rows == len(lines)
    assert lines == sorted(table.lines())


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".ndjson", ".parquet", ".zip", ".gz", ".xls"])
def test_a_file_cut_at_any_place_is_read_or_refused(suffix: str) -> None:
    whole = seeds()[suffix]
    step = max(1, len(whole) // examples(25))
    for end in range(0, len(whole), step):
        bounded(suffix, whole[:end])
