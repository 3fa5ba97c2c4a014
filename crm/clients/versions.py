"""What a form changes in a row, unless somebody else saved that row first."""

from typing import Any

from sqlmodel import SQLModel

from crm.ground.errors import Clash, ConflictError


def moved(row: SQLModel, fields: dict[str, Any], version: int, what: str) -> dict[str, Any]:
    """The fields that would change.

    Raises:
        ConflictError: the row is no longer the version that was looked at; `clashes` shows both values of each field.
    """
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if changed and version != getattr(row, "version"):  # noqa: B009 -- any versioned row
        clashes = [Clash(name, value, getattr(row, name)) for name, value in changed.items()]
        raise ConflictError("Somebody else changed {what} first. Compare both, then save.", what=what, clashes=clashes)
    return changed
