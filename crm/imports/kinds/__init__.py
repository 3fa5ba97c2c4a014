"""The kinds of files: one small file each says what its columns are called."""

from collections.abc import Mapping

from crm.ground.errors import InvalidError
from crm.imports.kinds.activity import BALANCES, COIN, DAILY_ACTIVITY, WEAK_UID_NAMES
from crm.imports.kinds.clients import CLIENTS
from crm.imports.kinds.history import INTERACTIONS, TASKS
from crm.imports.kinds.kind import Column, Kind, Type
from crm.imports.kinds.managers import MANAGERS
from crm.imports.kinds.trades import TRADES

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (CLIENTS, TRADES, DAILY_ACTIVITY, BALANCES, INTERACTIONS, TASKS, MANAGERS)
}


def kind_called(name: str) -> Kind:
    if name not in KINDS:
        raise InvalidError(f"There is no kind “{name}”; choose one of {', '.join(KINDS)}.")
    return KINDS[name]


CLIENTS_REACHED_BY = tuple(column.field for column in CLIENTS.columns if column.many)

__all__ = ["CLIENTS_REACHED_BY", "COIN", "KINDS", "WEAK_UID_NAMES", "Column", "Kind", "Type", "kind_called"]
