"""Where Log stands in the menu."""

from crm.people import Right
from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(Entry("log", "Log", ":material/edit_note:", Part.WORK, 20, Right.LOG))
