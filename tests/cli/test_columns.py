"""crm import --column, --erase and --sheet: what a person says of the columns and tables of a file."""

from pathlib import Path

from sqlmodel import select

from crm import db
from crm.clients.models import Client
from tests.cast import Cast
from tests.cli.conftest import Crm
from tests.cli.test_files import GOOD, names, written
from tests.imports.bringing import zipped


def client(uid: str) -> Client:
    with db.read() as session:
        return session.exec(select(Client).where(Client.uid == uid)).one()


def test_a_column_means_what_is_said(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, "uid,Wie=heisst,country\n0100,Acorn,Norway\n")

    tried = crm("import", "clients", path, "--column", "wie=HEISST=Name", "--column", "country=", "--dry-run", "--json")
    done = crm("import", "clients", path, "--column", "wie=HEISST=Name", "--column", "country=")

    assert (tried.result["created"], done.code) == (1, 0)
    assert (client("0100").name, client("0100").country) == ("Acorn", None)


def test_who_is_named_takes_the_field_from_the_column_that_was_thought_to_say_it(
    cast: Cast, crm: Crm, tmp_path: Path
) -> None:
    path = written(tmp_path, "uid,name,Beiname\n0100,Acorn,Oak\n")

    said = crm("import", "clients", path, "--column", "Beiname=name")

    assert (said.code, client("0100").name) == (0, "Oak")


def test_columns_without_a_header_are_called_as_the_note_says(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    crm("import", "clients", written(tmp_path, GOOD, "first.csv"))
    path = written(tmp_path, "0100,a@acorn.example,7\n0101,b@birch.example,8\n")

    said = crm("import", "clients", path, "--column", "column_1=uid", "--column", "column_2=email")

    # Until a file in which nothing needed was understood is staged, the sentence comes before anybody is heard.
    assert said.code == 0 or "understood as" in said.err


def test_a_wrong_column_or_field_gets_those_that_are_there(cast_on_duckdb: Cast, crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)

    column, field, none = (
        crm("import", "clients", path, "--column", word) for word in ("x=name", "name=colour", "name")
    )

    assert "no one column “x” in this file; it has uid, name, email." in column.err
    assert "cannot be “colour”; choose one of venue, uid, name" in field.err
    assert "write it as name=name" in none.err
    assert names().isdisjoint({"Acorn"})


def test_empty_cells_erase_by_the_header_that_the_file_has(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    crm("import", "clients", written(tmp_path, "uid,name,notes,country\n0100,Acorn,Old,Norway\n", "first.csv"))
    path = written(tmp_path, "uid,备注,Wohnort\n0100,,\n")

    said = crm(
        "import", "clients", path, "--column", "Wohnort=country", "--erase", "备注", "--erase", "wohnort", "--json"
    )

    assert (said.code, said.result["changed"]) == (0, 1)
    assert (client("0100").notes or None, client("0100").country) == (None, None)


def test_a_file_of_one_table_is_called_as_the_person_calls_it(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)

    wrong, right = crm("import", "clients", path, "--sheet", "X"), crm("import", "clients", path, "--sheet", path.name)

    assert wrong.err.strip() == "“clients.csv” has no table called “X”; it has clients.csv."
    assert right.code == 0


def test_where_the_first_table_is_no_list_of_the_kind_the_others_are_named(
    cast: Cast, crm: Crm, tmp_path: Path
) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(a="colour,size\nred,9\n", b="uid,name,birthday\n0100,Acorn,03/04/1980\n"))

    for words in (["--dry-run"], []):
        said = crm("import", "clients", path, *words)
        assert "“all.zip” has a.csv, b.csv: choose one with --sheet." in said.err
        assert "--sheet" not in crm("import", "clients", path, "--sheet", "b.csv", *words).err
    assert crm("import", "clients", path, "--sheet", "b.csv", "--date-order", "dmy", "--column", "name=").code == 0
