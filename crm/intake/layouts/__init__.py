"""Files of venues and of other programs, recognised by their header: what a layout is, and which there are."""

from collections.abc import Mapping, Sequence

from crm.ground.errors import InvalidError
from crm.intake.kinds import KINDS
from crm.intake.layouts.derived import remark, used_by, work_out
from crm.intake.layouts.layout import Layout
from crm.intake.layouts.own import own_layout
from crm.intake.layouts.reading import attributes_of, declared, values_above
from crm.intake.layouts.zones import Stated, check_zone, stated, stated_zone, untitled, why_zone

NONE = "none"  # said by a person who knows better: this file is read without a layout
_registered: dict[str, Layout] = {}


def register(*layouts: Layout) -> None:
    """From now on files of these layouts are recognised."""
    for layout in layouts:
        if _registered.setdefault(layout.name, layout) is not layout:
            raise RuntimeError(f"Two layouts are called {layout.name}.")


def every() -> Mapping[str, Layout]:
    """By name: those that were registered, and those of our own exports."""
    own = (own_layout(kind) for kind in KINDS.values() if kind.own_header)
    return {**_registered, **{layout.name: layout for layout in own}}


def find(name: str) -> Layout | None:
    return every().get(name)


def recognised(header: Sequence[str], kind: str | None = None) -> Layout | None:
    """The layout of which this header says most; of a certain kind, if one is asked for."""
    fitting = [layout for layout in every().values() if layout.fits(header) and kind in (None, layout.kind)]
    return max(fitting, key=lambda layout: len(layout.header), default=None)


def chosen(name: str, header: Sequence[str]) -> Layout | None:
    """The layout that a person names, whatever the header looks like."""
    if name == NONE:
        return None
    found = find(name)
    if not found:
        raise InvalidError(
            "There is no layout “{name}”; choose one of {names}, or {none}.",
            name=name,
            names=", ".join(every()),
            none=NONE,
        )
    if missing := found.lacks(header):
        raise InvalidError(
            "This file is no “{name}”: it has no column {columns}.", name=name, columns=", ".join(missing)
        )
    return found


__all__ = [
    "NONE", "Layout", "Stated", "attributes_of", "check_zone", "chosen", "declared", "every", "find", "recognised", "register", "remark",
    "stated", "stated_zone", "untitled", "used_by", "values_above", "why_zone", "work_out",
]  # fmt: skip
