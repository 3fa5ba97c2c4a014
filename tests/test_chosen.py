"""A quick run takes the tests nearest to what changed, a long run all that have more to try."""

import subprocess
from pathlib import Path

import grimp
import pytest

from tests import chosen

TASKS = Path("tests/tasks/test_tasks.py")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("crm", "pages", "tests", cache_dir=None)


@pytest.mark.parametrize(
    ("changed", "nearest"),
    [
        ("tests/tasks/test_tasks.py", ["tests/tasks/test_tasks.py"]),
        ("tests/browser/test_sign_in.py", ["tests/browser/test_sign_in.py"]),
        ("crm/tasks/days.py", ["tests/tasks/test_days.py"]),
        ("crm/db/sql.py", ["tests/db/test_sql.py"]),
        ("crm/jobs/__init__.py", ["tests/jobs/test_jobs.py"]),
        ("pages/log.py", ["tests/pages/test_log.py"]),
        ("crm/locale/zh/tasks.po", ["tests/locale/test_catalogues.py"]),
        ("pyproject.toml", ["tests/test_versions.py"]),
    ],
)
def test_the_nearest_tests_come_first(graph: grimp.ImportGraph, changed: str, nearest: list[str]) -> None:
    found = [str(path) for path in chosen.quick([Path(changed)], graph)]

    assert found[0] == "tests/test_house.py"
    assert set(found[1 : 1 + len(nearest)]) == set(nearest)


@pytest.mark.parametrize("name", ["README.md", "data/demo/clients.csv", "crm/no_such_module.py", "tests/test_gone.py"])
def test_where_no_test_stands_the_rules_of_the_house_run(
    graph: grimp.ImportGraph, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert chosen.quick([Path(name)], graph) == [chosen.HOUSE]
    assert "No test stands for what changed" in capsys.readouterr().out


def test_what_half_the_house_stands_on_takes_no_more_than_a_quick_run_may(
    graph: grimp.ImportGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    found = chosen.quick([Path("tests/cast.py"), TASKS], graph)

    assert found[:2] == [chosen.HOUSE, TASKS]
    assert len(found) == len(set(found)) == chosen.MOST + 1
    assert not any("browser" in path.parts for path in found)
    assert "more files of tests stand on what changed" in capsys.readouterr().out


def test_no_file_of_invented_cases_is_left_out_of_long_runs(graph: grimp.ImportGraph) -> None:
    files = {path.relative_to(chosen.ROOT): path.read_text() for path in chosen.ROOT.glob("tests/**/test_*.py")}

    found = chosen.long(graph)

    assert [path for path, text in files.items() if "\nfrom hypothesis import" in text and path not in found] == []
    assert Path("tests/upkeep/test_killed.py") in found
    assert chosen.HOUSE not in found


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three commits, an edit and a new file."""
    monkeypatch.setattr(chosen, "ROOT", tmp_path)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    for name in ("first.py", "second.py", "三.py"):
        (tmp_path / name).write_text(name)
        git(tmp_path, "add", "--all")
        git(tmp_path, "-c", "user.name=Mei", "-c", "user.email=mei@desk.example", "commit", "--quiet", "-m", name)
    (tmp_path / "first.py").write_text("edited")
    (tmp_path / "new.py").write_text("new")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True)


def test_what_changed_is_all_since_the_branch_left_and_what_is_not_committed(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD~2")

    assert [path.name for path in chosen.changed()] == ["first.py", "new.py", "second.py", "三.py"]
    assert capsys.readouterr().out == ""


def test_without_origin_the_last_commit_counts_and_that_is_told(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [path.name for path in chosen.changed()] == ["first.py", "new.py", "三.py"]
    assert "compared with" in capsys.readouterr().out


def test_in_a_clone_of_one_commit_what_is_not_committed_counts(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    git(repository, "clone", "--quiet", "--depth", "1", "--no-local", "--origin", "elsewhere", ".", str(shallow))
    monkeypatch.setattr(chosen, "ROOT", shallow)
    assert chosen.changed() == []

    (shallow / "new.py").write_text("new")

    assert chosen.changed() == [Path("new.py")]
