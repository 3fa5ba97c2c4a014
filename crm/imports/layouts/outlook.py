"""Outlook contacts: an empty day is written 0/0/00, categories are divided by semicolons, a company may have no person."""

from crm.intake.layouts import Layout, register

CONTACTS = Layout(
    "Outlook contacts",
    "clients",
    ("First Name", "Last Name", "Company", "Job Title", "Business Phone", "Home Phone", "Home Street"),
    columns={
        "first_name": "First Name",
        "last_name": "Last Name",
        "email": ("E-mail Address", "E-mail 2 Address", "E-mail 3 Address", "Email Home", "Email Work", "Email Other"),
        "phone": (
            "Primary Phone",
            "Mobile Phone",
            "Home Mobile",
            "Business Phone",
            "Business Phone 2",
            "Home Phone",
            "Home Phone 2",
            "Company Main Phone",
            "Other Phone",
        ),
        "country": ("Business Country/Region", "Work Country", "Home Country/Region", "Home Country"),
        "notes": "Notes",
        "tags": "Categories",
    },
    worked_out={
        "name": 'CASE WHEN "First Name" IS NULL AND "Last Name" IS NULL THEN "Company" ELSE "Display Name" END',
        "kind": 'CASE WHEN "First Name" IS NULL AND "Last Name" IS NULL AND "Company" IS NOT NULL THEN \'institution\' END',
        "birthday": 'CASE WHEN NOT regexp_matches("Birthday", \'^0+[./-]0+[./-]0+$\') THEN "Birthday" END',
    },
    kept_as={"Company": "Company"},
)

register(CONTACTS)
