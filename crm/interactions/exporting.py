"""The list of what was said to clients."""

from datetime import datetime

from sqlmodel import Session, col

from crm import clients
from crm.exports import Selection, Sheet, listed, streamed, types_of
from crm.interactions.models import Interaction
from crm.interactions.queries import visible_to
from crm.people import Person

SAID = (
    "happened_at",
    "channel",
    "direction",
    "minutes",
    "topic",
    "products",
    "summary",
    "mood",
    "outcome",
    "next_steps",
)


@listed("interactions")
def said(session: Session, viewer: Person, selection: Selection) -> Sheet:
    named = clients.named(viewer)
    query = (
        clients.narrowing.narrowed(viewer, selection, visible_to(viewer), col(Interaction.client_id))
        .join(named, named.c.id == col(Interaction.client_id))
        .join(Person, col(Person.id) == col(Interaction.person_id))
        .with_only_columns(
            *clients.narrowing.known_by(Interaction, named),
            *(getattr(Interaction, name) for name in (*SAID, "created_at")),
        )
    )
    ordered = selection.ordered(query, (col(Interaction.happened_at), col(Interaction.id)), col(Interaction.id))
    columns = ("external_id", *clients.narrowing.CLIENT, "manager", *SAID, "logged_at")
    typed = types_of(Interaction, *SAID) | {"logged_at": datetime}
    return Sheet("interactions", columns, streamed(session, ordered), typed)
