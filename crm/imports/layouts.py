"""Files of venues that are recognised by their header: what they leave unsaid."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.imports.headers import squeezed


@dataclass(frozen=True)
class Layout:
    """A venue's file: the columns that give it away, its venue, and the zone of its times."""

    name: str
    kind: str
    header: frozenset[str]
    venue: str
    time_zone: str


LAYOUTS = (
    Layout(
        "Hyperliquid trades",
        "trades",
        frozenset({"account", "closedpnl", "sizeusd", "timestampist"}),
        "Hyperliquid",
        "Asia/Kolkata",
    ),
)


def recognised(kind: str, header: Sequence[str]) -> Layout | None:
    names = {squeezed(name) for name in header}
    return next((layout for layout in LAYOUTS if layout.kind == kind and layout.header <= names), None)
