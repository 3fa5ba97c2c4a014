"""Words of the house itself: roles, rights, kinds of changes, in the reader's language."""

from crm.web.locale import t

_ROLES = {"manager": "Account manager", "lead": "Team lead", "admin": "Administrator", "desk": "Desk"}

_SETS = {
    "edit": "Edit",
    "import": "Import",
    "preview": "Preview",
    "undo": "Undo",
    "export": "Export",
    "demo": "Demo",
    "job": "Background job",
    "bulk": "Edit of many",
}

_ACTS = {"added": "Added", "changed": "Changed", "removed": "Removed"}

_STAYS = {
    "changed since": "somebody changed it since",
    "gone": "it is gone",
    "there again": "it is there again",
    "in use": "something newer refers to it",
    "place taken": "another one has taken its place",
}

_RIGHTS = {
    "log": "Log interactions with the clients they see",
    "plan": "Plan and finish tasks",
    "change_clients": "Add and change clients",
    "import": "Import files",
    "export": "Export lists",
    "reassign": "Move clients and tasks to another book",
    "dashboard": "See the numbers of the team",
    "journal": "Read who changed what in the team",
    "undo_others": "Undo what somebody else changed",
    "accounts": "Invite, change and disable people",
    "settings": "Change settings",
    "sign_ins": "See sign-ins and lift locks",
}


def role(value: str) -> str:
    return t(_ROLES[value]) if value in _ROLES else value


def right(value: str) -> str:
    """What a right lets one do; one that is newer than this list is called by its name."""
    return t(_RIGHTS[value]) if value in _RIGHTS else value


def change_kind(value: str) -> str:
    return t(_SETS[value]) if value in _SETS else value


def act(value: str) -> str:
    return t(_ACTS[value])


def stays(reason: str) -> str:
    """Why an undo left a row alone."""
    return t(_STAYS[reason]) if reason in _STAYS else reason
