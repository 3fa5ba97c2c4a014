"""What a layout says about one file: which of its columns are which fields, what clients keep, what stands above the header."""

import re

from crm.intake.headers import BESIDE, bare, is_why_refused
from crm.intake.kinds import Kind
from crm.intake.layouts.derived import also_kept, fields_of, used_by
from crm.intake.layouts.layout import Layout
from crm.intake.staging import Staging


def declared(layout: Layout, kind: Kind, staging: Staging) -> dict[str, list[int]]:
    """Field -> staged columns, those that were worked out among them."""
    width = len(staging.table.header)
    found = {name: [width + n for n in places] for name, places in fields_of(layout).items()}
    for column in kind.columns:
        if column.field not in found and (
            places := layout.places(column.field, staging.table.header, many=column.many)
        ):
            found[column.field] = places
    return found


def attributes_of(layout: Layout | None, staging: Staging, taken: set[int]) -> dict[str, int]:
    """The columns of the file that mean nothing known: kept under their own name, or under the one that says their window."""
    kept = {bare(name): label for name, label in layout.kept_as.items()} if layout else {}
    spent = used_by(layout) - set(kept) if layout else set()
    found = also_kept(layout, len(staging.table.header)) if layout else {}
    for i, title in enumerate(staging.table.header):
        if is_why_refused(title):
            continue
        if bare(title) in kept or (i not in taken and bare(title) not in spent):
            found[kept.get(bare(title), title.removesuffix(BESIDE))] = i
    return found


def values_above(layout: Layout, staging: Staging) -> dict[str, str]:
    """What the lines above the header say of all rows, such as `UID:...`."""
    above = ",".join(cell for line in staging.table.preamble for cell in line)
    found = {name: re.search(pattern, above, re.IGNORECASE) for name, pattern in layout.above.items()}
    return {name: match.group(1) for name, match in found.items() if match}
