"""The search stands in the frame of every page."""

from crm.screens.search import box
from crm.web.frame import tools

tools.register("search", box.show)
