"""The same versions for everybody: take the newest of everything, run every check, and write down what passed.

With --only-write what is resolved now is written down, and nothing is run.
"""

import argparse
import os
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
BEGIN = "# Versions that passed every check, written by `poe upgrade`:"
END = "# Here end the versions of `poe upgrade`."
UV = os.environ.get("UV", "uv")


def upgrade(project: Path = PROJECT) -> int:
    """The exit code: 0 where the newest versions stay, or stood there already."""
    before = project.read_text()
    newest = with_newest(project)
    changes = moved(pinned(before), pinned(newest))
    if newest == before:
        print("Nothing is newer.")  # noqa: T201
        return 0

    passed = keep_if(project, newest, lambda: subprocess.run([UV, "run", "poe", "check"], check=False).returncode == 0)
    print("\n".join(changes))  # noqa: T201
    print("Every check passed." if passed else "The checks failed with these: the old versions stand again.")  # noqa: T201
    return 0 if passed else 1


def with_newest(project: Path) -> str:
    """The project's file with the newest that its bounds allow; the file itself stays."""
    before = project.read_text()
    try:
        project.write_text(with_versions(before, [], []))
        uv("lock", "--upgrade")
        return with_versions(before, resolved(), build_backend(before))
    finally:
        project.write_text(before)


def keep_if(project: Path, text: str, passes: Callable[[], bool]) -> bool:
    """Leave the new text where every check passes with it; otherwise, and when stopped, the old one."""
    before, passed = project.read_text(), False
    project.write_text(text)
    try:
        passed = passes()
    finally:
        if not passed:
            project.write_text(before)
    return passed


def resolved() -> list[str]:
    """Every package for every platform, as `name==version`, with a marker where one line is not for all."""
    bare = ("--no-hashes", "--no-emit-project", "--no-annotate", "--no-header")
    return sorted(uv("export", "--quiet", "--all-groups", *bare).splitlines())


def build_backend(text: str) -> list[str]:
    wanted = "\n".join(tomllib.loads(text)["build-system"]["requires"])
    return uv("pip", "compile", "--quiet", "--universal", "--no-annotate", "--no-header", "-", told=wanted).splitlines()


def uv(*words: str, told: str | None = None) -> str:
    done = subprocess.run([UV, *words], input=told, stdout=subprocess.PIPE, text=True, check=True, cwd=PROJECT.parent)
    return done.stdout


def with_versions(text: str, lines: Iterable[str], backend: Iterable[str]) -> str:
    """The project's file with these versions between the two comments."""
    keys = {"constraint-dependencies": lines, "build-constraint-dependencies": backend}
    block = "".join(
        "\n".join([f"{key} = [", *(f'    "{line}",' for line in inside), "]\n"]) for key, inside in keys.items()
    )
    head, begin, rest = text.partition(f"{BEGIN}\n")
    _, end, tail = rest.partition(END)
    if not end:
        raise ValueError(f"{PROJECT.name} has lost the comments between which versions are written.")
    return head + begin + block + end + tail


def pinned(text: str) -> list[str]:
    lines: list[str] = tomllib.loads(text)["tool"]["uv"]["constraint-dependencies"]
    return lines


def moved(before: Iterable[str], after: Iterable[str]) -> list[str]:
    old, new = _versions(before), _versions(after)
    return [
        f"{name}: {old.get(name, 'not there')} -> {new.get(name, 'not needed')}"
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def _versions(lines: Iterable[str]) -> dict[str, str]:
    found = defaultdict(list)
    for wanted in map(Requirement, lines):
        found[wanted.name].append(str(wanted.specifier).removeprefix("=="))
    return {name: " and ".join(versions) for name, versions in found.items()}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--only-write", action="store_true")
    if not words.parse_args().only_write:
        return upgrade()
    text = PROJECT.read_text()
    PROJECT.write_text(with_versions(text, resolved(), build_backend(text)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
