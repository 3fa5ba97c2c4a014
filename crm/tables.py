"""Gathers every table and who may write it, so that none is forgotten by create_all, by a migration or by a write.

Rooms are found by walking the packages: their `models` hold tables, their `policies` say who may write them, their `undoing`
what an undo of them asks and what follows from it, their `handing` what goes along with clients that change hands,
their `timeline` what they tell of a client, their `importing` what kinds of files they read.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from sqlmodel import SQLModel

from crm.journal import policies

PARTS = ("models", "policies", "undoing", "handing", "timeline", "importing")


def found(part: str, folder: Path = Path(__file__).parent, package: str = "crm") -> Iterator[str]:
    """The modules of this name, in the order of the alphabet; no other module is loaded on the way."""
    for module in pkgutil.iter_modules([str(folder)]):
        name = f"{package}.{module.name}"
        if module.name == part:
            yield name
        elif module.ispkg:
            yield from found(part, folder / module.name, name)


for _part in PARTS:
    for _name in found(_part):
        import_module(_name)

policies.check()
metadata = SQLModel.metadata
