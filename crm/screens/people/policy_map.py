"""Who may write what: a line for each journalled table, a column for each role, from the policies that every write asks."""

from collections.abc import Iterable

import pandas as pd

from crm.journal import policies
from crm.journal.policies import EVERYTHING, Reach
from crm.people import Role, rights
from crm.web.kit import desk_words, words
from crm.web.locale import t


def table() -> pd.DataFrame:
    lines = [
        [words.entity(policy.table), *(_told(policies.reach(policy, rights.of(role))) for role in Role)]
        for policy in policies.every()
    ]
    return pd.DataFrame(lines, columns=[t("May change"), *(desk_words.role(role) for role in Role)])


def _told(reach: Reach) -> str:
    if reach.every_row:
        return t("all, except {fields}", fields=_fields(reach.but)) if reach.but else "✓"
    if reach.own == EVERYTHING:
        return t("only one's own")
    return t("of oneself: {fields}", fields=_fields(sorted(reach.own))) if reach.own else ""


def _fields(names: Iterable[str]) -> str:
    return ", ".join(map(words.field, names))
