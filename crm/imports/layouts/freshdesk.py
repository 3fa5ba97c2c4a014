"""Freshdesk: tickets as its list exports them. Whoever asked is found by the e-mail address."""

from crm.imports.layouts import tickets
from crm.intake.layouts import Layout, register

TICKETS = Layout(
    "Freshdesk tickets",
    "interactions",
    ("Ticket ID", "Subject", "Status", "Source", "Agent", "Created time"),
    constants={"direction": "inbound"},
    columns={
        "external_id": "Ticket ID",
        "client": ("Email", "Contact Email", "Requester Email", "Full name"),
        "happened_at": "Created time",
        "topic": "Subject",
        "outcome": "Status",
    },
    worked_out={
        "person": 'CASE WHEN lower("Agent") <> \'no agent\' THEN "Agent" END',
        "channel": tickets.channel('"Source"'),
        "summary": 'coalesce("Description", "Subject")',
    },
)

register(TICKETS)
