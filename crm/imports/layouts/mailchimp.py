"""Mailchimp: an audience in three files, of those who want its mail, who no longer do, and whose address is dead."""

from dataclasses import replace

from crm.intake.layouts import Layout, register

SUBSCRIBED = Layout(
    "Mailchimp subscribed",
    "clients",
    ("MEMBER_RATING", "OPTIN_TIME", "LAST_CHANGED", "EUID"),
    columns={
        "email": ("Email Address", "Email"),
        "first_name": "First Name",
        "last_name": "Last Name",
        "phone": ("Phone Number", "Phone"),
        "country": "CC",
        "time_zone": "TIMEZONE",
        "notes": "NOTES",
        "tags": "TAGS",
    },
    also_kept={"Newsletter": "'subscribed'"},
)
UNSUBSCRIBED = replace(
    SUBSCRIBED,
    name="Mailchimp unsubscribed",
    header=(*SUBSCRIBED.header, "UNSUB_TIME"),
    also_kept={"Newsletter": "'unsubscribed'"},
    says="These people no longer want mail: “Newsletter” says so for each of them.",
)
CLEANED = replace(
    SUBSCRIBED,
    name="Mailchimp cleaned",
    header=(*SUBSCRIBED.header, "CLEAN_TIME"),
    also_kept={"Newsletter": "'cleaned'"},
    says="Mail to these addresses came back: “Newsletter” says so for each of them.",
)

register(SUBSCRIBED, UNSUBSCRIBED, CLEANED)
