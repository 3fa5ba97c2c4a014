"""crm import, undo, export and read: what they say, and with which code they end."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from crm import db, journal, upkeep
from crm.cli.filing import ModeName
from crm.clients.models import Client
from crm.exports import EXPORTS
from crm.intake import KINDS, Mode
from tests.cast import Cast
from tests.cli.conftest import Crm
from tests.imports.bringing import zipped

OUTCOMES = ("created", "changed", "unchanged", "refused", "duplicate")


def written(folder: Path, text: str, name: str = "clients.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def names() -> set[str]:
    with db.read() as session:
        return set(session.exec(select(Client.name)).all())


def last_seq() -> int:
    with db.read() as session:
        return journal.data_version(session)


GOOD = "uid,name,email\n0100,Acorn,a@acorn.example\n0101,Birch,b@birch.example\n"
MIXED = "uid,name,email\n0100,Acorn,\n7.43E+17,Beech,\n0100,Again,\n"


def test_the_names_on_the_command_line_are_those_of_the_rooms() -> None:
    assert {mode.value for mode in ModeName} == {mode.value for mode in Mode}


def test_a_list_that_no_room_registers_is_wrong_usage_and_tells_which_there_are(cast: Cast, crm: Crm) -> None:
    said = crm("export", "secrets", "-")

    assert (said.code, said.out) == (2, "")
    assert all(name in " ".join(said.err.split()) for name in EXPORTS)
    assert {"clients", "trades", "daily_activity", "balances", "interactions", "tasks", "managers"} <= set(EXPORTS)


def test_an_unknown_kind_is_answered_with_those_that_the_rooms_register(crm: Crm) -> None:
    said = crm("import", "recipes", "x.csv")

    assert said.code == 2
    assert [kind for kind in KINDS if kind not in said.err] == []


def test_an_import_says_what_became_of_every_row(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    said = crm("import", "clients", written(tmp_path, MIXED), "--json")

    assert (said.code, said.err) == (3, "")
    assert said.result["rows"] == sum(said.result[outcome] for outcome in OUTCOMES) == 3
    assert (said.result["created"], said.result["refused"], said.result["duplicate"]) == (1, 1, 1)
    refused = next(problem for problem in said.result["problems"] if problem["is_error"])
    assert (refused["line"], refused["value"]) == (3, "7.43E+17")
    assert "Acorn" in names()


def test_the_same_file_again_changes_nothing(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)

    first, second = crm("import", "clients", path, "--json"), crm("import", "clients", path, "--json")

    assert (first.code, first.result["created"]) == (0, 2)
    assert (second.code, second.result["unchanged"], second.result["change_set"]) == (0, 2, None)


def test_undo_takes_an_import_back_once(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    change_set = crm("import", "clients", written(tmp_path, GOOD), "--json").result["change_set"]

    undone, again = crm("undo", change_set, "--json"), crm("undo", change_set)

    assert (undone.code, undone.result["conflicts"]) == (0, [])
    assert names().isdisjoint({"Acorn", "Birch"})
    assert (again.code, again.err.count("\n")) == (1, 1)


def test_undo_lists_what_somebody_changed_since(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    change_set = crm("import", "clients", written(tmp_path, GOOD), "--json").result["change_set"]
    with db.write(by=cast.mei) as session:
        session.exec(select(Client).where(Client.uid == "0100")).one().name = "Oak"

    undone = crm("undo", change_set, "--json")

    assert undone.code == 3
    assert [conflict["reason"] for conflict in undone.result["conflicts"]] != []
    assert "Oak" in names()


def test_a_dry_run_says_the_same_and_does_nothing(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    upkeep.open_store()
    before = last_seq()

    tried = crm("import", "clients", written(tmp_path, MIXED), "--dry-run", "--json")

    assert (tried.code, tried.result["created"], tried.result["refused"]) == (3, 1, 1)
    assert tried.result["change_set"] is None
    assert "Acorn" not in names()
    assert last_seq() == before


@pytest.mark.parametrize(
    "text",
    ["", "uid,name\n", "uid,name\n7.43E+17,A\n", "\x00\x01\x02\xff", "colour,size\nred,9\n"],
    ids=["empty", "header only", "every row refused", "binary", "unknown columns"],
)
def test_a_file_of_which_nothing_goes_in_ends_with_one_sentence(
    cast_on_duckdb: Cast, crm: Crm, tmp_path: Path, text: str
) -> None:
    before = names()

    said = crm("import", "clients", written(tmp_path, text), "--json")

    assert said.code == 1
    assert said.err.strip().count("\n") == 0
    assert said.err.strip().endswith(".")
    assert isinstance(said.result, dict)
    assert names() == before


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_exported_list_that_comes_back_changes_nothing(cast: Cast, crm: Crm, tmp_path: Path, ending: str) -> None:
    crm("import", "clients", written(tmp_path, "uid,name,phone,city\n0100,Acorn,+85251006906,Oslo\n", "more.csv"))
    target = tmp_path / f"clients.{ending}"

    exported, again = crm("export", "clients", target), crm("import", "clients", target, "--json")

    assert exported.code == 0
    assert (again.code, again.result["unchanged"]) == (0, 5)


def test_what_was_made_harmless_for_spreadsheets_comes_back_as_it_was(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    crm("import", "clients", written(tmp_path, 'uid,name,notes\n0100,"=Acorn, Ltd",\uff1dall\n', "more.csv"))
    target = tmp_path / "clients.csv"

    crm("export", "clients", target)
    again = crm("import", "clients", target, "--json")

    assert "'=Acorn" in target.read_text()
    assert "'\uff1dall" in target.read_text(encoding="utf-8")
    assert (again.result["unchanged"], again.result["changed"]) == (5, 0)
    assert "=Acorn, Ltd" in names()


def test_json_is_a_list_and_the_standard_output_is_a_file_too(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    said = crm("export", "clients", "--json", tmp_path / "clients.json")

    found = json.loads((tmp_path / "clients.json").read_text())
    assert said.code == 0
    assert {client["name"] for client in found} == names()


def test_an_export_needs_one_layout_and_a_place_that_can_be_written(
    cast_on_duckdb: Cast, crm: Crm, tmp_path: Path
) -> None:
    (tmp_path / "folder").write_text("a file")

    assert crm("export", "clients", "--csv", "--json", tmp_path / "x").code == 2
    refused = crm("export", "clients", tmp_path / "folder" / "clients.csv")
    assert (refused.code, "cannot be written" in refused.err) == (1, True)


def test_reading_writes_what_the_importer_reads(crm: Crm, tmp_path: Path) -> None:
    chinese = tmp_path / "名单.csv"
    chinese.write_bytes("客户编号;客户名\n001;莲花\n".encode("gb18030"))

    said = crm("read", chinese, written(tmp_path, "", "empty.csv"), "--out", tmp_path / "out", "--json")

    assert said.code == 3
    assert (tmp_path / "out" / "名单.csv").read_text("utf-8").splitlines() == ["客户编号,客户名", "001,莲花"]
    assert (tmp_path / "out" / "empty.csv").read_bytes() == b""
    assert [bool(file["error"]) for file in said.result["files"]] == [False, True]


def test_wrong_usage_is_another_code(crm: Crm) -> None:
    assert [crm(*words).code for words in (("import", "recipes", "x.csv"), ("undo", "not-an-id"), ("nonsense",))] == [
        2,
        2,
        2,
    ]


def test_an_unknown_change_set_and_a_missing_file_are_told(cast_on_duckdb: Cast, crm: Crm) -> None:
    assert "no such entry" in crm("undo", uuid4()).err
    missing = crm("import", "clients", "/nowhere/list.csv", "--json")
    assert (missing.code, missing.result) == (1, {"error": "There is no file /nowhere/list.csv."})


def test_lists_values_and_erasing_are_chosen_on_the_command_line(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    crm("import", "clients", written(tmp_path, "uid,name,tags,tier\n0100,Acorn,a;b,VIP3\n"))
    path = written(tmp_path, "uid,tags,tier\n0100,c,\n", "second.csv")
    chosen = ("--lists", "replace", "--erase", "tier", "--value", "country=Norway")

    said, again = crm("import", "clients", path, *chosen, "--json"), crm("import", "clients", path, *chosen)

    with db.read() as session:
        acorn = session.exec(select(Client).where(Client.uid == "0100")).one()
    assert (said.code, said.result["changed"]) == (0, 1)
    assert (acorn.tags, acorn.tier, acorn.country) == (["c"], None, "NO")
    assert "every row is here already" in again.out


def test_a_list_in_a_zip_is_chosen_and_a_wrong_name_gets_those_that_are_there(
    cast: Cast, crm: Crm, tmp_path: Path
) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(east="uid,name\n0100,Acorn\n", west="uid,name\n0101,Birch\n"))

    said, wrong = crm("import", "clients", path, "--sheet", "west.csv"), crm("import", "clients", path, "--sheet", "x")

    assert said.code == 0
    assert "Birch" in names() - {"Acorn"}
    assert (wrong.code, "it has east.csv, west.csv" in wrong.err) == (1, True)


def test_dates_that_can_be_read_both_ways_are_asked_about_and_answered(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, "uid,name,birthday\n0100,Acorn,03/04/1980\n")

    asked, said = crm("import", "clients", path), crm("import", "clients", path, "--date-order", "mdy")

    assert (asked.code, "day first or month first" in asked.err) == (1, True)
    with db.read() as session:
        assert str(session.exec(select(Client).where(Client.uid == "0100")).one().birthday) == "1980-03-04"
    assert said.code == 0


def test_what_an_undo_left_alone_is_called_by_its_name(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    change_set = crm("import", "clients", written(tmp_path, GOOD), "--json").result["change_set"]
    with db.write(by=cast.mei) as session:
        session.exec(select(Client).where(Client.uid == "0100")).one().name = "Oak"

    said = crm("undo", change_set)

    assert said.code == 3
    assert "1 was left alone:\n  client Oak: changed since" in said.out
