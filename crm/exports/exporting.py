"""The one function by which a list leaves."""

from collections.abc import Callable, Mapping

from sqlmodel import Session

from crm import people
from crm.clients import ClientFilter
from crm.errors import InvalidError
from crm.exports import book, lists
from crm.exports.sheet import Sheet
from crm.people import Person, Right

EXPORTS: Mapping[str, Callable[[Session, Person, ClientFilter | None], Sheet]] = {
    "clients": book.sheet,
    "daily_activity": lists.daily_activity,
    "interactions": lists.said,
    "tasks": lists.owed,
    "managers": lists.managers,
}


def export(session: Session, viewer: Person, name: str, *, filter: ClientFilter | None = None) -> Sheet:  # noqa: A002
    """A list of what the viewer sees, or of the clients of a filter. Whoever hands it on writes it down with `record`.

    Raises:
        NotAllowedError: exporting is not for everyone.
        InvalidError: there is no such list.
    """
    people.require(viewer, Right.EXPORT)
    if name not in EXPORTS:
        raise InvalidError(f"“{name}” is no list that can be exported; there are {', '.join(EXPORTS)}.")
    return EXPORTS[name](session, viewer, filter)
