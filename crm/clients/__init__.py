"""Who our clients are, how they are reached, and in whose book they stand."""

from crm.clients import (
    accounts,
    assignees,
    assignments,
    attributes,
    contact_methods,
    holding,
    importing,
    mentions,
    names,
    narrowing,
    search,
    tiers,
    undo_scope,
    values,
)
from crm.clients.actions import add, change, clashes, close, reopen, tag, taken
from crm.clients.assignments import Held, assignments_of, check_all_visible
from crm.clients.client_filter import ClientFilter
from crm.clients.forms import ClientChange, NewClient, NewContactMethod, Tags
from crm.clients.models import AssignmentRole, Client, ClientKind, ClientStatus, ContactKind, ContactMethod
from crm.clients.queries import (
    ClientLine,
    ClientPage,
    book_of,
    find,
    get,
    in_use,
    matching,
    order_of,
    page,
    seen,
    tags_of,
)
from crm.clients.scope import named, sees, sees_all, visible_ids, visible_to
from crm.clients.storable import check, check_text
from crm.clients.undoing import past_of

__all__ = [
    "AssignmentRole", "Client", "ClientChange", "ClientFilter", "ClientKind", "ClientLine", "ClientPage", "ClientStatus", "ContactKind",
    "ContactMethod", "Held", "NewClient", "NewContactMethod", "Tags", "accounts", "add", "assignees", "assignments", "assignments_of",
    "attributes", "book_of", "change", "check", "check_all_visible", "check_text", "clashes", "close", "contact_methods", "find", "get",
    "holding", "importing", "in_use", "matching", "mentions", "named", "names", "narrowing", "order_of", "page", "past_of", "reopen",
    "search", "seen", "sees", "sees_all", "tag", "tags_of", "taken", "tiers", "undo_scope", "values", "visible_ids", "visible_to",
]  # fmt: skip
