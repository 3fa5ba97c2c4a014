"""The store's own words as people say them: kinds, states, channels, columns; one English word each, translated."""

from babel import Locale

from crm.web import locale
from crm.web.locale import t

_WORDS = {
    # tasks
    "follow_up": "Follow-up", "promise": "Promise", "internal": "Internal",
    "open": "Open", "done": "Done", "withdrawn": "Withdrawn",
    "low": "Low", "normal": "Normal", "medium": "Medium", "high": "High", "urgent": "Urgent",
    "never": "Never", "daily": "Every day", "weekly": "Every week", "monthly": "Every month", "quarterly": "Every quarter",
    # clients
    "person": "Person", "institution": "Institution",
    "prospect": "Prospect", "active": "Active", "dormant": "Dormant", "closed": "Closed",
    "primary": "Manager", "backup": "Backup", "merged": "Manager of a merged record",
    # ways to reach somebody, and how it was done
    "email": "E-mail", "phone": "Phone", "telegram": "Telegram", "wechat": "WeChat", "whatsapp": "WhatsApp", "x": "X",
    "discord": "Discord", "line": "LINE", "other": "Other", "consultation": "Consultation", "call": "Call",
    "meeting": "Meeting", "chat": "Chat", "ticket": "Ticket", "event": "Event",
    "outbound": "We reached out", "inbound": "The client came to us",
    # products
    "spot": "Spot", "margin": "Margin", "perpetual": "Perpetuals", "futures": "Futures", "options": "Options",
    "buy": "Buy", "sell": "Sell",
    "earn": "Earn", "loans": "Loans", "otc": "OTC", "api": "API", "copy": "Copy trading",
}  # fmt: skip

_FIELDS = {
    "name": "Name", "venue": "Venue", "uid": "UID", "kind": "Kind", "status": "Status", "tier": "Tier",
    "kyc_level": "KYC level", "kyc_expires_on": "KYC expires", "risk": "Risk", "country": "Country",
    "language": "Language", "time_zone": "Time zone", "birthday": "Birthday", "source": "Came through",
    "notes": "Notes", "tags": "Tags", "attributes": "More fields", "joined_on": "Client since", "manager_id": "Manager",
    "backup_id": "Backup", "closed_at": "Closed", "value": "Contact", "label": "Label", "is_verified": "Verified",
    "title": "Title", "owner_id": "Owner", "priority": "Priority", "due_on": "Due", "due_at": "Due at",
    "snoozed_until": "Snoozed until", "repeat": "Repeats", "outcome": "Outcome", "done_at": "Done at",
    "summary": "What was said", "channel": "Channel", "direction": "Direction", "happened_at": "When",
    "minutes": "Minutes", "topic": "Topic", "products": "Products", "mood": "Mood", "next_steps": "Next step",
    "person_id": "Who", "remind_at": "Remind at",
}  # fmt: skip

_ENTITIES = {
    "client": "Client", "handle": "Contact", "task": "Task", "interaction": "Interaction",
    "past_assignment": "Assignment", "further_account": "Further account", "merged_client": "Merged client",
    "not_duplicate": "No duplicates",
}  # fmt: skip

_ROWS = {
    "interaction": "Conversations", "task": "Tasks", "handle": "Contacts", "further_account": "Further accounts",
    "merged_client": "Merged before",
}  # fmt: skip

MOODS = {1: "Upset", 2: "Unhappy", 3: "Neutral", 4: "Pleased", 5: "Delighted"}


def word(value: str | None) -> str:
    """A stored value in words; an em dash where there is none, and what is not ours as it stands."""
    if not value:
        return "—"
    return t(_WORDS[value]) if value in _WORDS else value


def field(name: str) -> str:
    """What a column is called on the screen; a way to reach somebody may stand where a column does."""
    return t(_FIELDS[name]) if name in _FIELDS else word(name)


def entity(name: str) -> str:
    return t(_ENTITIES[name]) if name in _ENTITIES else name


def rows(name: str) -> str:
    """What several rows of a table are called."""
    return t(_ROWS[name]) if name in _ROWS else entity(name)


def mood(value: int | None) -> str:
    return t(MOODS[value]) if value in MOODS else "—"


def country(code: str) -> str:
    """The name of a country in the reader's language."""
    return str(Locale(locale.code()).territories.get(code, code))
