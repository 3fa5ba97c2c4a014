"""Files of trading: single fills, daily summaries and balances, under the number of their account."""

from crm.clients.importing import about_clients
from crm.intake import kinds
from crm.intake.kinds import Kind, Rows
from crm.trading.importing import activity, counting, facts, fills, foreign, trades

_CLIENT = "coalesce(c.name, i.uid)"
_FROM = f"FROM {{0}} LEFT JOIN {about_clients.SEEN} c ON c.number = l.number"
_CLOSED = about_clients.closed("c.number = l.number")
_ACCOUNTS = "o.number IN (SELECT number FROM linked)"

kinds.register(
    Kind(
        "trades",
        title="Trades",
        label="Trades",
        place=20,
        columns=trades.TRADES,
        rows=Rows(
            "fill",
            facts.link_fills,
            names=f"SELECT l.line, {_CLIENT} {_FROM}",
            is_closed=_CLOSED,
            held=_ACCOUNTS,
            prepare=fills.prepare,
            guesses=counting.of_trades,
            before=facts.write_accounts,
            after=facts.derive_from_fills,
        ),
        needs=(("uid",), ("traded_at",), ("volume_usd", "price")),
        each_row=(("traded_at",), ("volume_usd", "price"), ("volume_usd", "quantity")),
        own_header=(
            "venue",
            "uid",
            "trade_id",
            "traded_at",
            "product",
            "role",
            "volume_usd",
            "fee_usd",
            "realised_pnl_usd",
        ),
    )
)
kinds.register(
    Kind(
        "daily_activity",
        title="Daily trading",
        label="Daily activity",
        place=30,
        columns=activity.DAYS,
        rows=Rows(
            "daily_activity",
            facts.link_days,
            names=f"SELECT l.line, concat_ws(' · ', {_CLIENT}, l.day, l.product, nullif(l.instrument, '')) {_FROM}",
            is_closed=_CLOSED,
            held=_ACCOUNTS,
            prepare=foreign.refuse_other_days,
            guesses=counting.of_days,
            before=facts.write_accounts,
            after=facts.derive,
        ),
        needs=(("uid",), ("day",), ("volume_usd",)),
        each_row=(("volume_usd",),),
        erasable=("maker_volume_usd", "trades", "fees_usd", "rebates_usd", "realised_pnl_usd"),
        own_header=("venue", "uid", "day", "product", "instrument", "volume_usd", "maker_volume_usd", "rebates_usd"),
    )
)
kinds.register(
    Kind(
        "balances",
        title="Balances",
        label="Balances",
        place=40,
        columns=activity.BALANCES,
        rows=Rows(
            "balance",
            facts.link_balances,
            names=f"SELECT l.line, concat_ws(' · ', {_CLIENT}, l.day) {_FROM}",
            is_closed=_CLOSED,
            held=_ACCOUNTS,
            prepare=foreign.refuse_other_balances,
            guesses=counting.of_balances,
            before=facts.write_accounts,
            after=facts.derive,
        ),
        needs=(("uid",), ("day",), ("equity_usd", "deposits_usd", "withdrawals_usd")),
        each_row=(("equity_usd", "deposits_usd", "withdrawals_usd"),),
        erasable=("equity_usd", "deposits_usd", "withdrawals_usd"),
        own_header=("venue", "uid", "day", "equity_usd", "deposits_usd", "withdrawals_usd"),
    )
)
