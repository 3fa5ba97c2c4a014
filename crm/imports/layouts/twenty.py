"""Twenty: people and companies, as its tables export them and as its API answers (“name.firstName”).

Its record number is no UID of an exchange. The number of a phone stands without the code of its country, which has a column.
"""

from crm.imports.layouts.uids import exchange_uid
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import day

JOINED = {"joined_on": day('coalesce("Creation date", "createdAt")')}
PHONE = """CASE WHEN "Phones / Primary Phone Number" LIKE '+%' THEN "Phones / Primary Phone Number"
    ELSE coalesce("Phones / Primary Phone Calling Code", '') || "Phones / Primary Phone Number" END"""
PEOPLE = Layout(
    "Twenty people",
    "clients",
    ("Name / First Name", "Name / Last Name", "Emails / Primary Email"),
    columns={
        "first_name": "Name / First Name",
        "last_name": "Name / Last Name",
        "email": "Emails / Primary Email",
    },
    worked_out={**exchange_uid(), **JOINED, "phone": PHONE},
    kept_as={"Id": "Twenty ID"},
)
COMPANIES = Layout(
    "Twenty companies",
    "clients",
    ("Name", "Linkedin / Link URL", "Address / Country"),
    constants={"kind": "institution"},
    columns={"name": "Name", "country": "Address / Country"},
    worked_out={**exchange_uid(otherwise='"Id"', venue="Twenty"), **JOINED},
)

register(PEOPLE, COMPANIES)
