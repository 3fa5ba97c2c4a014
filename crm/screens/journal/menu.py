"""Where the journal stands in the menu."""

from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(Entry("journal", "Journal", ":material/history:", Part.WORK, 80))
