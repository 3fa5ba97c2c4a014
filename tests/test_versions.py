"""What is installed is what pyproject.toml says; newer versions are written there only where every check passes."""

import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests import versions

TEXT = versions.PROJECT.read_text()
LINES = versions.pinned(TEXT)


def differences(installed: Mapping[str, str], lines: Iterable[str]) -> list[str]:
    allowed: dict[str, SpecifierSet] = {
        canonicalize_name(line.name): line.specifier for line in map(Requirement, lines) if _counts_here(line)
    }
    return [
        f"{name} {version} is installed, its line is {allowed.get(name, 'missing')}"
        for name, version in sorted(installed.items())
        if name not in allowed or not allowed[name].contains(version, prereleases=True)
    ]


def _counts_here(line: Requirement, extras: Iterable[str] = ()) -> bool:
    return line.marker is None or any(line.marker.evaluate({"extra": extra}) for extra in ("", *extras))


def needed() -> dict[str, str]:
    """What is installed of all that the project and its development need, directly or through others."""
    project = tomllib.loads(TEXT)
    direct = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    waiting = [line for line in map(Requirement, direct) if _counts_here(line)]
    found: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        line = waiting.pop()
        name, extras = canonicalize_name(line.name), frozenset(line.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        package = distribution(name)
        found[name] = package.version
        waiting += [inner for inner in map(Requirement, package.requires or []) if _counts_here(inner, extras)]
    return found


def test_what_is_installed_has_a_line_each_and_its_version() -> None:
    assert differences(needed(), LINES) == []


def test_a_line_that_is_missing_or_other_is_told() -> None:
    installed = {"babel": "2.19.0", "psycopg-binary": "3.3.9"}

    assert differences(installed, ["Babel==2.19.0", "psycopg_binary==3.3.9", "six==1.17.0"]) == []
    assert differences(installed, ["psycopg-binary==3.3.9"]) == ["babel 2.19.0 is installed, its line is missing"]
    assert differences(installed, ["babel==2.19.0", "psycopg-binary==3.3.8"]) == [
        "psycopg-binary 3.3.9 is installed, its line is ==3.3.8"
    ]


def test_no_line_of_what_is_installed_can_go_or_change_unseen() -> None:
    installed = needed()

    assert len(installed) > 90
    for name in installed:
        others = [line for line in LINES if canonicalize_name(Requirement(line).name) != name]
        for lines in (others, [*others, f"{name}==0.0.1"]):
            assert [told.split()[0] for told in differences(installed, lines)] == [name]


def test_a_line_for_another_machine_says_nothing_about_this_one() -> None:
    lines = ["numpy==2.4.6 ; python_full_version < '3'", "numpy==2.5.5 ; python_full_version >= '3'"]

    assert differences({"numpy": "2.5.5"}, lines) == []
    assert differences({"numpy": "2.5.5"}, lines[:1]) == ["numpy 2.5.5 is installed, its line is missing"]


def test_every_line_is_one_version_and_they_are_sorted() -> None:
    assert [line for line in LINES if [one.operator for one in Requirement(line).specifier] != ["=="]] == []
    assert sorted(LINES) == LINES
    backend = tomllib.loads(TEXT)["tool"]["uv"]["build-constraint-dependencies"]
    assert versions.with_versions(TEXT, LINES, backend) == TEXT


@pytest.mark.parametrize("passes", [True, False])
def test_newer_versions_stay_only_where_every_check_passes(tmp_path: Path, *, passes: bool) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text(TEXT)
    newer = versions.with_versions(TEXT, ["pandas==99.0"], ["uv-build==99.0"])

    assert versions.keep_if(project, newer, lambda: passes and project.read_text() == newer) is passes

    assert project.read_text() == (newer if passes else TEXT)


def test_an_upgrade_that_is_stopped_leaves_the_old_versions(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text(TEXT)

    def stopped() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        versions.keep_if(project, versions.with_versions(TEXT, [], []), stopped)

    assert project.read_text() == TEXT


def test_an_upgrade_says_what_moved() -> None:
    before = ["babel==2.18.0", "numpy==2.4.6 ; python_full_version < '3.12'", "six==1.17.0"]
    after = ["babel==2.19.0", *before[1:2], "numpy==2.5.5 ; python_full_version >= '3.12'"]

    assert versions.moved(before, after) == [
        "babel: 2.18.0 -> 2.19.0",
        "numpy: 2.4.6 -> 2.4.6 and 2.5.5",
        "six: 1.17.0 -> not needed",
    ]
