"""What rooms register by name, and where the files stand in which they do."""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TypeVar

Thing = TypeVar("Thing")


class Registry(Mapping[str, Thing]):
    """Things by name, in the order in which they came; each is said by one room. `what` completes “No room says ...”."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._things: dict[str, Thing] = {}

    def add(self, name: str, thing: Thing) -> None:
        """Said twice in the same way it is said once: a module may be loaded again."""
        if self._things.setdefault(name, thing) != thing:
            raise RuntimeError(f"Two rooms say {self._what} {name}.")

    def require(self, name: str) -> Thing:
        if name not in self._things:
            raise RuntimeError(f"No room says {self._what} {name}: it does not register it, or is not loaded.")
        return self._things[name]

    def missing(self, names: Iterable[str]) -> list[str]:
        return sorted(set(names) - set(self._things))

    def __getitem__(self, name: str) -> Thing:
        return self._things[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)


def found(part: str, package: str = "crm") -> list[str]:
    """The modules of this name right in the folders of a package, in the order of the alphabet; none is loaded."""
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    rooms = [module.name for module in pkgutil.iter_modules(folders) if module.ispkg]
    return [
        f"{package}.{room}.{part}"
        for room in rooms
        if any(module.name == part for module in pkgutil.iter_modules([f"{folder}/{room}" for folder in folders]))
    ]


def load(part: str, package: str = "crm") -> None:
    """Let every room register what it has of this part."""
    for name in found(part, package):
        import_module(name)
