"""Who may do what: one table, from which the checks, the menu and the help text are made."""

from collections.abc import Mapping
from enum import StrEnum

from crm.db.sessions import Who
from crm.ground.errors import NotAllowedError
from crm.people.models import DESK_ID, Person, Role


class Right(StrEnum):
    LOG = "log"
    PLAN = "plan"
    CHANGE_CLIENTS = "change_clients"
    IMPORT = "import"
    EXPORT = "export"
    REASSIGN = "reassign"
    DASHBOARD = "dashboard"
    JOURNAL = "journal"
    UNDO_OTHERS = "undo_others"
    ACCOUNTS = "accounts"
    SETTINGS = "settings"
    SIGN_INS = "sign_ins"
    GLOSSARY = "glossary"


_DESK = frozenset({Role.MANAGER, Role.LEAD})
_LEAD = frozenset({Role.LEAD})
_ADMIN = frozenset({Role.ADMIN})

MATRIX: Mapping[Right, tuple[str, frozenset[Role]]] = {
    Right.LOG: ("log interactions with the clients they see", _DESK),
    Right.PLAN: ("plan or finish tasks", _DESK),
    Right.CHANGE_CLIENTS: ("add or change clients", _DESK),
    Right.IMPORT: ("import files", _DESK),
    Right.EXPORT: ("export lists", _DESK),
    Right.REASSIGN: ("move clients or tasks to another book", _LEAD),
    Right.DASHBOARD: ("see the numbers of the team", _LEAD),
    Right.JOURNAL: ("read who changed what", _LEAD),
    Right.UNDO_OTHERS: ("undo what somebody else changed", _LEAD),
    Right.ACCOUNTS: ("invite, change or disable people", _ADMIN),
    Right.SETTINGS: ("change settings", _ADMIN),
    Right.SIGN_INS: ("see sign-ins and lift locks", _LEAD | _ADMIN),
    Right.GLOSSARY: ("change the glossary of the search", _LEAD),
}


def may(person: Person, right: Right) -> bool:
    """Whether a person may do this at all; whose clients they see is another question (clients.visible_to)."""
    if person.id == DESK_ID:
        return True  # whoever runs commands on the server holds the database anyway
    return person.is_active and right in of(person.role)


def of(role: str) -> frozenset[Right]:
    """The rights of a role; one that is not known has none."""
    return frozenset(right for right, (_, roles) in MATRIX.items() if role in roles)


def require(person: Person, right: Right) -> None:
    """Stop here unless the person may do this.

    Raises:
        NotAllowedError: the sentence names who may.
    """
    if not may(person, right):
        raise refusal(right)


def refusal(right: str) -> NotAllowedError:
    """What somebody is told who lacks a right."""
    meaning, roles = MATRIX[Right(right)]
    sentence = f"Only {_listed(roles)} can {meaning}."  # each has its translation as a whole
    return NotAllowedError(sentence)


def acting(who: Who) -> Person:
    """The person who acts: rooms below this one know no more than an id."""
    if not isinstance(who, Person):
        raise TypeError(f"{who} is no person.")
    return who


def machine() -> Person:
    """Whoever works on the server's command line: sees everything, is never stored and cannot sign in."""
    return Person(id=DESK_ID, email="desk", name="VIP Desk", role=Role.LEAD, is_active=False)


def help_text() -> str:
    """The whole table, one line for each right, as Markdown."""
    head = ["| what | " + " | ".join(Role) + " |", "| --- |" + " --- |" * len(Role)]
    return "\n".join(head + [_line(meaning, roles) for meaning, roles in MATRIX.values()])


def _line(meaning: str, roles: frozenset[Role]) -> str:
    return f"| {meaning} | " + " | ".join("yes" if role in roles else "" for role in Role) + " |"


def _listed(roles: frozenset[Role]) -> str:
    return " and ".join(f"{role}s" for role in Role if role in roles)
