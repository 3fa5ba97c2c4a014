"""Our own exports: their columns are called as our fields are, so that a list that comes back unchanged changes nothing."""

from crm.imports.kinds import CLIENTS_REACHED_BY, KINDS
from crm.imports.layouts.layout import Layout

# Enough of each to give it away; every column of the same name is that field.
_HEADERS: dict[str, tuple[str, ...]] = {
    "clients": ("venue", "uid", "name", "kind", "status", "kyc_level", "kyc_expires_on", "time_zone", "backup", "joined_on"),
    "trades": ("venue", "uid", "trade_id", "traded_at", "product", "role", "volume_usd", "fee_usd", "realised_pnl_usd"),
    "daily_activity": ("venue", "uid", "day", "product", "instrument", "volume_usd", "maker_volume_usd", "rebates_usd"),
    "balances": ("venue", "uid", "day", "equity_usd", "deposits_usd", "withdrawals_usd"),
    "interactions": ("external_id", "venue", "uid", "client", "manager", "happened_at", "channel", "next_steps", "logged_at"),
    "tasks": ("external_id", "venue", "uid", "client", "owner", "title", "due_on", "snoozed_until", "done_at", "repeat"),
}  # fmt: skip
_CALLED = {"person": "manager"}


def _layout(kind: str) -> Layout:
    names = (column.field for column in KINDS[kind].columns)
    columns: dict[str, str | tuple[str, ...]] = {
        name: (name, f"{name}_#") if name in CLIENTS_REACHED_BY else _CALLED.get(name, name) for name in names
    }
    return Layout(f"VIP Desk {KINDS[kind].label.lower()}", kind, _HEADERS[kind], columns=columns)


LAYOUTS = tuple(map(_layout, _HEADERS))
