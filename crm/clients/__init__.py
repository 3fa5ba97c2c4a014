"""Who our clients are, how they are reached, and in whose book they stand."""

from crm.clients import accounts, attributes, holding, narrowing, reach, receivers, values, versions
from crm.clients.accounts import number_of
from crm.clients.actions import add, change, close, reopen, tag, taken
from crm.clients.assignments import Held, assignments_of, check_all_visible
from crm.clients.forms import ClientChange, NewClient, NewHandle
from crm.clients.handles import add_handle, handles_of, remove_handle, verify_handle
from crm.clients.models import Client, Handle, HandleKind, HeldRow, Kind, Part, Risk, Status
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
from crm.clients.sieve import ClientFilter
from crm.clients.storable import check, check_text, spoken

__all__ = [
    "Client", "ClientChange", "ClientFilter", "ClientLine", "ClientPage", "Handle", "HandleKind", "Held", "HeldRow", "Kind",
    "NewClient", "NewHandle", "Part", "Risk", "Status", "accounts", "add", "add_handle", "assignments_of", "attributes",
    "book_of", "change", "check", "check_all_visible", "check_text", "close", "find", "fold", "fold_sql", "folded",
    "get", "handles_of", "holding", "holds", "in_use", "matches", "matching", "named", "narrowing", "number_of",
    "order_of", "page", "reach", "receivers", "remove_handle", "reopen", "search_text", "seen", "sees", "sees_all", "spoken", "tag",
    "tags_of", "taken", "values", "verify_handle", "versions", "visible_ids", "visible_to", "words",
]  # fmt: skip
