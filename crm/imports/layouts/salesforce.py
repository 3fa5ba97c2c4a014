"""Salesforce, as Data Loader and its weekly export write it: accounts, and contacts or leads.

An account is known again by its Salesforce ID, under “Salesforce” as its venue, unless a column holds the UID of an exchange.
"""

from dataclasses import replace

from crm.imports.layouts.uids import exchange_uid
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, day

JOINED = {"joined_on": day('"CreatedDate"'), "status": chosen('"IsDeleted"', {"true": "closed", "1": "closed"})}
ACCOUNTS = Layout(
    "Salesforce accounts",
    "clients",
    ("Id", "IsDeleted", "Name", "BillingCountry", "OwnerId", "CreatedDate"),
    columns={"name": "Name", "phone": "Phone", "country": "BillingCountry", "notes": "Description"},
    worked_out={
        **exchange_uid(otherwise='"Id"', venue="Salesforce"),
        "kind": "CASE WHEN lower(\"IsPersonAccount\") = 'true' THEN 'person' ELSE 'institution' END",
        **JOINED,
    },
)
CONTACTS = replace(
    ACCOUNTS,
    name="Salesforce contacts and leads",
    header=("Id", "IsDeleted", "FirstName", "LastName", "Email", "OwnerId", "CreatedDate"),
    columns={
        "first_name": "FirstName",
        "last_name": "LastName",
        "email": "Email",
        "phone": ("Phone", "MobilePhone"),
        "country": ("MailingCountry", "Country"),
        "birthday": "Birthdate",
        "source": "LeadSource",
        "notes": "Description",
    },
    worked_out={**exchange_uid(), **JOINED},
    kept_as={"Id": "Salesforce ID"},
)

register(ACCOUNTS, CONTACTS)
