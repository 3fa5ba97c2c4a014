"""Free-form fields of clients: declared once, then anybody who may change a client may fill them."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from sqlmodel import Session, select

from crm.clients.models import AttributeDefinition
from crm.clients.storable import check_text
from crm.db.sessions import WriteSession
from crm.ground.errors import InvalidError
from crm.people import Person, Right, require


def declared(session: Session) -> Sequence[AttributeDefinition]:
    return session.exec(select(AttributeDefinition).order_by(AttributeDefinition.label, AttributeDefinition.name)).all()


def declare(
    session: WriteSession, by: Person, name: str, *, label: str = "", kind: str = "text"
) -> AttributeDefinition:
    """Make a field of this name, or give back the one that is there."""
    require(by, Right.CHANGE_CLIENTS)
    wanted = " ".join(name.split())
    if not wanted:
        raise InvalidError("A field needs a name.")
    for text in (wanted, label):
        check_text("name", text, 120)
    found = session.get(AttributeDefinition, wanted)
    if not found:
        found = AttributeDefinition(name=wanted, label=label.strip() or wanted, type=kind)
        session.add(found)
        session.flush()
    return found


def merged(session: Session, old: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes after a change: None removes, what is not named stays."""
    known = {definition.name for definition in declared(session)}
    for name, value in wanted.items():
        if name not in known and value is not None:
            raise InvalidError("There is no field “{name}”; declare it first.", name=name[:60])
        if not isinstance(value, str | int | float | bool | None) or (isinstance(value, float) and not isfinite(value)):
            raise InvalidError("The field “{name}” holds one value: a text, a number, yes or no.", name=name[:60])
    return {name: value for name, value in {**old, **wanted}.items() if value is not None}
