"""Client lists: what they say, whom their rows mean, and how they are written."""

from crm.clients.importing import about_clients, colleagues, linking, matching, preparing, venues
from crm.clients.importing.columns import COLUMNS, ERASABLE
from crm.clients.importing.contact_methods import differing
from crm.intake import foreign_ids, kinds, steps
from crm.intake.kinds import Kind, Rows

kinds.register(
    Kind(
        "clients",
        title="Clients",
        label="Clients",
        place=10,
        columns=COLUMNS,
        rows=Rows(
            "client",
            linking.link,
            names=f"SELECT l.line, coalesce(i.name, c.name) FROM {{0}} LEFT JOIN {about_clients.SEEN} c ON l.known AND c.id = l.id",
            name="l.name",
            is_closed=f"l.known AND {about_clients.closed('c.id = l.id')}",
            prepare=preparing.prepare,
            before=linking.declare_attributes,
            after=linking.write_contact_methods,
            differs=differing,
            guesses=foreign_ids.guesses,
        ),
        needs=(("uid", "name", "first_name", "last_name", "email"),),
        keeps_rest=True,
        erasable=ERASABLE,
        own_header=(
            "venue",
            "uid",
            "name",
            "kind",
            "status",
            "kyc_level",
            "kyc_expires_on",
            "time_zone",
            "backup",
            "joined_on",
        ),
    )
)
steps.goes_along(
    "clients",
    """c.entity IN ('handle', 'past_assignment')
        AND (coalesce(c.after, c.before)->>'client_id') IN (SELECT unnest(CAST(:only AS VARCHAR[])))""",
)

__all__ = ["about_clients", "colleagues", "matching", "venues"]
