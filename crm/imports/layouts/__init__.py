"""Files of venues and of other CRMs, recognised by their header: one small file for each venue.

To add one: write `layouts/<venue>.py` with a `Layout` (what its fields mean stands there; `hyperliquid.py` is the shortest,
`okx.py` the longest) and a tuple `LAYOUTS`, put the file into `VENUES` below, and a small invented file of that layout into
`tests/imports/test_layouts.py`. Sentences of `says`, `left_out` and `remarks` are shown to people: translate them in `zh_imports.json`.
"""

from collections.abc import Sequence

from crm.ground.errors import InvalidError
from crm.imports.layouts import (
    b2core,
    binance,
    bybit,
    coinex,
    google,
    hubspot,
    hyperliquid,
    okx,
    outlook,
    own,
    prices,
    salesforce,
)  # fmt: skip
from crm.imports.layouts.layout import Layout
from crm.imports.layouts.reading import attributes_of, declared, said_above
from crm.imports.layouts.working import remark, work_out
from crm.imports.layouts.zones import check_zone, stated_zone

VENUES = (okx, bybit, coinex, binance, hyperliquid, b2core, hubspot, salesforce, google, outlook, prices, own)
LAYOUTS: dict[str, Layout] = {layout.name: layout for venue in VENUES for layout in venue.LAYOUTS}
NONE = "none"  # said by a person who knows better: this file is read without a layout


def recognised(header: Sequence[str], kind: str | None = None) -> Layout | None:
    """The layout of which this header says most; of a certain kind, if one is asked for."""
    fitting = [layout for layout in LAYOUTS.values() if layout.fits(header) and kind in (None, layout.kind)]
    return max(fitting, key=lambda layout: len(layout.header), default=None)


def chosen(name: str, header: Sequence[str]) -> Layout | None:
    """The layout that a person names, whatever the header looks like."""
    if name == NONE:
        return None
    found = LAYOUTS.get(name)
    if not found:
        raise InvalidError(f"There is no layout “{name}”; choose one of {', '.join(LAYOUTS)}, or {NONE}.")
    if missing := found.lacks(header):
        raise InvalidError(f"This file is no “{name}”: it has no column {', '.join(missing)}.")
    return found


__all__ = [
    "LAYOUTS", "NONE", "Layout", "attributes_of", "check_zone", "chosen", "declared", "recognised", "remark", "said_above",
    "stated_zone", "work_out",
]  # fmt: skip
