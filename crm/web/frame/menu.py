"""The menu: entries that the screens of each noun register, in which part they stand, and who sees them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from crm.ground.registry import Registry
from crm.people import Person, Right, may

PAGES = Path(__file__).parents[3] / "pages"


class Part(StrEnum):
    """The parts of the menu, from top to bottom."""

    WORK = "Work"
    LEAD = "Lead"
    ACCOUNT = "Account"


@dataclass(frozen=True)
class Entry:
    """One page: its file without the ending, the English title, an icon, and the right that shows it (None: all).

    `place` orders the entries of a part; the first one that a person sees is where they arrive. A page that is not in the menu
    stands `within` one that is.
    """

    file: str
    title: str
    icon: str
    part: Part
    place: int
    right: Right | None = None
    in_menu: bool = True
    within: str = ""

    @property
    def path(self) -> Path:
        return PAGES / f"{self.file}.py"


_ENTRIES: Registry[Entry] = Registry("where the menu has the page")


def register(*entries: Entry) -> None:
    for entry in entries:
        _ENTRIES.add(entry.file, entry)


def entries() -> list[Entry]:
    """From top to bottom."""
    parts = list(Part)
    return sorted(_ENTRIES.values(), key=lambda entry: (parts.index(entry.part), entry.place, entry.file))


def visible_to(person: Person) -> list[Entry]:
    """The pages that are there and that this person may open."""
    return [entry for entry in entries() if entry.path.exists() and (entry.right is None or may(person, entry.right))]
