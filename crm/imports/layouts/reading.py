"""What a layout says about one file: which of its columns are which fields, what clients keep, what stands above the header."""

import re

from crm import clients
from crm.imports.headers import WHY_REFUSED, bare
from crm.imports.kinds import Kind
from crm.imports.layouts.layout import Layout
from crm.imports.layouts.working import also_kept, fields_of, used_by
from crm.imports.workbench import Workbench


def declared(layout: Layout, kind: Kind, bench: Workbench) -> dict[str, list[int]]:
    """Field -> columns of the bench, those that were worked out among them."""
    width = len(bench.table.header)
    found = {name: [width + n for n in places] for name, places in fields_of(layout).items()}
    for column in kind.columns:
        if column.field not in found and (places := layout.places(column.field, bench.table.header, many=column.many)):
            found[column.field] = places
    return found


def attributes_of(layout: Layout | None, bench: Workbench, taken: set[int]) -> dict[str, int]:
    """The columns of the file that mean nothing known: kept under their own name, or under the one that says their window."""
    kept = {bare(name): label for name, label in layout.kept_as.items()} if layout else {}
    spent = used_by(layout) - set(kept) if layout else set()
    found = also_kept(layout, len(bench.table.header)) if layout else {}
    for i, title in enumerate(bench.table.header):
        if title == WHY_REFUSED:
            continue
        if bare(title) in kept or (i not in taken and bare(title) not in spent):
            found[kept.get(bare(title), title.removesuffix(clients.attributes.BESIDE))] = i
    return found


def said_above(layout: Layout, bench: Workbench) -> dict[str, str]:
    """What the lines above the header say of all rows, such as `UID:...`."""
    above = ",".join(cell for line in bench.table.preamble for cell in line)
    found = {name: re.search(pattern, above, re.IGNORECASE) for name, pattern in layout.above.items()}
    return {name: match.group(1) for name, match in found.items() if match}
