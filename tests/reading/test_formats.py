"""Workbooks, JSON, Parquet and packed files; preambles, footers and headers of every kind."""

import datetime as dt
import gzip
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from crm.ground import messages
from crm.ground.errors import InvalidError
from crm.reading import Table, read
from tests.reading.lists import read_one


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return path


def text(content: str, folder: Path) -> Table:
    return read_one(folder, content.encode())


def test_a_workbook_gives_cells_as_excel_shows_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["uid", "volume", "since", "vip"],
        ["007123456789012345", 0.1 + 0.2, dt.date(2025, 3, 1), True],
        ["8", 12, "", False],
    ]

    (table,) = read(workbook(tmp_path / "a.xlsx", {"Clients": rows}))

    assert table.name == "Clients"
    assert table.header == ["uid", "volume", "since", "vip"]
    assert list(table.rows()) == [["007123456789012345", "0.3", "2025-03-01", "TRUE"], ["8", "12", "", "FALSE"]]


def test_the_table_is_found_below_instructions_and_beside_empty_columns(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [],
        ["", "Fill in the red columns only"],
        [],
        ["", "uid", "name", "volume"],
        ["", "1", "Ana", 5],
        ["", "2", "Bo", 6],
    ]

    (table,) = read(workbook(tmp_path / "a.xlsx", {"S": rows}))

    assert table.header == ["uid", "name", "volume"]
    assert list(table.lines()) == [5, 6]
    assert table.preamble == [["Fill in the red columns only", "", ""]]


def test_each_sheet_is_a_table_and_one_can_be_asked_for(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"One": [["a", "b"], ["x", 1]], "Empty": [], "Two": [["c", "d"], ["y", 2]]})

    assert [table.name for table in read(path)] == ["One", "Two"]
    assert [table.header for table in read(path, sheet="Two")] == [["c", "d"]]
    with pytest.raises(InvalidError, match="no sheet called Three; it has One, Empty, Two"):
        read(path, sheet="Three")


def test_a_large_whole_number_has_no_exponent(tmp_path: Path) -> None:
    (table,) = read(workbook(tmp_path / "a.xlsx", {"S": [["uid", "name"], [743073123456789000, "Ana"]]}))

    assert list(table.rows()) == [["743073123456789000", "Ana"]]


def test_json_numbers_stay_the_text_they_are(tmp_path: Path) -> None:
    content = (
        '{"data": {"rows": [{"uid": 743073123456789012, "fee": 0.10, "at": {"city": "Ulm"}}, {"uid": 2, "vip": true}]}}'
    )

    table = read_one(tmp_path, content.encode(), "a.json")

    assert table.header == ["uid", "fee", "at.city", "vip"]
    assert list(table.rows()) == [["743073123456789012", "0.10", "Ulm", ""], ["2", "", "", "true"]]


def test_one_object_per_line_keeps_its_line_numbers(tmp_path: Path) -> None:
    table = read_one(tmp_path, b'{"a": "1"}\n\n{"a": "2", "b": null}\n', "a.ndjson")

    assert [(row.line, row.cells) for row in table.numbered()] == [(1, ["1", ""]), (3, ["2", ""])]


def test_parquet_comes_as_text(tmp_path: Path) -> None:
    duckdb.sql(f"COPY (SELECT 7::BIGINT AS uid, DATE '2025-01-02' AS day, NULL AS gone) TO '{tmp_path}/a.parquet'")

    (table,) = read(tmp_path / "a.parquet")

    assert (table.header, list(table.rows())) == (["uid", "day", "gone"], [["7", "2025-01-02", ""]])


def test_a_zip_gives_every_list_in_it_and_says_what_is_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("one.csv", "uid,name\n1,Ana\n")
        packed.writestr("folder/two.csv.gz", gzip.compress(b"uid;name\n2;Bo\n"))
        packed.writestr("logo.png", b"\x89PNG\r\n\x1a\n0000")
        packed.writestr("__MACOSX/one.csv", "noise")

    tables = read(tmp_path / "a.zip")

    assert [(table.name, list(table.rows())) for table in tables] == [
        ("one.csv", [["1", "Ana"]]),
        ("folder/two.csv.gz", [["2", "Bo"]]),
    ]
    assert list(map(str, tables[0].notes)) == [
        "logo.png is a picture (PNG), not a list; export the list itself as CSV or XLSX."
    ]


