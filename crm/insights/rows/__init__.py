"""From a number to the rows that sum to it: every number and bar of Leadership and of a client, taken apart."""

from crm.insights.rows.listing import Line, Listing, listing
from crm.insights.rows.sources import SOURCES
from crm.insights.rows.wanted import NO_TIER, Wanted, target

__all__ = ["NO_TIER", "SOURCES", "Line", "Listing", "Wanted", "listing", "target"]
