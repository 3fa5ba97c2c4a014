"""What clients did, day by day; what a venue's tiers ask for; and a profile of each account."""

from crm.trading.days import as_of
from crm.trading.models import Balance, DailyActivity, Fill, Product, Source, TierPolicy, TradingProfile, TradingTier
from crm.trading.policy import Policy
from crm.trading.profiles import refresh
from crm.trading.queries import (
    balances_of,
    daily_of,
    equity_of,
    policies_in_force,
    profile_of,
    tier_of,
    unclaimed,
    window_of,
)
from crm.trading.rollup import retouch, roll_up
from crm.trading.tier_policies import ensure_policies
from crm.trading.tiers import DayVolume, Progress, RollOff, evaluate, progress, roll_off, volumes

__all__ = [
    "Balance", "DailyActivity", "DayVolume", "Fill", "Policy", "Product", "Progress", "RollOff", "Source", "TierPolicy",
    "TradingProfile", "TradingTier", "as_of", "balances_of", "daily_of", "ensure_policies", "equity_of", "evaluate",
    "policies_in_force", "profile_of", "progress", "refresh", "retouch", "roll_off", "roll_up", "tier_of", "unclaimed",
    "volumes", "window_of",
]  # fmt: skip
