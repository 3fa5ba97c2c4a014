"""Zendesk: tickets as a view exports them, and as its API and the tools that copy it write them.

Whoever asked is found by the e-mail address. A view holds no text but the subject.
"""

from dataclasses import replace

from crm.imports.layouts import tickets
from crm.intake.layouts import Layout, register

VIEW = Layout(
    "Zendesk tickets",
    "interactions",
    ("Id", "Requester", "Requester email", "Subject", "Status", "Created at"),
    constants={"direction": "inbound"},
    columns={
        "external_id": "Id",
        "client": "Requester email",
        "person": "Assignee",
        "happened_at": "Created at",
        "topic": "Subject",
        "outcome": "Status",
    },
    worked_out={
        "channel": tickets.channel('"Via"'),
        "summary": 'coalesce("Description", "Subject")',
    },
)
API = replace(
    VIEW,
    name="Zendesk tickets (API)",
    header=("id", "subject", "description", "status", "requester_id", "via_channel", "created_at"),
    time_zone="UTC",
    columns={
        "external_id": "id",
        "client": "via_source_from_address",
        "happened_at": "created_at",
        "topic": "subject",
        "outcome": "status",
    },
    worked_out={
        "channel": tickets.channel('"via_channel"'),
        "summary": 'coalesce("description", "subject")',
    },
)

register(VIEW, API)
