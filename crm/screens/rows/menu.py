"""The page of the rows behind a number; numbers and bars lead to it."""

from crm.people import Right
from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(Entry("rows", "Rows", ":material/table_rows:", Part.WORK, 32, Right.LOG, in_menu=False))
