"""What lies between the rows of a list, and what its file does not say."""

import json
import shutil
from pathlib import Path

import pytest
import xlsxwriter
from sqlmodel import select

from crm import db, imports
from crm.clients.models import ContactMethod
from crm.ground import texts
from crm.ground.errors import InvalidError
from crm.people import Person
from crm.trading.models import Fill
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems, staged
from tests.imports.test_applying import how_many
from tests.imports.test_clients import client


def notes(who: Person, done: imports.Certificate) -> str:
    with db.read() as session:
        return " ".join(map(str, imports.notes_of(session, who, done.batch.id)))


def is_certain(who: Person, content: bytes) -> bool:
    batch = staged(who, None, content)
    with db.read() as session:
        return imports.is_certain(session, who, batch.id)


def test_the_header_once_more_and_a_sum_are_no_rows(cast_on_duckdb: Cast) -> None:
    text = "UID,Name,Tier\n1001,Ann,VIP1\nUID,Name,Tier\n1003,Bob,VIP2\nTotal,2,\n合计,,\n"

    done = bring_in(cast_on_duckdb.mei, "clients", text + "1004,Cy,VIP1\n")

    assert done.counts == counts(created=3, refused=3)
    assert [(line, reason) for line, _, reason in problems(cast_on_duckdb.mei, done)] == [
        (3, "is the header once more"),
        (5, "is a sum, and no row of its own"),
        (6, "is a sum, and no row of its own"),
    ]


def test_sums_of_figures_are_no_accounts(cast_on_duckdb: Cast) -> None:
    text = f"UID,Date,Volume\n{cast_on_duckdb.harbour.uid},2026-03-14,100\nGrand total,2026-03-14,100\n"

    assert bring_in(cast_on_duckdb.mei, "daily_activity", text).counts == counts(created=1, refused=1)


@pytest.mark.parametrize("last", ["920", "92006", "92006,"])
def test_a_last_row_that_was_cut_off_is_refused_and_not_taken_for_a_remark(cast_on_duckdb: Cast, last: str) -> None:
    rows = "".join(f"920{n:02},Client {n},PL,ok\n" for n in range(1, 6))

    done = bring_in(cast_on_duckdb.mei, "clients", f"uid,name,country,notes\n{rows}{last}")

    assert done.counts == counts(created=5, refused=1)
    assert [line for line, *_ in problems(cast_on_duckdb.mei, done)] == [7]


def test_every_list_of_a_json_file_can_be_chosen(cast_on_duckdb: Cast) -> None:
    ann, bob, cy = ({"uid": f"100{n}", "name": name} for n, name in enumerate(("Ann", "Bob", "Cy")))
    text = json.dumps({"data": {"active": [ann, bob], "dormant": [cy]}})

    done = bring_in(cast_on_duckdb.mei, "clients", text, name="lists.json")
    other = bring_in(cast_on_duckdb.mei, "clients", text, name="lists.json", sheet="data.dormant")

    assert (done.counts, other.counts) == (counts(created=2), counts(created=1))
    assert "Not read with it: data.dormant" in notes(cast_on_duckdb.mei, done)


def test_letters_of_one_byte_are_a_guess_and_told(cast_on_duckdb: Cast) -> None:
    text = "UID,Name\n1001,Şükrü Yıldız\n1002,Gökçe Öztürk\n"

    assert is_certain(cast_on_duckdb.mei, text.encode())
    assert not is_certain(cast_on_duckdb.mei, text.encode("cp1254"))
    assert "look at the names" in notes(
        cast_on_duckdb.mei, bring_in(cast_on_duckdb.mei, "clients", text.encode("cp1254"))
    )


def test_a_cell_that_is_merged_over_rows_counts_for_each(cast_on_duckdb: Cast, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "list.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Manager", "UID", "Name"])
        sheet.merge_range(1, 0, 3, 0, "Tomas Berg")
        for row in range(1, 5):
            sheet.write_row(row, 1, [f"100{row}", f"Client {row}"])
        sheet.write(4, 0, "Mei Lin")

    done = bring_in(cast_on_duckdb.nadia, "clients", tmp_path / "list.xlsx")

    managers = [client(f"100{row}").manager_id for row in range(1, 5)]
    assert managers == [cast_on_duckdb.tomas.id] * 3 + [cast_on_duckdb.mei.id]
    assert "merged over several rows" in notes(cast_on_duckdb.nadia, done)


@pytest.mark.parametrize(
    "header",
    [
        "客戶編號,客戶名稱,會員等級",
        "Person - UID,Person - Name,Person - VIP Level",
        "client.uid,client.name,client.tier",
    ],
)
def test_other_names_of_columns_are_understood(cast_on_duckdb: Cast, header: str) -> None:
    bring_in(cast_on_duckdb.mei, "clients", f"{header}\n1001,Ann,VIP2\n")

    assert (client("1001").name, client("1001").tier) == ("Ann", "VIP2")


def test_a_zone_behind_the_name_of_a_column_is_no_part_of_it(cast_on_duckdb: Cast) -> None:
    text = f"uid,Time(UTC+8),symbol,price,quantity\n{cast_on_duckdb.harbour.uid},2025-03-04 20:00:00,BTCUSDT,1,1\n"
    assert bring_in(cast_on_duckdb.mei, "trades", text).counts == counts(created=1)
    with db.read() as session:
        assert session.exec(select(Fill)).one().traded_at.isoformat() == "2025-03-04T12:00:00+00:00"


