"""Where Leadership stands in the menu."""

from crm.people import Right
from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(Entry("leadership", "Leadership", ":material/monitoring:", Part.LEAD, 10, Right.DASHBOARD))
