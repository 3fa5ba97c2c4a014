"""Leadership: what is at risk and whose call it is, then the numbers of the desk in a period."""

import streamlit as st

from crm import clock, people
from crm.web import cache, leadership_charts, leadership_parts, leadership_view, links, parts, viewer
from crm.web.locale import t

me = viewer.current()
parts.said()
links.follow()
span, since, until = leadership_parts.asked()

# Read
with parts.showing_errors():
    people.require(me, people.Right.DASHBOARD)
    desk = cache.remembered(leadership_view.desk, me, span, since, until)
found = desk.summary

# Show
st.title(t("Leadership"))
leadership_parts.period(clock.exchange_today())
leadership_parts.said_about(found)
if found.as_of is None:
    leadership_parts.nothing_yet()
    st.stop()
st.subheader(t("At risk, and whose call it is"))
leadership_parts.at_risk(me, desk)
leadership_parts.headline(found)
leadership_charts.radar(me, found)
leadership_charts.grid(
    me, found, leadership_charts.books, leadership_charts.coverage, leadership_charts.volume, leadership_charts.growth,
    leadership_charts.concentration,
)  # fmt: skip
