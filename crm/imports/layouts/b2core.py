"""B2CORE, a broker's back office: its list of clients. Its ID is the UID under which the broker knows a client."""

from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, day

STATUSES = {
    "active": "active",
    "verified": "active",
    "enabled": "active",
    "new": "prospect",
    "lead": "prospect",
    "inactive": "dormant",
    "disabled": "dormant",
    "suspended": "dormant",
    "blocked": "dormant",
    "archived": "closed",
    "closed": "closed",
    "deleted": "closed",
}
TYPES = {
    "individual": "person",
    "person": "person",
    "personal": "person",
    "retail": "person",
    "corporate": "institution",
    "company": "institution",
    "legal entity": "institution",
    "institutional": "institution",
}
CLIENTS = Layout(
    "B2CORE clients",
    "clients",
    ("ID", "Name", "Created", "Status", "Email", "Verification level", "Risk level", "Last login"),
    columns={
        "uid": "ID",
        "name": "Name",
        "email": "Email",
        "phone": "Phone",
        "tags": "Tags",
        "manager": "Manager",
        "country": "Country",
        "kyc_level": "Verification level",
    },
    worked_out={
        "joined_on": day('"Created"'),
        "status": chosen('"Status"', STATUSES),
        "kind": chosen('"Types"', TYPES),
        "risk": chosen('"Risk level"', {"low": "low", "medium": "medium", "normal": "medium", "high": "high"}),
    },
    kept_as={"Status": "Status in B2CORE", "Types": "Types in B2CORE", "Risk level": "Risk level in B2CORE"},
)

register(CLIENTS)