def test_lines_above_the_header_are_kept_apart(tmp_path: Path) -> None:
    mark = "\ufeff"
    table = text(
        f"{mark}UID:000123,{mark}Account Type:Main,{mark}Time Zone:UTC+3\n{mark}id,{mark}Time,{mark}Fee,{mark}Symbol\n"
        f"{mark}1,{mark}2025-01-02 03:04:05,{mark}-0.1,{mark}BTC-USDT\n{mark}2,{mark}2025-01-03 03:04:05,{mark}0,{mark}BTC-USDT\n",
        tmp_path,
    )

    assert table.preamble == [["UID:000123", "Account Type:Main", "Time Zone:UTC+3"]]
    assert table.header == ["id", "Time", "Fee", "Symbol"]
    assert next(table.rows()) == ["1", "2025-01-02 03:04:05", "-0.1", "BTC-USDT"]
    assert "Invisible characters" in str(table.notes[0])


def test_a_remark_below_the_table_is_no_row(tmp_path: Path) -> None:
    table = text(
        "day,name,amount\n01/02/2025,Ana,5\n02/02/2025,Bo,6\n,,\nAll amounts are in US dollars before fees,,\n",
        tmp_path,
    )

    assert list(table.lines()) == [2, 3]
    assert [row.line for row in table.footer] == [5]


def test_a_last_client_with_nothing_but_a_name_stays_a_row(tmp_path: Path) -> None:
    table = text("name,mail,amount\nAna,a@example.com,5\nBo,b@example.com,6\nChen,,\n", tmp_path)

    assert list(table.rows())[-1] == ["Chen", "", ""]


def test_a_header_of_two_lines_becomes_one(tmp_path: Path) -> None:
    table = text("Day,Travel,,Total\n,Air,Rail,\n01/02/2025,5.00,6.00,11.00\n02/02/2025,1.00,2.00,3.00\n", tmp_path)

    assert table.header == ["Day", "Travel Air", "Travel Rail", "Total"]
    assert list(table.lines()) == [3, 4]


def test_a_file_without_a_header_gets_names_and_keeps_its_first_row(tmp_path: Path) -> None:
    table = text("1,Ana,2025-01-02\n2,Bo,2025-01-03\n3,Chen,2025-01-04\n", tmp_path)

    assert not table.has_header
    assert table.header == ["column_1", "column_2", "column_3"]
    assert list(table.lines()) == [1, 2, 3]


def test_missing_and_repeated_names_are_made_unique_but_the_original_is_kept(tmp_path: Path) -> None:
    table = text("uid,,fee,fee\n1,x,0.1,0.2\n2,y,0.3,0.4\n", tmp_path)

    assert table.header == ["uid", "column_2", "fee", "fee_2"]
    assert table.raw_header == ["uid", "", "fee", "fee"]


def test_ragged_rows_are_kept_and_marked(tmp_path: Path) -> None:
    table = text("uid,name,fee\n1,Ana,0.1\n2,Bo\n3,Chen,0.3,more\n4,Eva,0.4,\n", tmp_path)

    with duckdb.connect() as duck:
        loaded = table.into(duck, "list")
        rows = duck.execute("SELECT line, c0, c2, ragged FROM list ORDER BY line").fetchall()

    assert (loaded.rows, loaded.ragged) == (4, 2)
    assert [(*cells, fault and str(messages.read(fault))) for *cells, fault in rows] == [
        (2, "1", "0.1", None),
        (3, "2", None, "2 cells instead of 3: the row is cut off, or a delimiter is missing"),
        (4, "3", "0.3", "4 cells instead of 3, too many: more"),
        (5, "4", "0.4", None),
    ]


def test_a_stray_quotation_mark_swallows_nothing(tmp_path: Path) -> None:
    table = text('uid,name,fee\n1,"Ana,0.1\n2,"Bo, the ""great""",0.2\n3,5" disk,0.3\n', tmp_path)

    assert list(table.rows()) == [["1", '"Ana', "0.1"], ["2", 'Bo, the "great"', "0.2"], ["3", '5" disk', "0.3"]]


def test_a_file_cut_off_inside_quotes_keeps_its_last_row_marked(tmp_path: Path) -> None:
    *_, last = text('uid,name,note\n1,Ana,x\n2,Bo,"he sai', tmp_path).numbered()

    assert last.cells == ["2", "Bo", "he sai"]
    assert "cut off" in last.fault


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    table = text("uid,name,fee\n", tmp_path)

    assert table.header == ["uid", "name", "fee"]
    assert list(table.rows()) == []


def test_given_overrides_win_over_what_would_be_found(tmp_path: Path) -> None:
    table = read_one(tmp_path, "a;b,c\n1;2,3\n".encode("utf-16"), delimiter=",", encoding="utf-16")

    assert (table.header, list(table.rows())) == (["a;b", "c"], [["1;2", "3"]])


def test_json_written_by_programs_is_not_taken_for_csv(tmp_path: Path) -> None:
    table = read_one(tmp_path, json.dumps([{"name": "Ana"}, {"name": "Bo"}]).encode(), "renamed.csv")

    assert list(table.rows()) == [["Ana"], ["Bo"]]
