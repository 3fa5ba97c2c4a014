"""Cells that a spreadsheet has damaged, or that only fill their place: said in words, never taken for what they are not."""

from pathlib import Path

import pytest
import xlsxwriter

from crm import db, imports
from crm.people import Person
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems
from tests.imports.test_applying import how_many
from tests.imports.test_clients import client
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long

DAMAGED = "was damaged by a spreadsheet; export it again with the UID as text"


def notes(who: Person, batch_of: imports.Certificate) -> str:
    with db.read() as session:
        return " ".join(map(str, imports.notes_of(session, who, batch_of.batch.id)))


@pytest.mark.parametrize(
    "uid",
    [
        '"7,43073E+17"',
        '"743,073,123,456,789,000"',
        "743 073 123 456 789 000",
        "743.073.123.456.789.000",
        "#N/A",
        "#REF!",
    ],
)
def test_a_uid_that_was_a_number_or_a_formula_is_refused(cast: Cast, uid: str) -> None:
    done = bring_in(cast.mei, "clients", f"uid,name\n{uid},Alder\n0007,Birch\n")

    assert done.counts == counts(created=1, refused=1)
    assert [(line, reason) for line, _, reason in problems(cast.mei, done)] == [(2, DAMAGED)]


def test_uids_of_sixteen_digits_are_refused_where_all_end_in_zeros_and_taken_where_some_do_by_chance(
    cast: Cast,
) -> None:
    rounded = bring_in(cast.mei, "clients", "uid,name\n7430731234567890,Alder\n7430731234567880,Birch\n")
    whole = bring_in(
        cast.mei, "clients", "uid,name\n7430731234567890,Cedar\n7430731234567881,Elm\n7430731234567872,Fir\n"
    )

    assert (rounded.counts, whole.counts) == (counts(refused=2), counts(created=3))


def test_a_uid_that_is_kept_a_text_by_a_formula_is_that_text(cast: Cast) -> None:
    bring_in(cast.mei, "clients", 'uid,name,Desk\n"=""743073123456789125""",Alder,"=""4"""\n')

    assert client("743073123456789125").attributes == {"Desk": "4"}


@pytest.mark.parametrize("nothing", ["N/A", "-", "null", "None", "无"])
def test_a_word_for_nothing_is_no_uid(cast: Cast, nothing: str) -> None:
    done = bring_in(cast.mei, "clients", f"uid,name,email\n{nothing},Alder,a@x.example\n{nothing},Birch,b@x.example\n")

    assert done.counts == counts(created=2)
    assert {reason for *_, reason in problems(cast.mei, done)} == {"says nothing; it is read as unknown"}
    assert how_many(nothing) == 0


def test_long_numbers_of_a_workbook_are_read_as_they_are_and_errors_are_said(cast: Cast, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "list.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["uid", "name"])
        sheet.write_row(1, 0, [7430731234567891, "Alder"])
        sheet.write_row(2, 0, [7430731234567882, "Birch"])
        sheet.write_formula(3, 0, "=NA()", None, "#N/A")
        sheet.write(3, 1, "Cedar")

    done = bring_in(cast.mei, "clients", tmp_path / "list.xlsx")

    assert (client("7430731234567891").name, client("7430731234567882").name) == ("Alder", "Birch")
    assert "such as #N/A, are read as empty; in this workbook there are 1." in notes(cast.mei, done)


@pytest.mark.parametrize("last", ["合计,", "Total: 2,", "共2条记录,", "Grand total,"])
def test_a_sum_below_the_table_is_no_client(cast: Cast, last: str) -> None:
    done = bring_in(cast.mei, "clients", f"name,uid,tier\nAlder,11,VIP1\nTotal Capital,,VIP2\n{last},2\n")

    assert done.counts == counts(created=2, refused=1)
    assert problems(cast.mei, done)[0][2] == "is a sum, and no row of its own"


@pytest.mark.parametrize(
    ("kind", "text", "column"),
    [
        (
            "daily_activity",
            "uid,day,volume,fees\n0001,2026-01-01,12,none yet\n0001,2026-01-02,13,later\n0001,2026-01-03,14,5\n",
            "fees",
        ),
        ("tasks", "uid,title,priority\n0001,Call,blue\n0001,Write,green\n0001,Visit,High\n", "priority"),
    ],
)
def test_a_column_whose_cells_mostly_do_not_fit_is_not_dropped_silently(
    cast: Cast, kind: str, text: str, column: str
) -> None:
    done = bring_in(cast.mei, kind, text)

    assert done.counts == counts(created=1, refused=2)
    assert {named for _, named, _ in problems(cast.mei, done)} == {column}
    assert f"“{column}” is called like" in notes(cast.mei, done)


def test_a_column_of_a_client_list_whose_cells_mostly_do_not_fit_is_kept_and_said(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", "uid,name,status\n11,Alder,qualified\n12,Birch,nurturing\n")

    assert client("11").attributes == {"status": "qualified"}
    assert "“status” is called like Status, but most of its cells" in notes(cast.mei, done)


@pytest.mark.parametrize("written", ["abc", "12345", "138 0013 8000"])
def test_a_number_that_cannot_be_dialled_from_everywhere_is_kept_and_said(cast: Cast, written: str) -> None:
    done = bring_in(cast.mei, "clients", f"uid,name,phone\n11,Alder,{written}\n12,Birch,+8613800138000\n")

    assert done.counts == counts(created=2)
    assert problems(cast.mei, done) == [
        (2, "Phone", "is not a number with the code of its country; it is kept as it is")
    ]


def test_several_remarks_on_one_row_are_one_line_of_the_certificate(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", "uid,name,phone,mobile\n11,Alder,pager,fax\n12,Birch,,\n")

    assert done.counts == counts(created=2)
    assert [(line, column) for line, column, _ in problems(cast.mei, done)] == [(2, "Phone")]
