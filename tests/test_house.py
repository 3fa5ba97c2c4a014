"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from crm import screens
from crm.api.application import routers
from crm.ground import registry
from crm.ground.config import Settings
from crm.tables import PARTS
from crm.web.frame import menu

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
PAGES = [path for path in FILES if path.parent == ROOT / "pages" and path.name != "__init__.py"]
SCREENS = [path for path in FILES if path.is_relative_to(ROOT / "crm" / "screens")]
LINKS = {"to_page", "ask_page", "open_page"}
TYPES = {"Session", "SQLModel"}  # what a screen hands on, and what its forms are
ASKING = {"exec", "execute", "scalar", "scalars", "select"}
# Tables that a screen makes itself, of what a room gave it.
WITH_FRAMES = {
    f"crm/screens/{name}.py"
    for name in (
        "clients/listing", "clients/timeline", "clients/trading", "exports/export_button", "exports/numbers_table", "imports/certificate",
        "imports/columns_step", "imports/outcome", "imports/review", "imports/uploads", "journal/journal_view", "leadership/charts",
        "leadership/panels", "leadership/radar", "people/account_forms", "people/policy_map", "rows/listing", "tasks/listing",
    )
}  # fmt: skip
STILL_SELECTING = {"crm/screens/journal/change_rows.py"}  # names of the clients behind lines of the journal
# Where a room registers what it has, and by which words; the registries themselves stand in files of the same names.
REGISTERING = {
    "models": r"table=True|Table\(", "policies": r"^ *policies\.\w+\(", "undoing": r"^@?history\.\w+",
    "handing": r"^@handover\.\w+", "timeline": r"^@entries\(", "exporting": r"^@listed\(", "soundness": r"^@soundness\.check\(",
    "importing": r"^(kinds\.register|steps\.\w+)\(", "searching": r"^searchable\(",
    "menu": r"^menu\.register\(", "words": r"^words\.register\(", "tools": r"^tools\.register\(",
}  # fmt: skip
REGISTRIES = {"crm.journal.policies", "crm.history.undoing", "crm.db.soundness"}
UNSAID = {"utils", "helpers", "common", "misc", "base", "handler", "processor", "service"}


@lru_cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
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

    assert ast.get_docstring(parsed(path)), "no sentence at the top"
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


def test_only_the_names_of_a_door_are_kept_from_the_formatter() -> None:
    kept = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in FILES
        for line in path.read_text().splitlines()
        if re.search(r"# fmt: (skip|off)", line) and not (path.name == "__init__.py" and line == "]  # fmt: skip")
    ]

    assert [line for line in kept if not line.startswith("tests/test_house.py")] == []


def test_pages_only_read_show_and_act() -> None:
    forbidden = ("st.session_state", "st.cache_data", "try:", "sqlalchemy", "sqlmodel", "pandas", "plotly.", "duckdb")

    assert len(PAGES) >= 9
    for page in PAGES:
        text = page.read_text()
        assert [word for word in forbidden if word in text] == [], page.name
        assert not any(name.startswith("pages") for name in imported(page)), page.name


def test_screens_show_and_ask_the_rooms_for_what_they_show() -> None:
    wrong = [f"{path.relative_to(ROOT)}: {told}" for path in SCREENS for told in beyond_a_screen(path)]

    assert wrong == []


def beyond_a_screen(path: Path) -> Iterator[str]:
    """SQL, the database, figures of one's own, and frames where no table is made."""
    name = str(path.relative_to(ROOT))
    for node in ast.walk(parsed(path)):
        module = node.module if isinstance(node, ast.ImportFrom) else None
        names = {one.name for one in node.names} if isinstance(node, ast.Import | ast.ImportFrom) else set()
        if (module == "sqlmodel" and names <= TYPES) or name in STILL_SELECTING:
            continue
        if {(one.split(".")[0]) for one in ([module] if module else names)} & {
            "sqlalchemy",
            "sqlmodel",
            "duckdb",
            "plotly",
        }:
            yield f"imports {module or names}"
        if names == {"pandas"} and name not in WITH_FRAMES:
            yield "imports pandas, and is not among WITH_FRAMES"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
            yield f"calls .{node.func.attr}("


def test_every_folder_of_screens_has_a_sentence_at_its_door() -> None:
    folders = {path.parent for path in SCREENS}

    assert [folder.name for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_page_stands_in_the_menu_once_and_every_entry_is_a_page() -> None:
    assert sorted(entry.file for entry in menu.entries()) == sorted(page.stem for page in PAGES)


def test_a_page_with_a_folder_of_screens_registers_its_entry_there() -> None:
    own = {page.stem: ROOT / "crm" / "screens" / page.stem for page in PAGES}
    wrong = [
        name for name, folder in own.items()
        if folder.is_dir() and not ((folder / "menu.py").is_file() and f'Entry("{name}"' in (folder / "menu.py").read_text())
    ]  # fmt: skip

    assert wrong == []


def test_links_lead_to_pages() -> None:
    known = {page.stem for page in PAGES}
    calls = [
        (path.name, node.args[0].value)
        for path in (*SCREENS, *PAGES)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LINKS and node.args
        and isinstance(node.args[0], ast.Constant)
    ]  # fmt: skip

    assert len(calls) > 10
    assert [(path, file) for path, file in calls if file not in known] == []


@pytest.mark.parametrize(
    ("package", "part"), [*(("crm", part) for part in PARTS), *(("crm.screens", part) for part in screens.PARTS)]
)
def test_whoever_has_a_part_registers_something_in_it(package: str, part: str) -> None:
    found = [name for name in registry.found(part, package) if name not in REGISTRIES]
    silent = [
        name for name in found if not re.search(REGISTERING[part], Path(module_file(name)).read_text(), re.MULTILINE)
    ]

    assert found
    assert silent == []


def test_the_start_waits_for_no_frames() -> None:
    code = "import sys, crm.app; sys.exit('pandas' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_rooms_are_loaded_without_streamlit() -> None:
    """What is found by walking is imported by no line that a contract could see."""
    script = "import sys, crm.tables; sys.exit('streamlit' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


def module_file(name: str) -> str:
    spec = find_spec(name)
    assert spec
    assert spec.origin
    return spec.origin


@pytest.mark.parametrize("part", [*PARTS, *screens.PARTS])
def test_how_a_room_is_added_names_every_part_of_it(part: str) -> None:
    assert f"`{part}.py`" in (ROOT / ".github" / "CONTRIBUTING.md").read_text()


def test_every_room_that_has_a_router_is_part_of_the_api() -> None:
    rooms = {path.stem for path in (ROOT / "crm" / "api").glob("*.py") if path.stem in ROOMS}
    tags = {tag for router in routers() for tag in router.tags}

    assert len(rooms) >= 6
    assert rooms - tags == set()


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()

    assert [name for name in Settings.model_fields if f"CRM_{name.upper()}" not in readme] == []


def test_every_command_is_in_the_readme() -> None:
    from typer.main import get_command

    from crm.cli import app

    readme = (ROOT / "README.md").read_text()
    commands = get_command(app)

    assert [name for name in getattr(commands, "commands", {}) if f"crm {name}" not in readme] == []
