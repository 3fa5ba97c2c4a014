"""The parts of a client's page; only the one that is looked at is read."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlmodel import Session

from crm.people import Person
from crm.screens.clients import client_tasks, details, history, timeline, trading
from crm.screens.clients.header import Head
from crm.web.kit import query_params
from crm.web.kit.actions import Action
from crm.web.locale import t


class Tab(NamedTuple):
    read: Callable[[Session, Person, Head], Any]
    show: Callable[[Person, Head, Any], Action | None]


TABS = {
    "timeline": Tab(timeline.read, timeline.show),
    "trading": Tab(trading.read, trading.show),
    "tasks": Tab(client_tasks.read, client_tasks.show),
    "details": Tab(details.read, details.show),
    "history": Tab(history.read, history.show),
}


def asked() -> Tab:
    """The part that the address names."""
    return TABS.get(query_params.get("tab"), TABS["timeline"])


def choose() -> None:
    query_params.segment(t("Part"), list(TABS), name="tab", shown=_named, clears=("kind", "before", "days"))


def _named(name: str) -> str:
    names = {
        "timeline": t("Timeline"),
        "trading": t("Trading"),
        "tasks": t("Tasks and promises"),
        "details": t("Details"),
        "history": t("History"),
    }
    return names[name]
