"""Where My day stands in the menu."""

from crm.people import Right
from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(Entry("my_day", "My day", ":material/today:", Part.WORK, 10, Right.LOG))
