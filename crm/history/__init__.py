"""What was changed, by whom, and taking it back: the only door of undo."""

from crm.history.registry import TakenBack, choice, consequence, guard
from crm.history.sets import KINDS, SetFilter, SetLine, authors, get, may_undo, page, total
from crm.history.undoing import undo

__all__ = [
    "KINDS", "SetFilter", "SetLine", "TakenBack", "authors", "choice", "consequence", "get", "guard", "may_undo", "page", "total",
    "undo",
]  # fmt: skip
