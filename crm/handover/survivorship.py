"""Which value wins where records are merged: the one that was chosen, or else the first that is there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crm.clients import check_text, values
from crm.clients.models import Client
from crm.ground import limits
from crm.ground.errors import InvalidError
from crm.ground.messages import Word

ACCOUNT, NOTES, MORE = "account", "notes", "attributes."
PLAIN = (
    "name",
    "kind",
    "status",
    "tier",
    "kyc_level",
    "kyc_expires_on",
    "risk",
    "country",
    "language",
    "time_zone",
    "birthday",
    "joined_on",
    "source",
    "manager_id",
    "backup_id",
)
_KEPT_ONLY = ("manager_id", "backup_id")  # giving a client to somebody is never a side effect


@dataclass(frozen=True)
class Weighed:
    """One field of records side by side: each one's value, and whose wins unless somebody chooses."""

    field: str
    values: Mapping[UUID, Any]
    winner: UUID

    @property
    def differs(self) -> bool:
        """Two of them say different things; who says nothing agrees with everybody."""
        return len({repr(value) for value in self.values.values() if not _is_empty(value)}) > 1


def weigh(clients: Sequence[Client]) -> list[Weighed]:
    """Every field in which any of these records says something; the first record is the one that is kept."""
    more = sorted({name for client in clients for name in client.attributes or {}})
    readers = {name: _reader(name) for name in (PLAIN[0], ACCOUNT, *PLAIN[1:], NOTES, *(MORE + name for name in more))}
    found = []
    for name, read in readers.items():
        told = {client.id: read(client) for client in clients}
        if any(not _is_empty(value) for value in told.values()):
            found.append(Weighed(name, told, _first(name, told)))
    return found


def settled(clients: Sequence[Client], choices: Mapping[str, UUID]) -> dict[str, Any]:
    """The columns of the record that stays; tags are those of all, notes stand one below the other unless one was chosen.

    Raises:
        InvalidError: a choice names no field, or none of these records; or there is more than one client can hold.
    """
    lines = {line.field: line for line in weigh(clients)}
    _check(clients, choices)
    winners = {name: choices.get(name, line.winner) for name, line in lines.items()}
    fields = {name: lines[name].values[winners[name]] for name in PLAIN if name in lines}
    main = _of(clients, winners.get(ACCOUNT, clients[0].id))
    fields |= {name: getattr(main, name) for name in ("venue", "uid", "number")}
    fields["closed_at"] = _of(clients, winners["status"]).closed_at
    fields["attributes"] = {
        name.removeprefix(MORE): line.values[winners[name]]
        for name, line in lines.items()
        if name.startswith(MORE) and not _is_empty(line.values[winners[name]])
    }
    fields["tags"] = _every_tag(clients)
    fields["notes"] = _of(clients, choices[NOTES]).notes if NOTES in choices else _every_note(clients)
    if fields.get("backup_id") == fields["manager_id"]:
        fields["backup_id"] = None
    return fields


def _reader(name: str) -> Callable[[Client], Any]:
    if name == ACCOUNT:
        return lambda client: (client.venue, client.uid) if client.uid else None
    if name.startswith(MORE):
        return lambda client: (client.attributes or {}).get(name.removeprefix(MORE))
    return lambda client: getattr(client, name)


def _first(name: str, told: Mapping[UUID, Any]) -> UUID:
    ids = list(told)
    if name in _KEPT_ONLY:
        return ids[0]
    return next((found for found in ids if not _is_empty(told[found])), ids[0])


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def _of(clients: Sequence[Client], client_id: UUID) -> Client:
    return next(client for client in clients if client.id == client_id)


def _check(clients: Sequence[Client], choices: Mapping[str, UUID]) -> None:
    known = {*PLAIN, ACCOUNT, NOTES, *(MORE + name for client in clients for name in client.attributes or {})}
    for name, client_id in choices.items():
        if name not in known:
            raise InvalidError("There is no field “{name}” to choose.", name=name[:60])
        if client_id not in {client.id for client in clients}:
            raise InvalidError("{field} was chosen of a client who is not merged here.", field=Word(name))


def _every_tag(clients: Sequence[Client]) -> list[str]:
    try:
        return values.tags(tag for client in clients for tag in client.tags or [])
    except InvalidError as error:
        raise InvalidError("{name}: {error}", name=clients[0].name, error=error.message) from error


def _every_note(clients: Sequence[Client]) -> str:
    notes = "\n\n".join(dict.fromkeys(client.notes.strip() for client in clients if client.notes.strip()))
    check_text("notes", notes, limits.NOTE)
    return notes
