"""What can go wrong, in sentences that a manager may read.

CrmError
├── NotFoundError     there is no such thing, or it is not yours to see
├── NotAllowedError   it is there, but this is not yours to do
├── InvalidError      what was typed or sent cannot be right
├── ConflictError     somebody else was faster
├── BusyError         not now: the database is held by somebody else
└── DamagedError      a file of ours cannot be read any more
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crm.ground.messages import Message, Word


class CrmError(Exception):
    """The root of the family; its message is one sentence for the person in front of the screen.

    A literal template and its values, or a whole `Message`: `NotFoundError("There is no field “{name}”.", name=name)`.
    `at`: the field of a form that it is about, or several with what is said of each; a sentence about `{field}` tells it itself.
    """

    def __init__(self, text: str | Message, /, *, at: str | Mapping[str, Message] = "", **values: object) -> None:
        self.message = text if isinstance(text, Message) else Message(text, **values)
        named = self.message.values.get("field")
        field = at or (named.value if isinstance(named, Word) else "")
        self.fields: Mapping[str, Message] = (
            {field: self.message} if isinstance(field, str) and field else dict(field or {})
        )
        super().__init__(str(self.message))

    @property
    def details(self) -> dict[str, Any]:
        """What a program is told beside the sentence."""
        return {}


class NotFoundError(CrmError):
    """There is no such thing, or it is not yours to see."""  # one answer for both, so that nobody can probe


class NotAllowedError(CrmError):
    """It is there, but this is not yours to do."""


class InvalidError(CrmError, ValueError):
    """What was typed or sent cannot be right."""  # a ValueError, so that validators of forms may raise it


@dataclass(frozen=True)
class Clash:
    """One field that two people changed: what the second wanted, what stands there now, what it was, and who changed it."""

    field: str
    yours: object
    theirs: object
    before: object = None
    by: UUID | None = None
    at: datetime | None = None


class ConflictError(CrmError):
    """Somebody else saved first; `clashes` shows both values of each field."""

    def __init__(
        self,
        text: str | Message,
        /,
        *,
        at: str | Mapping[str, Message] = "",
        clashes: list[Clash] | None = None,
        **values: object,
    ) -> None:
        super().__init__(text, at=at, **values)
        self.clashes = clashes or []


class BusyError(CrmError):
    """The database is held by another process, or too many write at once; trying again may help."""


class DamagedError(CrmError):
    """A database or backup file cannot be read as one of ours."""


STATUS: Mapping[type[CrmError], int] = {
    NotFoundError: 404,
    NotAllowedError: 403,
    InvalidError: 422,
    ConflictError: 409,
    BusyError: 503,
    DamagedError: 500,
}
