"""Where the list of clients stands in the menu, and the page of a single one."""

from crm.people import Right
from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(
    Entry("clients", "Clients", ":material/group:", Part.WORK, 30, Right.LOG),
    Entry("client", "Client", ":material/person:", Part.WORK, 31, Right.LOG, in_menu=False, within="clients"),
)
