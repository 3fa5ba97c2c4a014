"""What stands in the frame above the menu, on every page: rooms register it."""

from collections.abc import Callable

from crm.ground.registry import Registry
from crm.people import Person

# Draws it in the sidebar; takes the reader and the page that is open.
Tool = Callable[[Person, str], None]
_TOOLS: Registry[Tool] = Registry("what stands in the frame as")


def register(name: str, tool: Tool) -> None:
    _TOOLS.add(name, tool)


def show(me: Person, file: str) -> None:
    """All of them, from within the sidebar."""
    for tool in _TOOLS.values():
        tool(me, file)
