"""Every change: who, when, why, what it was before and after; undo. Lines are only ever added."""

import crm.journal.guard  # noqa: F401 -- it watches every statement
from crm.journal import bulk, entities, policies
from crm.journal.chain import data_version, first_broken
from crm.journal.models import LOOK, TOLD, Change, ChangeSet, UndoConflict, Undone
from crm.journal.queries import changes_of, get, history_of, recent, touched, undone_by
from crm.journal.recorder import noted, notes, remark
from crm.journal.undo import undo

__all__ = [
    "LOOK", "TOLD", "Change", "ChangeSet", "UndoConflict", "Undone", "bulk", "changes_of", "data_version", "entities",
    "first_broken", "get", "history_of", "noted", "notes", "policies", "recent", "remark", "touched", "undo",
    "undone_by",
]  # fmt: skip
