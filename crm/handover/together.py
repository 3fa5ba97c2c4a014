"""Several records become one, and every room does its part."""

from collections.abc import Sequence

from crm import clients
from crm.clients import Client
from crm.db.sessions import WriteSession
from crm.handover import merging, registry
from crm.handover.merging import Merge
from crm.handover.registry import Merging
from crm.people import Person


def merge(session: WriteSession, by: Person, wanted: Sequence[Merge]) -> list[Client]:
    """Make one client of several, or of several groups, in this write; gives those that stay, in the order asked for."""
    plans = [merging.plan(session, by, one) for one in wanted]
    merging.check_apart(plans)
    numbers = {n for plan in plans for one in plan.clients for n in clients.accounts.numbers_of(session, one)}
    asked = Merging(plans, numbers)
    for step in registry.before:
        step(session, asked)
    kept = merging.carry_out(session, by, plans)
    for step in registry.after:
        step(session, asked)
    return kept
