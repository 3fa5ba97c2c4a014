"""Clients who may be one: what they share, how alike their names are, and what was decided about them."""

from crm.clients.names import plain
from crm.duplicates.decisions import not_duplicates
from crm.duplicates.finding import Candidates, Line, Pair, Shared, candidates
from crm.duplicates.groups import Group, PairFilter, best_first, grouped, groups_of, merges_of
from crm.duplicates.hint import Resembling, resembling
from crm.duplicates.names import alike, likeness

__all__ = [
    "Candidates", "Group", "Line", "Pair", "PairFilter", "Resembling", "Shared", "alike", "best_first", "candidates",
    "grouped", "groups_of", "likeness", "merges_of", "not_duplicates", "plain", "resembling",
]  # fmt: skip
