"""Texts that a file could damage, or that could be taken for something else: they come back as they were."""

import csv
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from crm import clients, db, exports, imports, reading
from crm.clients.models import AttributeDefinition, Client, ContactMethod
from crm.exports import Layout, Sheet
from crm.exports.files import WRITERS
from crm.exports.workbook import as_xlsx
from crm.ground import texts
from tests.cast import DESK, Cast
from tests.exports.odd_words import WORDS
from tests.imports.bringing import bring_in, counts, problems
from tests.imports.test_clients import client

LONG = "长🐋" * 20_000
ODD = ['="0007"', "a\rb", "a\r\nb", LONG]


def a_client(cast: Cast, uid: str, **fields: Any) -> Client:
    number = 5000 + int(uid)
    return Client(number=number, uid=uid, manager_id=cast.mei.id, **{"venue": "OKX", "name": "Ann", **fields})


@pytest.mark.parametrize("layout", list(Layout))
def test_odd_and_long_texts_come_back_whole(cast_on_duckdb: Cast, tmp_path: Path, layout: Layout) -> None:
    cast = cast_on_duckdb
    with db.write(by=DESK) as session:
        session.add(AttributeDefinition(name="Remark", label="Remark"))
        session.add_all(
            a_client(cast, str(n), notes=text, attributes={"Remark": text}) for n, text in enumerate(ODD, start=1)
        )
    path = tmp_path / f"clients.{layout}"
    exports.write_file(cast.mei, "clients", path, layout=layout)

    again = bring_in(cast.mei, "clients", path)
    with db.write(by=DESK) as session:
        for one in session.exec(select(Client).where(Client.name == "Ann")):
            session.delete(one)
    anew = bring_in(cast.mei, "clients", path)

    assert again.counts == counts(unchanged=len(ODD) + 2)
    assert anew.counts == counts(created=len(ODD), unchanged=2)
    assert [(client(str(n)).notes, client(str(n)).attributes) for n in range(1, len(ODD) + 1)] == [
        (text, {"Remark": text}) for text in ODD
    ]


def test_the_rest_of_a_long_text_is_no_table_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with path.open("wb") as file:
        as_xlsx(Sheet("notes", ("uid", "notes"), [("1", LONG), ("2", "short"), ("3", "=" + LONG)]), file)

    [table] = reading.read(path)

    assert list(table.rows()) == [["1", LONG], ["2", "short"], ["3", "=" + LONG]]
    assert table.notes == []


def test_an_attribute_that_a_workbook_cut_off_does_not_take_the_place_of_the_whole(cast_on_duckdb: Cast) -> None:
    mei = cast_on_duckdb.mei
    bring_in(mei, "clients", f"uid,name,Club\n1001,Ann,{LONG}\n")

    again = bring_in(mei, "clients", f'uid,name,Club\n1001,Ann,"{LONG[:30_000] + texts.CUT}"\n')

    assert again.counts == counts(unchanged=1)
    assert client("1001").attributes == {"Club": LONG}
    assert problems(mei, again) == [(2, "Club", "was cut off by a workbook and is not read")]


def test_attributes_called_like_fields_and_other_contacts_stay_what_they_are(
    cast_on_duckdb: Cast, tmp_path: Path
) -> None:
    cast, kept = cast_on_duckdb, {"Phone": "none", "phone_2": "x", "Notes": "No", "Twitter": "no", "First name": "A"}
    with db.write(by=DESK) as session:
        session.add_all(AttributeDefinition(name=name, label=name) for name in kept)
        session.add(a_client(cast, "1", attributes=kept))
        session.add(nameless := Client(number=6000, venue="OKX", name="Bo", manager_id=cast.mei.id))
        session.add(ContactMethod(client_id=nameless.id, kind="other", value="Signal: bo.42"))
    path = tmp_path / "clients.csv"
    exports.write_file(cast.mei, "clients", path)
    [row] = [row for row in csv.DictReader(path.open(encoding="utf-8")) if row["name"] == "Bo"]

    again = bring_in(cast.mei, "clients", path)

    assert row["other_contact"] == "Signal: bo.42"
    assert (again.counts, client("1").attributes) == (counts(unchanged=4), kept)


def test_a_venue_has_one_name_whoever_writes_it(cast_on_duckdb: Cast, tmp_path: Path) -> None:
    cast, path = cast_on_duckdb, tmp_path / "clients.csv"
    with db.write(by=cast.mei) as session:
        new = clients.NewClient(name="Ann", venue=" okex ", uid="\u200bＡ7")
        added = clients.add(session, cast.mei, new)
        assert (added.venue, added.uid) == ("OKX", "A7")
        session.add(a_client(cast, "8", venue="Gate.io"))  # as a form let it in before
    exports.write_file(cast.mei, "clients", path)

    assert bring_in(cast.mei, "clients", path).counts == counts(unchanged=4)


@pytest.mark.parametrize("layout", [Layout.CSV, Layout.JSON, Layout.XLSX])
def test_refused_rows_with_any_text_are_mended_and_go_in_as_they_were(
    cast_on_duckdb: Cast, tmp_path: Path, layout: Layout
) -> None:
    mei, path = cast_on_duckdb.mei, tmp_path / f"list.{layout}"
    words = [word.strip() for word in (*WORDS, LONG) if word.strip() not in ("uid", "name") and "(cut:" not in word]
    rows = [{"uid": f"A{n}", "name": "Ann", "notes": word, "tier": "VIP 99"} for n, word in enumerate(words)]
    sheet = Sheet("clients", list(rows[0]), [list(row.values()) for row in rows])
    with path.open("wb") as file:
        WRITERS[layout](sheet, file)
    first = bring_in(mei, "clients", path)
    with db.read() as session:
        name, content = imports.refused_file(session, mei, first.batch.id)

    mended = bring_in(mei, "clients", content.decode().replace("VIP 99", "VIP 9"), name=name)

    assert (first.counts, mended.counts) == (counts(refused=len(words)), counts(created=len(words)))
    assert [client(f"A{n}").notes for n in range(len(words))] == words
