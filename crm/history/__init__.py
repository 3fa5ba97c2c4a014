"""What was changed, by whom, and taking it back: the only door of undo."""

from crm.history.changes import RowChange, described, differs, names_of, rows_of
from crm.history.past import Past, of_rows
from crm.history.registry import TakenBack, choice, consequence, guard, naming, sight
from crm.history.sets import KINDS, SetFilter, SetLine, authors, get, may_undo, page, total
from crm.history.undoing import undo

__all__ = [
    "KINDS", "Past", "RowChange", "SetFilter", "SetLine", "TakenBack", "authors", "choice", "consequence", "described",
    "differs", "get", "guard", "may_undo", "names_of", "naming", "of_rows", "page", "rows_of", "sight", "total", "undo",
]  # fmt: skip
