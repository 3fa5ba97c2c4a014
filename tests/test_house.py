"""The rules of the house that no linter knows."""

import ast
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from crm.ground.config import Settings

ROOT = Path(__file__).parents[1]
ROOMS = {
    p.name
    for p in (ROOT / "crm").iterdir()
    if (p / "__init__.py").is_file() and p.name not in ("web", "screens", "ground", "migrations", "bench")
}
FILES = sorted(p for top in ("crm", "pages", "tests") for p in (ROOT / top).rglob("*.py"))
TOP_LEVEL = {"README.md", "pyproject.toml", "crm", "pages", "data", "tests", ".ci", ".github", ".gitignore"}
LONGEST, LONGEST_PAGE = 300, 120
# Models name the tables of lower rooms; the session class and the dialect's words are the store's second door.
OPEN_MODULES = {"models", "sessions", "sql", "engines"}
UNSAID = {"utils", "helpers", "common", "misc", "base", "handler", "processor", "service"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def named_at_the_door(room: str) -> set[str]:
    """What a room shows to others, modules among them."""
    return set(getattr(import_module(f"crm.{room}"), "__all__", ()))


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="an unpacked archive does not say what is tracked")
def test_the_top_level_holds_the_agreed_names_only() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {name.split("/")[0] for name in tracked.split("\0") if name} == TOP_LEVEL


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_says_what_it_is_and_stays_small(path: Path) -> None:
    text = path.read_text()

    assert ast.get_docstring(ast.parse(text)), "no sentence at the top"
    assert len(text.splitlines()) <= (
        LONGEST_PAGE if path.parent.name == "pages" and path.parent.parent == ROOT else LONGEST
    )
    assert path.stem not in UNSAID


def test_rooms_are_entered_by_their_door() -> None:
    wrong = []
    for path in (p for p in FILES if p.is_relative_to(ROOT / "crm") or p.is_relative_to(ROOT / "pages")):
        here = path.relative_to(ROOT).parts[1] if path.is_relative_to(ROOT / "crm") else ""
        for name in imported(path):
            parts = name.split(".")
            inside = len(parts) > 2 and parts[0] == "crm" and parts[1] in ROOMS and parts[1] != here
            if inside and parts[2] not in OPEN_MODULES | named_at_the_door(parts[1]):
                wrong.append(f"{path.relative_to(ROOT)}: {name}")

    assert wrong == []


def test_pages_only_read_show_and_act() -> None:
    forbidden = ("st.session_state", "st.cache_data", "try:", "sqlalchemy", "sqlmodel", "pandas", "plotly.", "duckdb")
    pages = [p for p in (ROOT / "pages").glob("*.py") if p.name != "__init__.py"]

    assert len(pages) >= 9
    for page in pages:
        text = page.read_text()
        assert [word for word in forbidden if word in text] == [], page.name
        assert not any(name.startswith("pages") for name in imported(page)), page.name


def test_every_page_has_a_place_in_the_menu() -> None:
    shell = "".join(p.read_text() for p in (ROOT / "crm" / "web" / "frame").glob("*.py"))

    for page in (ROOT / "pages").glob("*.py"):
        assert page.stem == "__init__" or page.name in shell or f'"{page.stem}"' in shell, page.name


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()

    assert [name for name in Settings.model_fields if f"CRM_{name.upper()}" not in readme] == []


def test_every_command_is_in_the_readme() -> None:
    from typer.main import get_command

    from crm.cli import app

    readme = (ROOT / "README.md").read_text()
    commands = get_command(app)

    assert [name for name in getattr(commands, "commands", {}) if f"crm {name}" not in readme] == []
