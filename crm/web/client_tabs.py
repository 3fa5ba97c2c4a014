"""The parts of a client's page; only the one that is looked at is read."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlmodel import Session

from crm.people import Person
from crm.web import (
    addressed,
    client_details,
    client_history,
    client_tasks,
    timeline_parts,
    trading_parts,
)
from crm.web.client_head import Head
from crm.web.locale import t
from crm.web.wishes import Wish


class Tab(NamedTuple):
    read: Callable[[Session, Person, Head], Any]
    show: Callable[[Person, Head, Any], Wish | None]


TABS = {
    "timeline": Tab(timeline_parts.read, timeline_parts.show),
    "trading": Tab(trading_parts.read, trading_parts.show),
    "tasks": Tab(client_tasks.read, client_tasks.show),
    "details": Tab(client_details.read, client_details.show),
    "history": Tab(client_history.read, client_history.show),
}


def asked() -> Tab:
    """The part that the address names."""
    return TABS.get(addressed.get("tab"), TABS["timeline"])


def choose() -> None:
    addressed.segment(t("Part"), list(TABS), name="tab", shown=_named, clears=("kind", "before", "days"))


def _named(name: str) -> str:
    names = {
        "timeline": t("Timeline"), "trading": t("Trading"), "tasks": t("Tasks and promises"), "details": t("Details"),
        "history": t("History"),
    }  # fmt: skip
    return names[name]
