"""The order of a list and the columns that it shows, as they stand in the address."""

from crm.web.kit import list_filters, query_params
from crm.web.kit.table.described import DOWN, WAYS, Column, Order, R, Table


def asked(table: Table[R]) -> Order:
    """The order that the address asks for; what no head sorts by counts as nothing."""
    by, way = query_params.get(f"{table.prefix}sort"), query_params.get(f"{table.prefix}way")
    if not any(by == column.sorts_as for column in table.columns if column.sorts_as):
        by = table.usual.by
    usual = by == table.usual.by and table.usual.descending
    return Order(by, descending=way == DOWN if way in WAYS else usual)


def ask(table: Table[R], order: Order) -> None:
    """Set the order in the address, where the usual one needs no words; the list begins at its first page again."""
    is_usual = order == table.usual
    wanted = {"sort": None if is_usual else order.by, "way": None if is_usual else order.way, "page": None}
    query_params.put(**{f"{table.prefix}{name}": value for name, value in wanted.items()})


def visible(table: Table[R]) -> list[Column[R]]:
    """The columns that the address names and the fixed ones; the usual ones where it says nothing about columns."""
    usual = [column.name for column in table.columns if column.is_usual]
    chosen = list_filters.chosen(f"{table.prefix}column", {column.name for column in table.columns}, usual)
    return [column for column in table.columns if column.is_fixed or column.name in chosen]
