"""Which tests to run: those nearest to what changed since origin/main (quick), or those with more to try (long)."""

# ruff: noqa: T201 -- a command that tells what it runs

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
HOUSE = Path("tests/test_house.py")
MOST = 8  # files; what half the house stands on is for `poe check`
SECONDS = 50  # for the tests of a quick run; the rest of its ninety are for lint, types and layers
WORDS = {
    "quick": ["-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder", "-q"],
    "long": ["-n", "auto", "--dist", "loadgroup", "--timeout", "1800", "--durations", "20"],
}


def quick(changes: list[Path], graph: grimp.ImportGraph) -> list[Path]:
    """The rules of the house, every test that changed, and the nearest to the rest."""
    own = [path for path in changes if _is_test(path) and (ROOT / path).is_file()]
    ranked = sorted(found for path in changes if not _is_test(path) for found in _near(path, graph))
    near = [path for path in dict.fromkeys(path for *_, path in ranked) if path not in own]
    room = max(0, MOST - len(own))
    if left := near[room:]:
        print(f"{len(left)} more files of tests stand on what changed: `poe check` runs them.")
    if not own and not near:
        print("No test stands for what changed; only the rules of the house run.")
    return list(dict.fromkeys([HOUSE, *own, *near[:room]]))


def long(graph: grimp.ImportGraph) -> list[Path]:
    """Whatever asks how much to try, itself or through others."""
    users = (_file(module) for module in graph.find_downstream_modules("tests.share"))
    return sorted(path for path in users if _is_test(path))


def _near(path: Path, graph: grimp.ImportGraph) -> Iterator[tuple[int, int, Path]]:
    """The first tests on the way from a module up through what imports it: how far, how far apart in the tree, which.

    A browser test is none of them: it comes through everything.
    """
    if path == Path("pyproject.toml"):
        yield 0, 0, Path("tests/test_versions.py")
    wanted = _mirror(path if path.suffix == ".py" else _file(_module(path)))
    modules = {_module(path)} & graph.modules
    seen, steps = set(modules), 0
    while modules:
        importers = {one for module in modules for one in graph.find_modules_that_directly_import(module)}
        tests = {_file(module) for module in importers} | {_mirror(_file(module)) for module in modules}
        found = {test for test in tests if _is_test(test) and "browser" not in test.parts and (ROOT / test).is_file()}
        yield from ((steps, _apart(test, wanted), test) for test in found)
        modules, steps = set() if found else importers - seen, steps + 1
        seen |= modules


def _module(path: Path) -> str:
    """A text or picture belongs to the package around it."""
    if path.suffix == ".py" and path.stem != "__init__":
        return ".".join(path.with_suffix("").parts)
    packages = (folder for folder in path.parents if (ROOT / folder / "__init__.py").is_file())
    return ".".join(next(packages, path.parent).parts)


def _file(module: str) -> Path:
    package = ROOT / module.replace(".", "/")
    return (package / "__init__.py" if package.is_dir() else package.with_suffix(".py")).relative_to(ROOT)


def _mirror(path: Path) -> Path:
    """tests/db/test_sql.py for crm/db/sql.py, tests/jobs/test_jobs.py for a door, tests/pages/test_log.py for a page."""
    folders = path.parent.parts[1:] if path.parts[0] in {"crm", "tests"} else path.parent.parts
    name = path.parent.name if path.stem == "__init__" else path.stem
    return Path("tests", *folders, f"test_{name}.py")


def _apart(one: Path, other: Path) -> int:
    return len(set(one.parts) ^ set(other.parts))


def _is_test(path: Path) -> bool:
    return path.parts[0] == "tests" and path.match("test_*.py")


def changed() -> list[Path]:
    """What is other than where this branch left origin/main, committed or not."""
    base = _git("merge-base", "origin/main", "HEAD")
    if not base:
        base = _git("rev-parse", "--verify", "HEAD~1") or ["HEAD"]
        print(f"origin/main and this branch have nothing in common here: compared with {base[0][:12]}.")
    names = _git("diff", "--name-only", "--no-renames", *base) + _git("ls-files", "--others", "--exclude-standard")
    return sorted(Path(name) for name in names)


def _git(*words: str) -> list[str]:
    whole = ["git", "-c", "core.quotePath=false", *words]
    return subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()


def main(which: str) -> int:
    graph = grimp.build_graph("crm", "pages", "tests", cache_dir=None)
    tests = quick(changed(), graph) if which == "quick" else long(graph)
    environment = os.environ | ({"CRM_LONG": "1"} if which == "long" else {"CRM_UNTIL": str(time.time() + SECONDS)})
    print(" ".join(map(str, tests)), flush=True)
    words = [sys.executable, "-m", "pytest", *WORDS[which], *map(str, tests)]
    return subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
