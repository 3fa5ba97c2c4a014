"""HubSpot: contacts and companies. Its record number is no UID of an exchange; contacts are found by UID, e-mail or phone."""

from crm.imports.layouts.uids import exchange_uid
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, day

STAGES = {
    "subscriber": "prospect",
    "lead": "prospect",
    "marketing qualified lead": "prospect",
    "sales qualified lead": "prospect",
    "opportunity": "prospect",
    "customer": "active",
    "evangelist": "active",
}
JOINED = {"joined_on": day('"Create Date"'), "status": chosen('"Lifecycle Stage"', STAGES)}
CONTACTS = Layout(
    "HubSpot contacts",
    "clients",
    ("Record ID", "First Name", "Last Name", "Email"),
    without=("Mailing Country",),  # Zoho
    columns={
        "first_name": "First Name",
        "last_name": "Last Name",
        "email": ("Email", "Work email", "Additional email addresses"),
        "phone": ("Phone Number", "Mobile Phone Number"),
        "country": ("Country/Region", "Country"),
        "manager": "Contact owner",
        "source": ("Original Source", "Original Traffic Source"),
    },
    worked_out={**exchange_uid(), **JOINED},
    kept_as={"Record ID": "HubSpot ID", "Lifecycle Stage": "Lifecycle Stage"},
)
COMPANIES = Layout(
    "HubSpot companies",
    "clients",
    ("Record ID", "Company name", "Company owner"),
    constants={"kind": "institution"},
    columns={
        "name": "Company name",
        "phone": "Phone Number",
        "country": "Country/Region",
        "manager": "Company owner",
    },
    worked_out={**exchange_uid(otherwise='"Record ID"', venue="HubSpot"), **JOINED},
    kept_as={"Lifecycle Stage": "Lifecycle Stage"},
)

register(CONTACTS, COMPANIES)
