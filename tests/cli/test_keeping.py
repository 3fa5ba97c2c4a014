"""crm doctor, backup, restore, user, and what is said when the surroundings are at fault."""

from pathlib import Path

import pytest

from crm import db, people
from crm.clients.models import Client
from crm.ground import config
from crm.ground.errors import NotFoundError
from tests.cast import DESK, Cast
from tests.cli.conftest import Crm


def test_the_doctor_says_every_finding(cast: Cast, crm: Crm) -> None:
    well = crm("doctor", "--json")
    with db.write(by=DESK, why="by mistake") as session:
        session.get_one(Client, cast.harbour.id).manager_id = cast.ada.id
    wrong = crm("doctor", "--json")

    assert (well.code, well.result["ok"], well.err) == (0, True, "")
    assert (wrong.code, wrong.result["ok"], wrong.err.count("\n")) == (1, False, 1)
    assert all(finding["what_to_do"] for finding in wrong.result["findings"] if not finding["ok"])
    assert [finding["check"] for finding in crm("doctor", "--journal", "--json").result["findings"]] == [
        "journal",
        "seals",
        "head",
    ]


def test_a_backup_and_its_restore(cast_on_duckdb: Cast, crm: Crm, tmp_path: Path) -> None:
    saved = tmp_path / "saved.duckdb"

    made, twice = crm("backup", saved, "--json"), crm("backup", saved)
    restored = crm("restore", saved, "--json")

    assert made.code == restored.code == 0
    assert made.result["rows"] == restored.result["rows"]
    assert (twice.code, "there already" in twice.err) == (1, True)


def test_somebody_is_added_listed_given_a_link_and_disabled(cast: Cast, crm: Crm) -> None:
    added = crm("user", "add", "Lena@desk.example", "--name", "Lena", "--role", "lead", "--team", "North", "--json")
    link = crm("user", "link", "lena@desk.example", "--json")
    disabled = crm("user", "disable", "lena@desk.example", "--json")
    listed = crm("user", "list", "--json")

    assert "/welcome/" in added.result["link"] != link.result["link"]
    assert disabled.result == {"email": "lena@desk.example", "is_active": False}
    lena = next(person for person in listed.result["people"] if person["name"] == "Lena")
    assert (lena["role"], lena["team"], lena["is_active"]) == ("lead", "North", False)
    with db.read() as session, pytest.raises(NotFoundError):
        people.links.person_of(session, link.result["link"].rsplit("/", 1)[1])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "nobody"), "is not an e-mail address"),
        (("add", "x@y.example", "--time-zone", "Mars"), "is not a time zone"),
        (("add", "mei@desk.example"), "already here"),
        (("disable", "ada@desk.example"), "last admin"),
        (("link", "nobody@desk.example"), "Nobody here"),
    ],
)
def test_a_mistake_about_people_is_one_sentence(
    cast_on_duckdb: Cast, crm: Crm, words: tuple[str, ...], sentence: str
) -> None:
    said = crm("user", *words)

    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert sentence in said.err


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("CRM_BACKUPS_KEPT", "many", "The setting CRM_BACKUPS_KEPT cannot be “many”"),
        ("CRM_DATABASE_URL", "mysql://root:secret@host/x", "“mysql://host/x” is not a database"),
        ("CRM_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "PostgreSQL does not answer"),
        ("CRM_DATABASE_URL", "duckdb:///{tmp}/file/crm.duckdb", "cannot be made"),
        ("CRM_DATABASE_URL", "duckdb:///{tmp}/damaged.duckdb", "not a database that can be read"),
    ],
)
def test_faults_of_the_surroundings_are_one_sentence(
    duckdb_only: str,
    crm: Crm,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    sentence: str,
) -> None:
    (tmp_path / "file").write_text("a file")
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "damaged.duckdb").write_bytes(b"rubbish" * 1000)
    monkeypatch.setenv(variable, value.format(tmp=tmp_path))
    config.settings.cache_clear()

    said = crm("user", "add", "x@y.example")

    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert sentence in said.err
    assert "secret" not in said.err


def test_a_mistyped_database_is_not_made(duckdb_only: str, crm: Crm, tmp_path: Path) -> None:
    typed = tmp_path / "typo.duckdb"

    for words in (
        ("backup", tmp_path / "b.duckdb"),
        ("user", "list"),
        ("export", "clients", tmp_path / "c.csv"),
        ("doctor",),
    ):
        said = crm(*words, "--database", f"duckdb:///{typed}")
        assert (said.code, "There is no database" in said.err) == (1, True)

    assert not typed.exists()


def test_a_bug_is_told_without_a_traceback(cast_on_duckdb: Cast, crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm.upkeep.backup", lambda _: 1 / 0)

    said = crm("backup", "x.duckdb", "--json")

    assert said.code == 1
    assert said.err.startswith("VIP Desk itself failed (ZeroDivisionError: division by zero)")
    assert Path(said.err.strip().rsplit(" ", 1)[1].rstrip(".")).read_text().startswith("Traceback")


def test_an_unknown_bench_is_told(crm: Crm) -> None:
    assert "There is no bench" in crm("bench", "nonsense").err
