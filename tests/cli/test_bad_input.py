"""Whatever somebody drops in by mistake gets one sentence that says what is wrong; nothing of it is half written."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from crm import db, imports, upkeep
from tests.cast import Cast
from tests.cli.conftest import Crm, Said
from tests.imports.bringing import everything

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
CHINESE = "uid,name\n1,张伟\n2,王芳\n".encode()
HTML = b"<html><table><tr><td>UID</td><td>Name</td></tr><tr><td>0071</td><td>A &amp; B</td></tr></table></html>"

REFUSED = {
    "empty.csv": (b"", "is empty: there is nothing in it to import."),
    "blank.csv": (b"\n \n\n", "is empty"),
    "header.csv": (b"uid,name,email\n", "Nothing of header.csv was imported"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "is a picture (PNG), not a list"),
    "contract.xlsx": (b"%PDF-1.7\n%\xe2\xe3\n", "is a PDF document, not a list"),
    "deep.json": (b'[{"a":' * 50_000, "is nested too deeply"),
    "cut.json": (b'[{"uid": "1", "name": "Ana"}, {"uid": "2", "na', "is not whole JSON: line 1"),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
    "sign-in.xls": (b"<!DOCTYPE html><html><body><p>Please sign in</p></body></html>", "is a web page without a table"),
    "other.csv": (b"colour,size\nred,9\nblue,8\n", "No column of this file was understood as"),
    "talks.csv": (b"uid,happened_at,summary\n1,2026-03-01,Fees\n", "Nothing of talks.csv was imported"),
    "excel.csv": (b"uid,name\n7.43073E+17,Ana\n743072917935893000,Bo\n", "was damaged by a spreadsheet"),
    "random.csv": (bytes(range(256)) * 40, "is not a list but some other kind of file"),
}


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def one_sentence(said: Said) -> str:
    """What went wrong: exactly one line, a whole sentence, in both languages."""
    line = said.err.strip()
    assert said.code == 1, said
    assert "\n" not in line
    assert "Traceback" not in line + said.out
    assert line.endswith((".", "。"))
    return line


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_list_gets_its_sentence(cast_on_duckdb: Cast, crm: Crm, tmp_path: Path, name: str) -> None:
    content, sentence = REFUSED[name]
    kind = "tasks" if name == "talks.csv" else "clients"
    upkeep.open_store("")
    before = everything()

    said = crm("import", kind, written(tmp_path, name, content), "--json")

    if name == "talks.csv":  # of another kind than was said: the sentence names the column it lacks
        assert "understood as Title" in one_sentence(said)
    else:
        assert sentence in one_sentence(said)
    upkeep.reopen_store("")
    assert everything() == before


TROUBLED = {
    "a row cut in the middle": ("uid,name,email\n0801,Ana,a@x.example\n0802,Bo,b@x.example\n0803,Ch", 4, "cut off", 2),
    "a day that is none": ("uid,name,birthday\n0801,Ana,31/02/1980\n0802,Bo,13/02/1980\n", 2, "not a day", 1),
    "a day of 1900": ("uid,name,birthday\n0801,Ana,1900-01-01\n0802,Bo,1980-01-01\n", 2, "not a day", 1),
    "a UID twice": ("uid,name\n0801,Ana\n0801,Bo\n0802,Chen\n", 3, "is the same as line 2", 2),
    "a UID that Excel damaged": ("uid,name\n7.43073E+17,Ana\n0802,Bo\n", 2, "damaged by a spreadsheet", 1),
    "a UID that ends in zeros": ("uid,name\n743072917935893000,Ana\n0802,Bo\n", 2, "damaged by a spreadsheet", 1),
    "a tier that is none": ("uid,name,tier\n0801,Ana,VIP 99\n0802,Bo,VIP 2\n", 2, "is not a tier", 1),
    "a country that is none": (
        "uid,name,country\n0801,Ana,Atlantis\n0802,Bo,Norway\n0803,Chen,Peru\n",
        2,
        "not a country",
        3,
    ),
}


@pytest.mark.parametrize("what", TROUBLED)
def test_a_row_that_cannot_be_is_named_with_its_line_and_the_rest_goes_in(
    cast_on_duckdb: Cast, crm: Crm, tmp_path: Path, what: str
) -> None:
    text, line, reason, created = TROUBLED[what]

    said = crm("import", "clients", written(tmp_path, "list.csv", text.encode()), "--json").result

    assert said["created"] == created, said
    assert said["rows"] == sum(said[outcome] for outcome in ("created", "changed", "unchanged", "refused", "duplicate"))
    assert [problem["line"] for problem in said["problems"] if reason in problem["reason"]] == [line], said["problems"]


def test_amounts_that_cannot_be_are_named(cast_on_duckdb: Cast, crm: Crm, tmp_path: Path) -> None:
    text = "uid,day,volume usd\n0001,2026-03-01,-5\n0001,2026-03-02,5\n0001,2026-03-03,=1+1\n0001,1850-03-03,1\n"

    said = crm("import", "daily_activity", written(tmp_path, "days.csv", text.encode()), "--json").result

    assert (said["created"], said["refused"]) == (1, 3)
    assert [(p["line"], p["reason"]) for p in said["problems"]] == [
        (2, "is not a number of 0 or more"),
        (4, "is not a number of 0 or more"),
        (5, "is not a day that can be"),
    ]


def test_formulas_are_text_and_stay_harmless(cast_on_duckdb: Cast, crm: Crm, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "list.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["uid", "name", "notes"])
        sheet.write_row(1, 0, ["0801", "Ana"])
        sheet.write_string(1, 2, '=HYPERLINK("http://evil.example","x")')
        sheet.write_formula(2, 0, '="08"&"02"', None, "0802")
        sheet.write_row(2, 1, ["Bo", "@SUM(1)"])

    said = crm("import", "clients", tmp_path / "list.xlsx", "--json").result
    crm("export", "clients", tmp_path / "out.csv")

    assert said["created"] == 2
    exported = (tmp_path / "out.csv").read_text()
    assert "'=HYPERLINK" in exported
    assert ",0802,Bo," in exported


@pytest.mark.parametrize("name", ["old.xls", "old.csv"])
def test_a_web_page_that_an_exchange_calls_a_workbook_is_read(
    cast_on_duckdb: Cast, crm: Crm, tmp_path: Path, name: str
) -> None:
    said = crm("import", "clients", written(tmp_path, name, HTML), "--json").result

    crm("export", "clients", tmp_path / "out.csv")
    assert said["created"] == 1
    assert ",0071,A & B," in (tmp_path / "out.csv").read_text()


def test_lines_in_two_encodings_are_each_read_in_their_own(cast_on_duckdb: Cast, crm: Crm, tmp_path: Path) -> None:
    content = CHINESE + "3,李娜\n4,刘强\n".encode("gb18030")

    crm("import", "clients", written(tmp_path, "pasted.csv", content))
    crm("export", "clients", tmp_path / "out.csv")

    exported = (tmp_path / "out.csv").read_text()
    assert [name in exported for name in ("张伟", "王芳", "李娜", "刘强")] == [True] * 4


def test_a_file_that_is_cut_off_as_a_workbook_says_so(cast_on_duckdb: Cast, crm: Crm, tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("xl/workbook.xml", "<x/>" * 1000)
    whole = target.getvalue()

    assert "damaged" in one_sentence(crm("import", "clients", written(tmp_path, "list.xlsx", whole[: len(whole) // 2])))


def test_a_folder_that_cannot_be_written_is_told_and_works_again(
    cast_on_duckdb: Cast, crm: Crm, tmp_path: Path
) -> None:
    (tmp_path / "files").write_text("a file where the folder should be")
    path = written(tmp_path, "list.csv", b"uid,name\n0801,Ana\n")

    refused = crm("import", "clients", path)
    (tmp_path / "files").unlink()

    assert "nothing was imported" in one_sentence(refused)
    assert crm("import", "clients", path, "--json").result["created"] == 1


def test_a_database_that_is_damaged_or_missing_rights_is_told(
    crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path))
    broken = written(tmp_path, "broken.duckdb", os.urandom(20_000))
    path = written(tmp_path, "list.csv", b"uid,name\n0801,Ana\n")

    said = crm("import", "clients", path, "--database", f"duckdb:///{broken}")
    db.close()

    assert "duckdb" in one_sentence(said).lower() or "database" in one_sentence(said).lower()


def test_a_dry_run_of_bad_input_is_json_too(cast_on_duckdb: Cast, crm: Crm, tmp_path: Path) -> None:
    said = crm("import", "clients", written(tmp_path, "empty.csv", b""), "--dry-run", "--json")

    assert "error" in json.loads(said.out)


def test_a_file_that_changes_while_it_is_read_is_taken_as_it_was(cast_on_duckdb: Cast, tmp_path: Path) -> None:
    path = written(
        tmp_path, "list.csv", b"uid,name\n" + b"".join(b"%04d,Name %d\n" % (n, n) for n in range(1000, 6000))
    )
    with db.write(by=cast_on_duckdb.mei) as session:
        batch = imports.stage(session, cast_on_duckdb.mei, "clients", path.name, path)
    path.write_bytes(b"colour,size\nred,9\n")

    done = imports.apply(cast_on_duckdb.mei, batch.id)

    assert (done.counts.rows, done.counts.refused) == (5000, 0)
