"""Numbers across rooms: one client, a day, a book, the whole desk; and the figures that show them."""

from crm.insights import (
    book,
    charts,
    charts_leadership,
    choices,
    client_brief,
    client_summary,
    desk_review,
    leadership,
    my_day,
    period,
    rows,
)
from crm.insights.chart_style import ChartStyle
from crm.insights.period import Period
from crm.insights.tier_downgrade_risk import TierDowngradeRisk

__all__ = [
    "ChartStyle", "Period", "TierDowngradeRisk", "book", "charts", "charts_leadership", "choices", "client_brief", "client_summary",
    "desk_review", "leadership", "my_day", "period", "rows",
]  # fmt: skip
