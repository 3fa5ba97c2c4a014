"""Leadership: what is at risk and whose call it is, then the numbers of the desk in a period."""

import streamlit as st

from crm import people
from crm.ground import clock
from crm.insights import desk_review
from crm.screens.leadership import charts, panels, radar
from crm.web.frame import links
from crm.web.kit import cache, current_user, flash, forms
from crm.web.locale import t

me = current_user.get()
flash.show()
links.follow("leadership")
span, since, until = panels.asked()

# Read
with forms.showing_errors():
    people.require(me, people.Right.DASHBOARD)
    desk = cache.remembered(desk_review.review, me, span, since, until)
found = desk.summary

# Show
st.title(t("Leadership"))
panels.period(clock.exchange_today())
panels.said_about(found)
if found.as_of is None:
    panels.nothing_yet()
    st.stop()
st.subheader(t("At risk, and whose call it is"))
panels.at_risk(me, desk)
panels.headline(found)
radar.downgrade_risks(me, found)
charts.grid(
    me,
    found,
    charts.books,
    charts.coverage,
    charts.volume,
    charts.growth,
    charts.concentration,
)
