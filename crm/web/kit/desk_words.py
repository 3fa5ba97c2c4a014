"""Words of the house itself: roles, rights, kinds of changes and of files, in the reader's language."""

from crm.web.kit import words
from crm.web.locale import t

_ROLES = {"manager": "Account manager", "lead": "Team lead", "admin": "Administrator", "desk": "Desk"}

_SETS = {
    "edit": "Edit", "import": "Import", "preview": "Preview", "undo": "Undo", "export": "Export", "demo": "Demo", "job": "Background job",
    "bulk": "Edit of many",
}  # fmt: skip

_ACTS = {"added": "Added", "changed": "Changed", "removed": "Removed"}

_STAYS = {
    "changed since": "somebody changed it since",
    "gone": "it is gone",
    "there again": "it is there again",
    "in use": "something newer refers to it",
    "place taken": "another one has taken its place",
}

_ENTITIES = {
    "person": "Colleague", "team": "Team", "api_token": "API token", "attribute_definition": "Field of clients",
    "batch": "Import", "mapping_profile": "Kept mapping", "fill": "Trade", "daily_activity": "Trading day",
    "balance": "Balance", "tier_policy": "Tier policy", "trading_account": "Account number", "trading_tier": "Tier of a day",
}  # fmt: skip

_FIELDS = {
    "role": "Role", "team_id": "Team", "languages": "Languages", "locale": "Language on the screen",
    "is_active": "May sign in", "password_changed_at": "Password changed", "expires_at": "Expires",
    "revoked_at": "Revoked", "client_id": "Client", "volume_usd": "Volume, USD", "fees_usd": "Fees, USD",
    "fee_usd": "Fee, USD", "maker_volume_usd": "Maker volume, USD", "realised_pnl_usd": "Realised PnL, USD",
    "traded_at": "Time", "side": "Side", "is_maker": "Maker", "rebates_usd": "Rebates, USD",
    "equity_usd": "Equity, USD", "deposits_usd": "Deposits, USD",
    "withdrawals_usd": "Withdrawals, USD", "day": "Day", "product": "Product", "instrument": "Instrument",
    "trades": "Trades", "from_at": "From", "until_at": "Until", "part": "Part", "counts": "Counts", "mode": "Mode",
    "first_id": "One", "second_id": "The other", "said_by": "Said by", "said_at": "Said at", "merged_at": "Merged at",
    "mapping": "Mapping", "file_name": "File", "applied_at": "Applied", "repeats": "Repeats", "type": "Type", "withdrawn_at": "Withdrawn",
}  # fmt: skip

_RIGHTS = {
    "log": "Log interactions with the clients they see",
    "plan": "Plan and finish tasks",
    "change_clients": "Add and change clients",
    "import": "Import files",
    "export": "Export lists",
    "reassign": "Move clients and tasks to another book",
    "dashboard": "See the numbers of the team",
    "journal": "Read who changed what in the team",
    "undo_others": "Undo what somebody else changed",
    "accounts": "Invite, change and disable people",
    "settings": "Change settings",
}


def role(value: str) -> str:
    return t(_ROLES[value]) if value in _ROLES else value


def right(value: str) -> str:
    """What a right lets one do; one that is newer than this list is called by its name."""
    return t(_RIGHTS[value]) if value in _RIGHTS else value


def change_kind(value: str) -> str:
    return t(_SETS[value]) if value in _SETS else value


def act(value: str) -> str:
    return t(_ACTS[value])


def stays(reason: str) -> str:
    """Why an undo left a row alone."""
    return t(_STAYS[reason]) if reason in _STAYS else reason


def entity(name: str) -> str:
    return t(_ENTITIES[name]) if name in _ENTITIES else words.entity(name)


def field(name: str) -> str:
    return t(_FIELDS[name]) if name in _FIELDS else words.field(name)
