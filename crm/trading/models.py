"""Facts of trading: fills as they came, one row per client, day, product and instrument, balances, tier policies, profiles.

Facts carry `number`, the small number of a client or of a UID that is no client yet.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from crm.ground import rows


class Product(StrEnum):
    SPOT = "spot"
    MARGIN = "margin"
    PERPETUAL = "perpetual"
    FUTURES = "futures"
    OPTIONS = "options"
    OTHER = "other"


class Source(StrEnum):
    """Where a day's row comes from: rolled up from fills, or delivered as a daily summary."""

    FILLS = "fills"
    SUMMARY = "summary"


class Fill(SQLModel, table=True):
    """One trade of one account. `fill_key` is the venue's trade id, or the row's own fingerprint where it has none."""

    __table_args__ = rows.FACTS

    number: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    fill_key: str = Field(primary_key=True)
    traded_at: datetime = rows.moment()
    day: date
    product: str
    instrument: str = ""
    side: str = ""
    is_maker: bool | None = None
    volume_usd: Decimal = rows.money()
    fee_usd: Decimal | None = rows.money()
    realised_pnl_usd: Decimal | None = rows.money()


class DailyActivity(SQLModel, table=True):
    """What one account did on one exchange day, in USD; fees are positive when paid. Rolled-up rows are derived."""

    __tablename__ = "daily_activity"
    __table_args__ = rows.DAILY_FACTS

    number: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    day: date = Field(primary_key=True)
    product: str = Field(primary_key=True)
    instrument: str = Field(primary_key=True, default="")
    source: str = Source.SUMMARY
    volume_usd: Decimal = rows.money()
    maker_volume_usd: Decimal | None = rows.money()
    trades: int | None = Field(default=None, sa_type=sa.BigInteger)
    fees_usd: Decimal | None = rows.money()
    rebates_usd: Decimal | None = rows.money()
    realised_pnl_usd: Decimal | None = rows.money()


class Balance(SQLModel, table=True):
    """Equity at the close of an exchange day, and what went in and out during it, in USD."""

    __table_args__ = rows.FACTS

    number: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    day: date = Field(primary_key=True)
    equity_usd: Decimal | None = rows.money()
    deposits_usd: Decimal | None = rows.money()
    withdrawals_usd: Decimal | None = rows.money()


class TierPolicy(rows.Versioned, table=True):
    """The rules of a venue's tiers as data, valid from a day; its shape is `trading.tiers.Policy`."""

    __tablename__ = "tier_policy"

    venue: str
    name: str = Field(unique=True)
    effective_from: date
    effective_to: date | None = None
    body: dict[str, Any] = rows.json_map()


class TradingProfile(SQLModel, table=True):
    """One row per account, recomputed set-based whenever its facts change."""

    __tablename__ = "trading_profile"
    __table_args__ = rows.DERIVED_FACTS

    number: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    as_of: date
    first_day: date | None = None
    last_day: date | None = None
    active_days_30: int = 0
    volume_7d_usd: Decimal = rows.money(Decimal(0))
    volume_30d_usd: Decimal = rows.money(Decimal(0))
    volume_previous_30d_usd: Decimal = rows.money(Decimal(0))
    volume_total_usd: Decimal = rows.money(Decimal(0))
    maker_volume_30d_usd: Decimal | None = rows.money()
    fees_30d_usd: Decimal | None = rows.money()
    rebates_30d_usd: Decimal | None = rows.money()
    realised_pnl_30d_usd: Decimal | None = rows.money()
    equity_usd: Decimal | None = rows.money()
    net_deposits_30d_usd: Decimal | None = rows.money()
    main_product: str | None = None
    computed_at: datetime = rows.now_field()


class TradingTier(SQLModel, table=True):
    """What the venue's policy gives an account at the close of `as_of`, and when it falls without more trading."""

    __tablename__ = "trading_tier"
    __table_args__ = rows.DERIVED_FACTS

    number: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    as_of: date
    policy_id: UUID
    tier: str | None = None
    next_tier: str | None = None
    gap_metric: str | None = None
    gap_usd: Decimal | None = rows.money()
    falls_on: date | None = None
    falls_to: str | None = None
