"""What crm import says of a file: the same in a dry run and in a real one, and only what holds."""

import zipfile
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.cli.conftest import Crm
from tests.cli.test_files import GOOD, MIXED, written

KNOWN = "uid,name,email,status\n0100,Acorn,a@acorn.example,active\n0101,Birch,b@birch.example,closed\n"
RESEMBLING = "uid,name,email\n0200,Acorn Ltd,\n0101,Birch,\n,Acorne,a@acorn.example\n7.43E+17,Cedar,\n"


def test_a_dry_run_tells_every_remark_that_the_real_run_tells(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    crm("import", "clients", written(tmp_path, KNOWN, "known.csv"))
    path = written(tmp_path, RESEMBLING)

    tried, shown = (
        crm("import", "clients", path, "--dry-run", "--json").result,
        crm("import", "clients", path, "--dry-run"),
    )
    done = crm("import", "clients", path, "--json").result

    assert {problem["line"] for problem in tried["problems"]} >= {2, 3, 5}
    for key in ("problems", "problems_total", "matched", "created", "changed", "refused", "notes"):
        assert tried[key] == done[key], key
    assert "is called like Acorn (0100), who is here already" in shown.out
    assert "is a client who is closed" in shown.out


def test_rows_are_counted_by_the_key_that_they_were_found_by(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    crm("import", "clients", written(tmp_path, KNOWN, "known.csv"))
    path = written(tmp_path, "uid,name,email,city\n0100,,,Oslo\n,,b@birch.example,Bern\n0300,Dogwood,,Rome\n")

    tried, done = crm("import", "clients", path, "--dry-run"), crm("import", "clients", path, "--json")

    assert "Matched by: e-mail 1, UID 1." in tried.out
    assert done.result["matched"] == {"uid": 1, "email": 1}


def test_a_dry_run_says_what_would_be(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, MIXED)

    tried, done = crm("import", "clients", path, "--dry-run"), crm("import", "clients", path)

    assert (
        "1 would be created, 0 would be changed, 0 would stay unchanged, 1 would be refused, 1 duplicate" in tried.out
    )
    assert "1 created, 0 changed, 0 unchanged, 1 refused, 1 duplicate" in done.out


def test_of_many_remarks_the_first_are_printed_and_json_holds_all(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, "uid,name\n" + "0100,Acorn\n" * 1201)

    for words in (("--dry-run",), ()):
        said = crm("import", "clients", path, *words)
        assert said.out.count("  line ") == 20
        assert "... and 1,180 more; --json gives them." in said.out
    assert len(crm("import", "clients", path, "--json").result["problems"]) == 1200


def test_what_was_read_of_a_file_is_said(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("east.csv", "uid,name\n0100,Acorn\n")
        packed.writestr("west.csv", "uid,name\n0101,Birch\n")
    note = "This is the table “east.csv” of the file. Not read with it: west.csv."

    tried, done = crm("import", "clients", path, "--dry-run"), crm("import", "clients", path, "--json")

    assert f"\n  {note}\n" in tried.out
    assert note in done.result["notes"]


def test_trades_are_found_by_their_uid_in_a_dry_run_and_a_real_one(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, "uid,day,volume usd\n0001,2026-03-01,5\n")
    crm("import", "daily_activity", path)

    tried, done = (crm("import", "daily_activity", path, *words, "--json") for words in (["--dry-run"], []))

    assert tried.result["matched"] == done.result["matched"] == {"uid": 1}


def test_a_file_that_was_applied_before_is_known_again(cast: Cast, crm: Crm, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    first = crm("import", "clients", path, "--json").result

    again, plain = crm("import", "clients", path), crm("import", "clients", path, "--dry-run", "--json").result

    assert first["seen_before"] is None
    assert "This very file was applied before, on 20" in again.out
    assert plain["seen_before"]["change_set"] == first["change_set"]


@pytest.mark.parametrize(
    ("text", "mode", "sentence"),
    [
        (GOOD, "add-and-change", "Nothing is to be changed: every row is here already, as it is in the file."),
        (
            f"{GOOD}7.43E+17,Cedar,\n",
            "add-and-change",
            "Nothing is to be changed: every other row is here already, as it is in the file.",
        ),
        (
            GOOD.replace("Acorn", "Oak"),
            "add",
            "Nothing is to be added: every row is here already, and stays as it is even where the file says otherwise.",
        ),
    ],
    ids=["all the same", "one refused", "only to be added"],
)
def test_a_file_of_which_nothing_is_new_is_told_what_holds(
    cast: Cast, crm: Crm, tmp_path: Path, text: str, mode: str, sentence: str
) -> None:
    crm("import", "clients", written(tmp_path, GOOD, "first.csv"))

    said = crm("import", "clients", written(tmp_path, text), "--mode", mode)

    assert [line.strip() for line in said.out.splitlines() if "Nothing" in line] == [sentence]
