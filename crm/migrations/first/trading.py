"""Accounts, their trades by the day, what they hold, and what is made of that."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    op.create_table(
        "trading_account",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("trading_account_by_uid", "trading_account", ["venue", "uid"], unique=True)
    op.create_table(
        "fill",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fill_key", sa.String(), nullable=False),
        sa.Column("traded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("is_maker", sa.Boolean(), nullable=True),
        sa.Column("volume_usd", sa.Numeric(precision=24, scale=8), nullable=False),
        sa.Column("fee_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("realised_pnl_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.PrimaryKeyConstraint("number", "fill_key"),
        info={"facts": True, "points_at": {"number": ("trading_account.number", "TRUE")}},
    )
    op.create_table(
        "daily_activity",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("volume_usd", sa.Numeric(precision=24, scale=8), nullable=False),
        sa.Column("maker_volume_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("trades", sa.BigInteger(), nullable=True),
        sa.Column("fees_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("rebates_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("realised_pnl_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.PrimaryKeyConstraint("number", "day", "product", "instrument"),
        info={"facts": True, "points_at": {"number": ("trading_account.number", "source = 'summary'")}},
    )
    op.create_table(
        "balance",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("equity_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("deposits_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("withdrawals_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.PrimaryKeyConstraint("number", "day"),
        info={"facts": True, "points_at": {"number": ("trading_account.number", "TRUE")}},
    )
    op.create_table(
        "trading_profile",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("active_days_30", sa.Integer(), nullable=False),
        sa.Column("volume_7d_usd", sa.Numeric(precision=24, scale=8), nullable=False),
        sa.Column("volume_30d_usd", sa.Numeric(precision=24, scale=8), nullable=False),
        sa.Column("volume_previous_30d_usd", sa.Numeric(precision=24, scale=8), nullable=False),
        sa.Column("volume_total_usd", sa.Numeric(precision=24, scale=8), nullable=False),
        sa.Column("maker_volume_30d_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("fees_30d_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("rebates_30d_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("realised_pnl_30d_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("equity_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("net_deposits_30d_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("main_product", sa.String(), nullable=True),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        info={"facts": True, "journalled": False},
    )
    op.create_table(
        "trading_tier",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("tier", sa.String(), nullable=True),
        sa.Column("next_tier", sa.String(), nullable=True),
        sa.Column("gap_metric", sa.String(), nullable=True),
        sa.Column("gap_usd", sa.Numeric(precision=24, scale=8), nullable=True),
        sa.Column("falls_on", sa.Date(), nullable=True),
        sa.Column("falls_to", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        info={"facts": True, "journalled": False},
    )
    op.create_table(
        "tier_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
