"""A client in three lines, for whoever is about to speak to them."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from crm.clients import Client
from crm.ground import clock
from crm.insights import client_summary
from crm.insights.client_brief import ClientBrief
from crm.people import Person
from crm.screens import client_links
from crm.screens.tasks import task_rows
from crm.web.kit import say
from crm.web.kit.phrases import ago, render
from crm.web.locale import change, percent, short_money, t, time

COLOURS: Mapping[str, Literal["green", "orange", "red"]] = {"green": "green", "yellow": "orange", "red": "red"}


def show(me: Person, brief: ClientBrief) -> None:
    client, summary = brief.client, brief.summary
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            client_links.to_client(client.id, client.name)
            health(summary)
        st.caption(say.joined(facts(me, client, summary)))
        for reason in summary.reasons[:3]:
            st.markdown(say.marked(":material/priority_high: {why}", why=render(reason.said)))
        for task in brief.tasks:
            st.markdown(say.label(task_rows.described(task, clock.today(me.time_zone))))


def facts(me: Person, client: Client, summary: client_summary.ClientSummary) -> list[str]:
    """Tier, volume and its trend, the last contact, the hour where the client lives."""
    found = [client.tier or summary.earned_tier or ""]
    if summary.volume_30d_usd is not None:
        moved = f" ({change(summary.change)})" if summary.change is not None else ""
        found.append(t("{volume} in 30 days", volume=short_money(summary.volume_30d_usd)) + moved)
    found.append(t("last contact {when}", when=ago(summary.last_contact_at, me.time_zone)))
    if client.time_zone and client.time_zone != me.time_zone:
        found.append(t("{time} there now", time=time(clock.now(), client.time_zone)))
    return [fact for fact in found if fact]


def health(summary: client_summary.ClientSummary) -> None:
    """The score in the colour of its band, with the measures it is made of."""
    if summary.health.score is None or summary.health.band is None:
        st.badge(t("Health unknown"), color="gray")
        return
    lines = [
        f"{t(driver.name.text)}: {'—' if driver.score is None else round(driver.score)}"
        for driver in summary.health.drivers
    ]
    told = t("{share} of the measures are known.", share=percent(summary.health.coverage))
    st.badge(
        say.label(t("Health {score}", score=summary.health.score)),
        color=COLOURS[summary.health.band],
        help=say.marked("{measures}\n\n{known}", measures=say.bullets(lines), known=told),
    )
