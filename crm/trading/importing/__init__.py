"""Files of trading: single fills, daily summaries and balances, under the number of their account."""

from collections.abc import Callable

from crm.clients.importing import about_clients
from crm.intake import guesses, kinds, steps
from crm.intake.kinds import Column, Kind, Rows
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.trading.importing import activity, counting, facts, fill_keys, fills, folding, foreign, sums, totals, trades


def _prepare(columns: tuple[Column, ...]) -> Callable[[Staging, Mapping], None]:
    def prepare(staging: Staging, mapping: Mapping) -> None:
        sums.add_halves(mapping, staging)
        sums.refuse_above_whole(staging, mapping)
        folding.refuse_spoilt(staging, mapping, columns)
        sums.refuse(staging, mapping, columns)
        foreign.refuse_other_coins(staging, mapping, [column for column in columns if column.is_money])
        folding.fold(staging, mapping, columns)

    return prepare


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
            before=facts.write_accounts,
            after=facts.derive_from_fills,
            guesses=guesses.together(counting.of_trades, totals.guesses, fill_keys.guesses),
        ),
        needs=(("uid",), ("traded_at",), ("volume_usd", "price", "total")),
        each_row=(("traded_at",), ("volume_usd", "price", "total"), ("volume_usd", "quantity", "total")),
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
            prepare=_prepare(activity.DAYS),
            before=facts.write_accounts,
            after=facts.derive,
            guesses=guesses.together(counting.of_days, folding.guesses_of(activity.DAYS)),
        ),
        needs=(("uid",), ("day",), ("volume_usd", "taker_volume_usd"), ("volume_usd", "maker_volume_usd")),
        each_row=(("volume_usd", "taker_volume_usd"), ("volume_usd", "maker_volume_usd")),
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
            prepare=_prepare(activity.BALANCES),
            before=facts.write_accounts,
            after=facts.derive,
            guesses=guesses.together(counting.of_balances, folding.guesses_of(activity.BALANCES)),
        ),
        needs=(("uid",), ("day",), ("equity_usd", "deposits_usd", "withdrawals_usd")),
        each_row=(("equity_usd", "deposits_usd", "withdrawals_usd"),),
        erasable=("equity_usd", "deposits_usd", "withdrawals_usd"),
        own_header=("venue", "uid", "day", "equity_usd", "deposits_usd", "withdrawals_usd"),
    )
)
steps.on_remarks("trades", fill_keys.remark_namesakes)
