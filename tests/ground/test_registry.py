"""Rooms register by name, are found by walking, and what they forget is told."""

import sys
from pathlib import Path

import pytest

from crm.ground import registry
from crm.ground.registry import Registry


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of two rooms, of which one registers a colour and the other forgets to."""
    files = {
        "__init__.py": '"""A house."""\nfrom crm.ground.registry import Registry\nCOLOURS = Registry("the colour of")\n',
        "kitchen/__init__.py": '"""A room."""\n',
        "kitchen/colouring.py": 'from registry_house import COLOURS\nCOLOURS.add("kitchen", "white")\n',
        "kitchen/cupboard/__init__.py": '"""No room, for it stands in one."""\n',
        "kitchen/cupboard/colouring.py": 'raise RuntimeError("loaded")\n',
        "study/__init__.py": '"""Another room."""\n',
        "colouring.py": 'raise RuntimeError("loaded")\n',
    }
    for name, text in files.items():
        path = tmp_path / "registry_house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith("registry_house")]:
        monkeypatch.delitem(sys.modules, name)
    return "registry_house"


def test_rooms_are_found_by_walking_and_nothing_else_is_loaded(house: str) -> None:
    assert registry.found("colouring", house) == ["registry_house.kitchen.colouring"]
    assert f"{house}.kitchen" not in sys.modules


def test_a_room_that_registers_nothing_is_told_by_name(house: str) -> None:
    registry.load("colouring", house)
    colours: Registry[str] = sys.modules[house].COLOURS

    assert dict(colours) == {"kitchen": "white"}
    assert colours.missing(["kitchen", "study"]) == ["study"]
    with pytest.raises(RuntimeError, match=r"^No room says the colour of study: it does not register it, or is not"):
        colours.require("study")


def test_two_rooms_do_not_say_the_same_in_two_ways() -> None:
    colours: Registry[str] = Registry("the colour of")
    colours.add("hall", "red")
    colours.add("hall", "red")

    with pytest.raises(RuntimeError, match=r"^Two rooms say the colour of hall\.$"):
        colours.add("hall", "blue")
