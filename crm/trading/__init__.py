"""What clients did, day by day; what a venue's tiers ask for; and a profile of each account."""

from crm.trading.days import as_of
from crm.trading.models import Balance, DailyActivity, Fill, Product, TierPolicy, TradingProfile, TradingTier
from crm.trading.policy import Policy
from crm.trading.profiles import refresh
from crm.trading.queries import balances_of, daily_of, equity_of, policies_in_force, window_of
from crm.trading.rollup import roll_up
from crm.trading.tier_policies import ensure_policies
from crm.trading.tiers import Progress, RollOff, progress, roll_off, volumes

__all__ = [
    "Balance", "DailyActivity", "Fill", "Policy", "Product", "Progress", "RollOff", "TierPolicy", "TradingProfile",
    "TradingTier", "as_of", "balances_of", "daily_of", "ensure_policies", "equity_of",
    "policies_in_force", "progress", "refresh", "roll_off", "roll_up", "volumes", "window_of",
]  # fmt: skip
