"""Gathers every table and what its room registers, so that none is forgotten by create_all, by a migration or by a write.

Rooms are found by walking the packages: their `models` hold tables, their `policies` say who may write them, their `undoing`
what an undo of them asks and what follows from it, their `handing` what goes along with clients that change hands,
their `timeline` what they tell of a client, their `importing` what kinds of files they read, their `exporting` which lists
of theirs leave, their `soundness` what the doctor looks for, their `searching` how their rows are found.
"""

from sqlmodel import SQLModel

from crm.ground import registry
from crm.journal import policies

PARTS = ("models", "policies", "undoing", "handing", "timeline", "importing", "exporting", "soundness", "searching")

for _part in PARTS:
    registry.load(_part)

policies.check()
metadata = SQLModel.metadata
