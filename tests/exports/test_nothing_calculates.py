"""Whatever stands in a list: no program that opens the file calculates it, and the file says who took it."""

import csv
import io
import re
import unicodedata
import zipfile
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pyarrow import parquet
from sqlmodel import select

from crm import clients, db, exports
from crm.clients.models import Client
from crm.exports import Layout, Sheet
from crm.ground import texts
from tests.cast import Cast
from tests.imports.bringing import bring_in, problems
from tests.share import examples

ATTACKS = (
    "x\r=cmd|' /C calc'!A0",
    "x\r\n=1+1",
    "\n=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\ufe0f\u061c=1+1",
    "\u3164@SUM(1)",
    "  =1+1",
    "\u00a0+1+1",
    "t;=1+1",
    "t\t-1+1|x",
    'a";=1+1',
    "'\n=1",
    "a;\u2060'=1+1",
    "\u2060'=1+1",
    " '=1+1",
    "'\u200b'=1",
    "a,-5",
    "=1\r\r\n\n;;=2",
)
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
PARTS = st.sampled_from([*"=+-@'\";,\t\r\n ab1", "\u2060", "\u2060'", "\ufeff", "\u200b", "\uff1d", "\u3000"])
ODD = st.lists(PARTS, max_size=9).map("".join)


def written(*rows: list[str]) -> str:
    target = io.BytesIO()
    exports.as_csv(Sheet("odd", ["a", "b", "=c"], rows), target)
    return target.getvalue().decode()


def calculated(text: str) -> list[str]:
    """What begins like a formula for some program, whatever parts its cells and ends its lines, in quotes or not."""
    cells = []
    for delimiter, end in product(",;\t", ("\n", "\r", "\r\n", "\r|\n")):
        lines = [re.sub("[\r\n]", "\v", line) for line in re.split(end, text)]  # csv takes a single end for a fault
        cells += [cell for row in csv.reader([f"{line}\n" for line in lines], delimiter=delimiter) for cell in row]
        cells += [cell.removeprefix('"').removesuffix('"') for line in lines for cell in line.split(delimiter)]
    return [cell for cell in cells if _seen(cell)[:1] in tuple("=+-@＝＋－＠") and not NUMBER.fullmatch(cell)]


def _seen(cell: str) -> str:
    return "".join(c for c in cell if unicodedata.category(c)[0] not in "CZ" and c not in "\ufe0f\u3164")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_csv_begins_a_formula_however_it_is_read(attack: str) -> None:
    assert calculated(written([attack, "b", attack], ["a", attack, "c"])) == []


@hypothesis_settings(max_examples=examples(300), deadline=None)
@given(ODD, ODD)
def test_nor_one_of_any_other_text_and_each_is_read_again_as_it_was(first: str, second: str) -> None:
    assert calculated(written([first, second, first])) == []
    for text in (first, second):
        assert texts.unguarded(texts.harmless(text)) == text
        assert texts.unguarded(texts.guarded(text)) == text


@pytest.mark.parametrize("layout", list(Layout))
def test_an_attack_in_a_note_comes_back_as_it_was(cast: Cast, layout: Layout, tmp_path: Path) -> None:
    path = tmp_path / f"clients.{layout}"
    with db.write(by=cast.mei) as session:
        for place, attack in enumerate(ATTACKS):
            session.add(_client(cast, place, attack))
    exports.write_file(cast.mei, "clients", path, layout=layout)
    before = _notes()

    done = bring_in(cast.mei, "clients", path)

    assert (done.counts.unchanged, problems(cast.mei, done)) == (done.counts.rows, [])
    with db.write(by=cast.mei) as session:
        for client in session.exec(select(Client).where(Client.venue == "Kraken")):
            client.notes = "gone"
    bring_in(cast.mei, "clients", path)
    assert _notes() == before


def _client(cast: Cast, place: int, attack: str) -> Client:
    return Client(
        number=7000 + place,
        venue="Kraken",
        uid=f"k{place}",
        name=f"Client {place}",
        notes=attack.strip(texts.BLANKS),
        tags=clients.values.tags([attack.strip(texts.BLANKS)]),
        manager_id=cast.mei.id,
    )


def _notes() -> dict[str | None, str]:
    with db.read() as session:
        found = session.exec(select(Client).where(Client.venue == "Kraken"))
        return {client.uid: client.notes.strip(texts.BLANKS) for client in found}


def test_a_file_that_is_found_says_who_took_it(cast: Cast) -> None:
    name, workbook = exports.download(cast.mei, "clients", layout=Layout.XLSX)
    _, rows = exports.download(cast.mei, "clients", layout=Layout.PARQUET)
    numbers = exports.hand_out(cast.mei, Sheet("whose_call", ["a"], [["b"]]), Layout.PARQUET)

    assert name == "clients_mei@desk.example_2026-03-16.xlsx"
    assert _creator(workbook) == "mei@desk.example"
    for content in (rows, numbers):
        assert parquet.read_metadata(io.BytesIO(content)).metadata[b"exported_by"] == b"mei@desk.example"


def _creator(workbook: bytes) -> str:

    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        found = re.search(r"<dc:creator>(.*?)</dc:creator>", file.read("docProps/core.xml").decode())
    return found[1] if found else ""
