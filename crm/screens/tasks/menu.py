"""Where Tasks stand in the menu."""

from crm.people import Right
from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(Entry("tasks", "Tasks", ":material/task_alt:", Part.WORK, 40, Right.PLAN))
