"""Our own exports: their columns are called as our fields are, so that a list that comes back unchanged changes nothing."""

from crm.intake.kinds import Kind
from crm.intake.layouts.layout import Layout


def own_layout(kind: Kind) -> Layout:
    columns: dict[str, str | tuple[str, ...]] = {}
    for column in kind.columns:
        name = column.exported_as or column.field
        columns[column.field] = (name, f"{name}_#") if column.many else name
    return Layout(f"VIP Desk {kind.label.lower()}", kind.name, kind.own_header, columns=columns, is_own=True)
