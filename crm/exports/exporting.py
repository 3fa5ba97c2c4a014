"""The one function by which a list leaves."""

from collections.abc import Callable, Mapping

from sqlmodel import Session

from crm import people
from crm.exports import book, facts, lists
from crm.exports.selection import Selection
from crm.exports.sheet import Sheet
from crm.ground.errors import InvalidError
from crm.people import Person, Right

EXPORTS: Mapping[str, Callable[[Session, Person, Selection], Sheet]] = {
    "clients": book.sheet,
    "trades": facts.trades,
    "daily_activity": facts.daily_activity,
    "balances": facts.balances,
    "interactions": lists.said,
    "tasks": lists.owed,
    "managers": lists.managers,
}


def export(session: Session, viewer: Person, name: str, selection: Selection | None = None) -> Sheet:
    """A list of what the viewer sees, or what is asked of it. Whoever hands it on writes it down with `record`.

    Raises:
        NotAllowedError: exporting is not for everyone.
        InvalidError: there is no such list.
    """
    people.require(viewer, Right.EXPORT)
    if name not in EXPORTS:
        raise InvalidError(
            "“{name}” is no list that can be exported; there are {names}.", name=name, names=", ".join(EXPORTS)
        )
    return EXPORTS[name](session, viewer, selection or Selection())
