"""The index is nothing but a copy: missing, damaged, of another version or of another database, it is made anew and nothing is lost."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crm import clients, db, people, search, upkeep
from crm.clients import NewClient
from crm.search import follower, index
from tests.cast import Cast
from tests.search.test_finding import added, titles


def built(cast: Cast) -> Path:
    """The folder of an index that holds something."""
    added(cast.mei, "Quillfeather Trust")
    assert titles(cast.mei, "quillfeather") == ["Quillfeather Trust"]
    follower.forget()
    return follower.folder()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


NOISE = bytes(range(7, 250)) * 100_000
DAMAGES: dict[str, Callable[[Path], object]] = {
    "no folder": shutil.rmtree,
    "emptied": lambda folder: [path.write_bytes(b"") for path in files(folder)],
    "cut": lambda folder: [path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]) for path in files(folder)],
    "noise": lambda folder: [path.write_bytes(NOISE[: path.stat().st_size]) for path in files(folder)],
    "no segments": lambda folder: [path.rename(f"{path}.gone") for path in files(folder) if path.name != "meta.json"],
    "meta of another program": lambda folder: (folder / "meta.json").write_text('{"index": "of something else"}'),
    "another schema": lambda folder: (folder / "meta.json").write_text(
        (folder / "meta.json").read_text().replace('"text_signs"', '"text_other"')
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_anew(cast: Cast, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    folder = built(cast)
    DAMAGES[damage](folder)

    with caplog.at_level(logging.WARNING):
        assert titles(cast.mei, "quillfeather") == ["Quillfeather Trust"]
    assert damage == "no folder" or "nothing is lost" in caplog.text

    added(cast.mei, "Quillfeather Two")
    assert sorted(titles(cast.mei, "quillfeather")) == ["Quillfeather Trust", "Quillfeather Two"]


@pytest.mark.parametrize("ending", ["idx", "term", "store", "pos", "fieldnorm", "fast"])
def test_damage_that_only_an_answer_meets_is_mended(cast_on_duckdb: Cast, ending: str) -> None:
    folder = built(cast_on_duckdb)
    for path in folder.glob(f"*.{ending}"):
        path.write_bytes(NOISE[: path.stat().st_size])
    mei = cast_on_duckdb.mei
    added(mei, "Quillfeather Two")  # the marker is in a new segment, which is well

    assert sorted(titles(mei, "quillfeather")) == ["Quillfeather Trust", "Quillfeather Two"]


def test_the_doctor_tells_of_damage_and_of_another_version(
    cast_on_duckdb: Cast, duckdb_only: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = built(cast_on_duckdb)
    assert told(duckdb_only) == []

    monkeypatch.setattr(index, "MARKER", "marker:another")
    assert "another version" in told(duckdb_only)[0]

    DAMAGES["noise"](folder)
    follower.forget()
    assert "cannot be read" in told(duckdb_only)[0]


def told(database: str) -> list[str]:
    return [finding.sentence for finding in upkeep.doctor(database) if finding.check == "search" and not finding.ok]


def test_an_index_of_another_version_is_made_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    built(cast)
    monkeypatch.setattr(index, "MARKER", "marker:another")

    assert titles(cast.mei, "quillfeather") == ["Quillfeather Trust"]


def test_an_index_of_another_database_tells_nothing(cast_on_duckdb: Cast, duckdb_only: str, tmp_path: Path) -> None:
    upkeep.backup(tmp_path / "before.duckdb")
    built(cast_on_duckdb)
    db.close()
    (tmp_path / "before.duckdb").replace(tmp_path / "crm.duckdb")

    assert titles(cast_on_duckdb.mei, "quillfeather") == []
    assert titles(cast_on_duckdb.mei, "harbour") == ["Harbour Capital"]


def test_somebody_else_follows_just_now(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    built(cast)
    added(cast.mei, "Quillfeather Two")
    monkeypatch.setattr(follower, "PATIENCE", 0.01)

    with follower.alone(follower.folder(), 1), db.read() as session:
        hits = search.find(session, cast.mei, "quillfeather")

    assert ([hit.title for hit in hits], hits.is_complete) == (["Quillfeather Trust"], False)
    assert len(titles(cast.mei, "quillfeather")) == 2


def test_much_at_once_is_followed_beside(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    built(cast)
    with db.write(by=cast.mei) as session:
        for n in range(5):
            clients.add(session, cast.mei, NewClient(name=f"Pelican {n}"))
    monkeypatch.setattr(follower, "AT_ONCE", 3)
    monkeypatch.setattr(follower, "PATIENCE", 60)

    assert len(titles(cast.mei, "pelican")) == 5


def test_the_index_made_anew_is_the_one_that_followed(cast: Cast) -> None:
    built(cast)
    added(cast.mei, "Quillfeather Two")
    before = titles(people.machine(), "quillfeather")

    follower.follow(anew=True)

    assert sorted(titles(people.machine(), "quillfeather")) == sorted(before)
