"""A file of several tables, a ZIP or a workbook: one is taken, the others are named, and another can be chosen."""

import io

import pytest
import xlsxwriter

from crm import db, imports
from crm.ground.errors import InvalidError
from crm.imports import Options
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, staged, zipped
from tests.imports.test_clients import client

PACKED = {"clients": "uid,name\n11,Alder\n", "tasks": "title,uid\nCall,0001\n"}


def test_every_table_of_a_zip_is_offered_and_none_is_silently_left_out(cast: Cast) -> None:
    batch = staged(cast.mei, None, zipped(**PACKED), "all.zip")

    with db.write(by=cast.mei) as session:
        notes, tables = (
            list(map(str, imports.notes_of(session, cast.mei, batch.id))),
            imports.tables_of(session, cast.mei, batch.id),
        )
        other = imports.stage_table(session, cast.mei, batch.id, "tasks.csv")

    assert batch.kind == "clients"
    assert tables == ["clients.csv", "tasks.csv"]
    assert "This is the table “clients.csv” of the file. Not read with it: tasks.csv." in notes
    assert (other.kind, other.mapping["table"]) == ("tasks", "tasks.csv")
    assert imports.apply(cast.mei, other.id).counts == counts(created=1)


def test_the_kind_that_is_asked_for_chooses_among_the_tables(cast: Cast) -> None:
    done = bring_in(cast.mei, "tasks", zipped(**PACKED), name="all.zip")

    assert done.counts == counts(created=1)
    assert done.batch.mapping["table"] == "tasks.csv"


def test_a_sheet_is_chosen_by_its_name_and_can_be_changed(cast: Cast) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for title, uid, name in (("2025", "11", "Alder"), ("2026", "12", "Birch")):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, ["uid", "name"])
            sheet.write_row(1, 0, [uid, name])

    done = bring_in(cast.mei, "clients", content.getvalue(), name="book.xlsx", sheet="2026")
    batch = staged(cast.mei, "clients", content.getvalue(), "book.xlsx", sheet="2026")
    with db.write(by=cast.mei) as session:
        options = Options(sheet="2025")
        imports.remap(session, cast.mei, batch.id, version=batch.version, fields={}, options=options)
    with db.read() as session:
        seen = imports.preview(session, cast.mei, batch.id)

    assert (done.counts, client("12").name) == (counts(created=1), "Birch")
    assert (seen.counts, seen.lines[0].name, seen.seen_before) == (counts(created=1), "Alder", None)
    with pytest.raises(InvalidError, match="has no table called “2027”; it has 2025, 2026"):
        staged(cast.mei, "clients", content.getvalue(), "book.xlsx", sheet="2027")
