"""What a kind of file needs to register itself: columns and their mapping, checks, staging, and how rows meet the store."""

from crm.intake import (
    accounts,
    arrival,
    checking,
    guesses,
    headers,
    kinds,
    layouts,
    mapping,
    money,
    planning,
    qualifiers,
    same_rows,
    staging,
    steps,
    upsert,
)
from crm.intake.kinds import KINDS, Column, Kind, Rows, Type
from crm.intake.mapping import NAMELESS, Lists
from crm.intake.upsert import Mode

__all__ = [
    "KINDS", "NAMELESS", "Column", "Kind", "Lists", "Mode", "Rows", "Type", "accounts", "arrival", "checking", "guesses", "headers",
    "kinds", "layouts", "mapping", "money", "planning", "qualifiers", "same_rows", "staging", "steps", "upsert",
]  # fmt: skip
