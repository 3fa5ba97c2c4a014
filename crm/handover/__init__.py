"""Clients that go to another book, or become one: one way for both, in which every room does its part."""

from crm.handover import merging, survivorship
from crm.handover.assigning import reassign
from crm.handover.merging import Plan
from crm.handover.registry import Merging, after_merge, before_merge, on_move
from crm.handover.together import merge

__all__ = [
    "Merging", "Plan", "after_merge", "before_merge", "merge", "merging", "on_move", "reassign",
    "survivorship",
]  # fmt: skip
