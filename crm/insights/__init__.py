"""Numbers across rooms: one client, a day, a book, the whole desk; and the figures that show them."""

from crm.insights import book, charts, charts_leadership, client_summary, leadership, my_day
from crm.insights.chart_look import Look
from crm.insights.cliff import Falling
from crm.insights.period import Period

__all__ = [
    "Falling", "Look", "Period", "book", "charts", "charts_leadership", "client_summary", "leadership",
    "my_day",
]  # fmt: skip
