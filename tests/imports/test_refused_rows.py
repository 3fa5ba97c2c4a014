"""What is refused comes back as a file: to be mended, dropped in again, and opened in a spreadsheet without harm."""

import pytest

from crm import db, imports
from crm.imports import certificate
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, staged
from tests.imports.test_clients import client


def test_refused_rows_are_mended_and_go_in(cast: Cast) -> None:
    done = bring_in(
        cast.mei, "clients", "uid,name,Desk,birthday\n7.4E+17,Alder,4,\n12,Birch,5,1980-02-31\n13,Cedar,6,1980-01-01\n"
    )
    with db.read() as session:
        name, content = imports.refused_file(session, cast.mei, done.batch.id)

    mended = content.decode("utf-8-sig").replace("7.4E+17", "11").replace("02-31", "02-03")
    again = bring_in(cast.mei, "clients", mended, name=name)

    assert again.counts == counts(created=2)
    assert client("11").attributes == {"Desk": "4"}


@pytest.mark.parametrize("written", ["=HYPERLINK(1)", "'=HYPERLINK(1)", "＝cmd", "-cmd"])
def test_refused_rows_are_harmless_in_a_spreadsheet_and_come_back_as_they_were(cast: Cast, written: str) -> None:
    rows = f"uid,name,birthday\n12,{written},1980-02-31\n13,{written},1980-02-03\n"
    done = bring_in(cast.mei, "clients", rows)
    with db.read() as session:
        name, content = imports.refused_file(session, cast.mei, done.batch.id)

    text = content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith(f"12,'{written.removeprefix(chr(39))},1980-02-31,")
    bring_in(cast.mei, "clients", text.replace("02-31", "02-03"), name=name)

    assert client("12").name == client("13").name == written.removeprefix("'")


def test_refused_rows_keep_the_delimiter_of_their_file(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", "uid;name;notes\n7.4E+17;Alder;a, b\n12;Birch;c\n")
    with db.read() as session:
        name, content = imports.refused_file(session, cast.mei, done.batch.id)

    text = content.decode("utf-8-sig")
    again = bring_in(cast.mei, "clients", text.replace("7.4E+17", "11"), name=name)

    assert text.splitlines()[0] == "uid;name;notes;拒绝原因"  # Mei reads Chinese
    assert (again.counts, client("11").notes) == (counts(created=1), "a, b")


def test_refused_rows_can_be_fetched_before_anything_is_applied(cast: Cast) -> None:
    batch = staged(cast.mei, "clients", b"uid,name\n7.43E+17,Ann\n7.44E+17,Bob\n")

    with db.read() as session:
        _, content = imports.refused_file(session, cast.mei, batch.id)

    assert content.decode("utf-8-sig").splitlines()[0] == "uid,name,拒绝原因"
    assert [line.split(",")[:2] for line in content.decode().splitlines()[1:]] == [
        ["7.43E+17", "Ann"],
        ["7.44E+17", "Bob"],
    ]


def test_no_refused_row_is_lost_behind_many_remarks(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "MOST_NOTED", 3)
    rows = "".join(f"{4200 + n},Client {n},0201234567\n" for n in range(10))

    done = bring_in(cast.mei, "clients", f"uid,name,phone\n{rows}7.43E+17,Ann,\n7.44E+17,Bob,\n")

    assert done.counts == counts(created=10, refused=2)
    with db.read() as session:
        lines = [p.line for p in imports.problems_of(session, cast.mei, done.batch.id, is_error=True)]
        _, content = imports.refused_file(session, cast.mei, done.batch.id)
    assert lines == [12, 13]
    assert len(content.decode().splitlines()) == 3
