"""Which table of a file is meant, where a workbook has several sheets or a ZIP several lists."""

import re
from collections.abc import Sequence
from itertools import chain

from crm.ground.errors import InvalidError
from crm.intake import layouts
from crm.intake.headers import squeezed
from crm.intake.kinds import KINDS
from crm.reading import Table

_KEPT = re.compile(r"^[0-9a-f]{64}[^:]*")


def chosen(tables: Sequence[Table], wanted: str | None, kind: str | None, file_name: str) -> Table:
    """The one that is asked for; else the first whose name says the kind, or whose header is of a layout of it; else the first.

    Raises:
        InvalidError: there is none, or none of that name.
    """
    if not tables:
        raise InvalidError("There is no table in “{file}”.", file=file_name)
    if wanted:
        return _called(tables, wanted, file_name)
    if len(tables) == 1:
        return tables[0]
    named = (table for table in tables if kind and kind_in(table.name) == kind)
    known = (table for table in tables if kind and layouts.recognised(table.header, kind))
    return next(chain(named, known), tables[0])


def kind_in(name: str) -> str | None:
    """The kind that the name of a sheet or of a packed file says, if it says one."""
    text = squeezed(name)
    named = {kind.name for kind in KINDS.values() if squeezed(kind.name) in text or squeezed(kind.label) in text}
    return named.pop() if len(named) == 1 else None


def _called(tables: Sequence[Table], wanted: str, file_name: str) -> Table:
    exact = [table for table in tables if wanted in (table.name, _shown(table, file_name))]
    loose = [table for table in tables if table.name.casefold().endswith((wanted.casefold(), f": {wanted}".casefold()))]
    if not exact and len(loose) != 1:
        names = ", ".join(_shown(table, file_name) for table in tables)
        raise InvalidError(
            "“{file}” has no table called “{table}”; it has {names}.", file=file_name, table=wanted, names=names
        )
    return (exact or loose)[0]


def _shown(table: Table, file_name: str) -> str:
    """A file of one table is called as the person calls it, not by the hash under which it is kept."""
    return _KEPT.sub(lambda _: file_name, table.name)
