"""Where Duplicates stand in the menu."""

from crm.people import Right
from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(Entry("duplicates", "Duplicates", ":material/join_inner:", Part.WORK, 70, Right.CHANGE_CLIENTS))
