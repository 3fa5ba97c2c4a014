"""Which lists there are, each registered by the room whose rows it holds, and the one function by which they leave."""

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from crm import people
from crm.exports.selection import Selection
from crm.exports.sheet import Sheet
from crm.ground.errors import InvalidError
from crm.ground.registry import Registry
from crm.people import Person, Right

List = Callable[[Session, Person, Selection], Sheet]

EXPORTS: Registry[List] = Registry("what stands in the list")


def listed(name: str) -> Callable[[List], List]:
    """Register what reads a list: of the rows that its viewer sees, those asked for."""

    def registered(read: List) -> List:
        EXPORTS.add(name, read)
        return read

    return registered


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
    return replace(EXPORTS[name](session, viewer, selection or Selection()), taken_by=viewer.email)
