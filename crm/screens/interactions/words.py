"""What people call conversations, their channels and their moods."""

from crm.screens.interactions import made
from crm.web.kit import flash, words
from crm.web.locale import t

flash.also("interaction", made.told)
words.register(
    entities={"interaction": "Interaction"},
    rows={"interaction": "Conversations"},
    fields={
        "summary": "What was said",
        "channel": "Channel",
        "direction": "Direction",
        "happened_at": "When",
        "minutes": "Minutes",
        "topic": "Topic",
        "products": "Products",
        "mood": "Mood",
        "next_steps": "Next step",
        "person_id": "Who",
    },
    values={
        "other": "Other",
        "consultation": "Consultation",
        "call": "Call",
        "meeting": "Meeting",
        "chat": "Chat",
        "ticket": "Ticket",
        "event": "Event",
        "outbound": "We reached out",
        "inbound": "The client came to us",
    },
)

MOODS = {1: "Upset", 2: "Unhappy", 3: "Neutral", 4: "Pleased", 5: "Delighted"}


def mood(value: int | None) -> str:
    return t(MOODS[value]) if value in MOODS else "—"
