"""Who our clients are, how they are reached, and in whose book they stand."""

from crm.clients import (
    accounts,
    assignees,
    attributes,
    contact_methods,
    holding,
    importing,
    narrowing,
    undo_scope,
    values,
    versions,
)
from crm.clients.accounts import number_of
from crm.clients.actions import add, change, close, reopen, tag, taken
from crm.clients.assignments import Held, assignments_of, check_all_visible
from crm.clients.client_filter import ClientFilter
from crm.clients.forms import ClientChange, NewClient, NewContactMethod
from crm.clients.models import (
    AssignmentRole,
    Client,
    ClientKind,
    ClientStatus,
    ContactKind,
    ContactMethod,
    HeldRow,
    Risk,
)
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
from crm.clients.search import fold, fold_sql, folded, holds, matches, search_text, words
from crm.clients.storable import check, check_text
from crm.clients.undoing import past_of

__all__ = [
    "AssignmentRole", "Client", "ClientChange", "ClientFilter", "ClientKind", "ClientLine", "ClientPage", "ClientStatus",
    "ContactKind", "ContactMethod", "Held", "HeldRow", "NewClient", "NewContactMethod", "Risk", "accounts", "add",
    "assignees", "assignments_of", "attributes", "book_of", "change", "check", "check_all_visible", "check_text", "close",
    "contact_methods", "find", "fold", "fold_sql", "folded", "get", "holding", "holds", "importing", "in_use", "matches",
    "matching", "named", "narrowing", "number_of", "order_of", "page", "past_of", "reopen", "search_text", "seen", "sees",
    "sees_all", "tag", "tags_of", "taken", "undo_scope", "values", "versions", "visible_ids", "visible_to", "words",
]  # fmt: skip