@pytest.mark.parametrize("written", ["+44 (0)20 7123 4567", "+442071234567", "0044 (0) 20 7123 4567"])
def test_the_nought_that_is_dialled_inside_the_country_is_no_part_of_a_number(
    cast_on_duckdb: Cast, written: str
) -> None:
    bring_in(cast_on_duckdb.mei, "clients", "uid,name,phone\n1001,Ann,+442071234567\n")

    again = bring_in(cast_on_duckdb.mei, "clients", f"name,phone\nAnn,{written}\n")

    assert again.counts == counts(unchanged=1)


def test_an_address_that_is_a_link_leads_to_the_same_client(cast_on_duckdb: Cast) -> None:
    bring_in(cast_on_duckdb.mei, "clients", "name,email,telegram\nAnn,ann@x.example,ann_low\n")

    again = bring_in(
        cast_on_duckdb.mei, "clients", "name,email,telegram\nAnn,mailto:ann@x.example,https://t.me/ann_low\n"
    )

    assert again.counts == counts(unchanged=1)


def test_a_kept_mapping_says_of_which_kind_a_file_is(cast_on_duckdb: Cast) -> None:
    text = "Kunde,Nr\nAnn,1001\n"
    batch = staged(cast_on_duckdb.mei, "clients", text.encode())
    with db.write(by=cast_on_duckdb.mei) as session:
        imports.remap(
            session,
            cast_on_duckdb.mei,
            batch.id,
            version=batch.version,
            fields={0: "name", 1: "uid"},
            options=imports.Options(),
        )
        imports.keep_mapping(session, cast_on_duckdb.mei, batch.id, "Kunden")

    again = bring_in(cast_on_duckdb.mei, None, "Kunde,Nr\nBob,1002\n")

    assert (again.batch.kind, again.counts) == ("clients", counts(created=1))


def test_a_file_that_changes_while_it_is_copied_is_not_kept(
    cast_on_duckdb: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "growing.csv"
    place.write_text("uid,name\n1001,Ann\n")
    copyfile = shutil.copyfile

    def meanwhile(source: Path, target: Path) -> None:
        copyfile(source, target)
        place.write_text("uid,name\n1001,Ann\n1002,Bob\n")

    monkeypatch.setattr(shutil, "copyfile", meanwhile)
    with pytest.raises(InvalidError, match="was changed while it was read"):
        staged(cast_on_duckdb.mei, "clients", place)


def test_a_column_that_looks_like_a_formula_comes_back_as_itself(cast_on_duckdb: Cast) -> None:
    bring_in(cast_on_duckdb.mei, "clients", "uid,name,=SUM(A1)\n1001,Ann,x\n")

    bring_in(cast_on_duckdb.mei, "clients", "uid,name,'=SUM(A1)\n1001,Ann,x\n")

    assert client("1001").attributes == {"=SUM(A1)": "x"}
    assert how_many("1001") == 1


def test_several_handles_in_a_cell_are_each_without_their_sign(cast_on_duckdb: Cast) -> None:
    bring_in(cast_on_duckdb.mei, "clients", "uid,name,telegram\n1001,Ann,@ann;https://t.me/ann_low\n")

    with db.read() as session:
        found = session.exec(select(ContactMethod.value).where(ContactMethod.client_id == client("1001").id)).all()
    assert set(found) == {"ann", "ann_low"}


def test_a_colleague_is_known_without_the_accents_of_the_name(cast: Cast) -> None:
    with db.write(by=cast.ada) as session:
        session.get_one(Person, cast.tomas.id).name = "Tomáš Dvořák"

    bring_in(cast.nadia, "clients", "uid,name,manager\n1001,Ann,Tomas Dvorak\n")

    assert client("1001").manager_id == cast.tomas.id


def test_whoever_knows_better_says_what_is_in_a_file(cast: Cast) -> None:
    text = f"uid,date,channel,summary\n{cast.harbour.uid},2026-03-01,call,Asked for a fee schedule\n"
    batch = staged(cast.mei, "clients", text.encode())
    with db.write(by=cast.mei) as session:
        imports.remap(
            session, cast.mei, batch.id, version=batch.version, fields={}, options=imports.Options(kind="interactions")
        )

    done = imports.apply(cast.mei, batch.id)

    assert (done.batch.kind, done.counts) == ("interactions", counts(created=1))


def test_notes_that_a_workbook_cut_off_do_not_take_the_place_of_the_whole(cast_on_duckdb: Cast) -> None:
    whole = "tea " * 20_000
    bring_in(cast_on_duckdb.mei, "clients", f"uid,name,notes\n1001,Ann,{whole}\n")

    again = bring_in(cast_on_duckdb.mei, "clients", f'uid,name,notes\n1001,Ann,"{whole[:32000] + texts.CUT}"\n')

    assert again.counts == counts(unchanged=1)
    assert client("1001").notes == whole.strip()
    assert [reason for *_, reason in problems(cast_on_duckdb.mei, again)] == [
        "was cut off by a workbook and is not read"
    ]
