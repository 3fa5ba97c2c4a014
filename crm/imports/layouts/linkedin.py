"""LinkedIn: the connections of a member, below a note about missing addresses."""

from crm.intake.layouts import Layout, register

CONNECTIONS = Layout(
    "LinkedIn connections",
    "clients",
    ("First Name", "Last Name", "Company", "Position", "Connected On"),
    columns={"first_name": "First Name", "last_name": "Last Name", "email": "Email Address"},
    constants={"source": "LinkedIn"},
    kept_as={"URL": "LinkedIn", "Company": "Company", "Position": "Position", "Connected On": "Connected on LinkedIn"},
)

register(CONNECTIONS)
