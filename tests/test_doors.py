"""What a room shows at its door: short, and nothing that nobody outside asks for."""

import ast
from functools import cache
from importlib.metadata import EntryPoint, distribution
from pathlib import Path

import pytest

from tests.test_house import FILES, ROOMS, ROOT, named_at_the_door

LONGEST_DOOR = 25


@cache
def asked_for(path: Path) -> frozenset[tuple[str, str]]:
    """The names of rooms that a file uses: by `from crm.room import name`, by `room.name`, or as a module on the way."""
    tree = ast.parse(path.read_text())
    found: set[tuple[str, str]] = set()
    rooms: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "crm":
            rooms |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("crm."):
            room, *inner = node.module.split(".")[1:]
            found |= {(room, name) for name in (inner[:1] or [alias.name for alias in node.names])}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms:
            found.add((rooms[node.value.id], node.attr))
    return frozenset(found)


def entry_points(program: str) -> list[EntryPoint]:
    return list(distribution(program).entry_points)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_door_carries_what_others_use(room: str) -> None:
    outside = (path for path in FILES if not path.is_relative_to(ROOT / "crm" / room))
    used = {name for path in outside for found, name in asked_for(path) if found == room}
    used |= {entry.attr for entry in entry_points("vip-desk") if entry.module == f"crm.{room}"}

    assert named_at_the_door(room) - used == set()


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_door_is_short(room: str) -> None:
    """An import that the formatter folds counts as one line."""
    sentence, *rest = ast.parse((ROOT / "crm" / room / "__init__.py").read_text()).body
    lines = [
        node.end_lineno - node.lineno + 1 if isinstance(node, ast.Assign) and node.end_lineno else 1 for node in rest
    ]

    assert isinstance(sentence, ast.Expr)
    assert sum(lines) + 1 <= LONGEST_DOOR


def test_the_command_is_found_where_pyproject_says() -> None:
    (command,) = entry_points("vip-desk")

    assert command.name == "crm"
    assert callable(command.load())
