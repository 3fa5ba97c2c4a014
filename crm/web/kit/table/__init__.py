"""One table under every list: its heads sort the whole list, its pages turn, its columns are chosen, all in the address."""

from crm.web.kit.table.described import DOWN, UP, Column, Order, Table, arranged, turned
from crm.web.kit.table.drawn import bar, show, show_all, taken, view
from crm.web.kit.table.pages import PAGE_ROWS, offset, page_number
from crm.web.kit.table.sorting import asked

__all__ = [
    "DOWN", "PAGE_ROWS", "UP", "Column", "Order", "Table", "arranged", "asked", "bar", "offset", "page_number", "show",
    "show_all", "taken", "turned", "view",
]  # fmt: skip
