"""Where Imports stand in the menu, and rows that wait for a lead."""

from crm.people import Right
from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(
    Entry("imports", "Imports", ":material/upload_file:", Part.WORK, 50),
    Entry("review", "Review", ":material/rule:", Part.WORK, 60, Right.REASSIGN),
)
