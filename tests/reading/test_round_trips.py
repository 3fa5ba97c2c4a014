"""Tables written in any dialect and encoding are read back equal, and DuckDB gets the same rows."""

import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from crm.reading import Dialect, read, write_csv
from tests.reading.lists import everything, read_one, tables, written
from tests.share import examples

PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
few = settings(max_examples=examples(60), deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])


@few
@given(
    tables(),
    st.sampled_from([",", ";", "\t", "|", "^", "||", "~|~"]),
    st.sampled_from(['"', "'"]),
    st.sampled_from(["", "\\"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_dialect_is_found(rows: list[list[str]], delimiter: str, quote: str, escape: str, line_end: str) -> None:
    dialect = Dialect("utf-8", delimiter, quote, escape, line_end)

    with tempfile.TemporaryDirectory() as folder:
        table = read_one(Path(folder), written(rows, dialect))

        assert table.dialect.delimiter == delimiter
        assert everything(table) == rows
        assert table.header == rows[0]


def test_two_bars_are_one_delimiter_though_a_cell_is_empty_and_others_hold_other_signs(tmp_path: Path) -> None:
    rows = [
        ["uid", "note", "wish"],
        ["0915", "a; b; c", "a; b; c"],
        ["0406", "", "a; b; c"],
        ["0104", "a; b; c", "VIP"],
    ]

    table = read_one(tmp_path, written(rows, Dialect("utf-8", "||", '"', "", "\n")))

    assert table.dialect.delimiter == "||"
    assert everything(table) == rows


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_sheet_with_an_empty_column_between_is_cut_at_each_delimiter(tmp_path: Path, delimiter: str) -> None:
    rows = [["uid", "", "name"], ["0915", "", "Ana Lind"], ["0406", "", "Bo Ruiz"], ["0104", "", "Eva Okafor"]]

    table = read_one(tmp_path, written(rows, Dialect("utf-8", delimiter, '"', "", "\n")))

    assert table.dialect.delimiter == delimiter


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("utf-8", "chinese"),
        ("utf-8-sig", "chinese"),
        ("utf-16", "chinese"),
        ("utf-16-le", "name"),
        ("utf-16-be", "chinese"),
        ("utf-32", "chinese"),
        ("gb18030", "chinese"),
        ("gbk", "chinese"),
        ("shift_jis", "kana"),
        ("cp1252", "western"),
        ("latin-1", "western"),
        ("cp1251", "cyrillic"),
    ],
)
@settings(max_examples=examples(15), deadline=None, phases=PHASES)
@given(data=st.data())
def test_any_encoding_is_found(encoding: str, kind: str, data: st.DataObject) -> None:
    rows = data.draw(tables(must=kind))
    dialect = Dialect(encoding, ",", '"', "", "\r\n")

    with tempfile.TemporaryDirectory() as folder:
        assert everything(read_one(Path(folder), written(rows, dialect))) == rows


_TRADITIONAL = ["陳志明", "黃淑芬", "張家豪", "吳怡君", "劉建國", "蔡雅婷", "謝宗翰", "鄭美玲"]


@pytest.mark.parametrize("count", [1, 2, 8])
def test_a_short_list_in_big5_is_not_taken_for_gbk(tmp_path: Path, count: int) -> None:
    text = "uid,name\n" + "".join(f"{place},{name}\n" for place, name in enumerate(_TRADITIONAL[:count]))

    table = read_one(tmp_path, text.encode("big5"))

    assert [cells[1] for cells in table.rows()] == _TRADITIONAL[:count]


@pytest.mark.parametrize("name", ["王伟", "李娜", "欧阳震华", "司马懿", "劉建國"])
def test_one_chinese_name_is_enough_to_know_gb18030(tmp_path: Path, name: str) -> None:
    table = read_one(tmp_path, f"uid,name\n1,{name}\n".encode("gb18030"))

    assert list(table.rows()) == [["1", name]]


def test_one_damaged_character_does_not_turn_utf8_into_something_else(tmp_path: Path) -> None:
    names = "".join(f"{place},张伟\n" for place in range(20)).encode()

    table = read_one(tmp_path, b"uid,name\n" + names + b"99,\xe5\xbcx\n")

    assert table.dialect.encoding == "utf-8"
    assert list(table.rows())[-1] == ["99", "\ufffdx"]
    assert "damaged" in str(table.notes[0])


@few
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=8),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=12,
    ),
)
def test_no_cell_is_changed_when_the_dialect_is_given(rows: list[list[str]]) -> None:
    dialect = Dialect()

    with tempfile.TemporaryDirectory() as folder:
        table = read_one(Path(folder), written(rows, dialect), encoding="utf-8", delimiter=",", quote='"')

        first = next(table.lines(), 0)
        assume(first <= 2 + len(table.preamble))  # not taken for a header of several lines
        assert [row for row in everything(table) if any(row)] == [row for row in rows if any(row)]


@settings(max_examples=examples(25), deadline=None, phases=PHASES)
@given(
    tables(),
    st.sampled_from([",", ";", "\t", "||"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.lists(st.integers(1, 5000), max_size=6),
    st.sampled_from(["short", "long", "blank", "stray"]),
)
def test_duckdb_gets_every_row_with_its_line(
    rows: list[list[str]], delimiter: str, line_end: str, wrong: list[int], how: str
) -> None:
    many = [rows[0], *(rows[1:] * (8000 // len(rows)))]
    lines = written(many, Dialect("utf-8", delimiter, '"', "", line_end)).decode().split(line_end)
    for place in wrong:
        damaged = {"short": lines[place].split(delimiter)[0], "long": lines[place] + delimiter + "more", "blank": ""}
        lines[place] = damaged.get(how, '"' + lines[place])

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as duck:
        table = read_one(Path(folder), line_end.join(lines).encode())
        loaded = table.into(duck, "list")
        found = duck.execute("SELECT * FROM list ORDER BY line").fetchall()

        ours = list(table.numbered())
        assert loaded.rows == len(ours) == len(found)
        assert [row[0] for row in found] == [row.line for row in ours]
        assert [row[-1] or "" for row in found] == [row.fault for row in ours]
        width = len(table.header)
        assert [[cell for cell in row[1:-1] if cell is not None] for row in found] == [
            row.cells[:width] for row in ours
        ]


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    first = read_one(tmp_path, "uid;note\n007;\"a;\nb\"\n008;'x'\n".encode("utf-16"))

    write_csv(first, tmp_path / "again.csv")
    (again,) = read(tmp_path / "again.csv")

    assert list(again.rows()) == [["007", "a;\nb"], ["008", "'x'"]]
    assert again.header == ["uid", "note"]
