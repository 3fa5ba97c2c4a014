"""While a file is staged: what is not counted in dollars, as far as the file says, and has no price in them, is no dollars."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.ground.messages import Message
from crm.intake import money
from crm.intake.checking import amounts
from crm.intake.guesses import Topic
from crm.intake.headers import squeezed
from crm.intake.kinds import Column
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging, literal
from crm.trading.importing.activity import COIN

OTHER_COIN = Message("is counted in a coin that has no price in dollars here")
UNPRICED = Message("the fee is in a coin whose price the file does not say; it is unknown")
UNKNOWN_AMOUNT = Message("is in a currency whose price the file does not say; it is unknown")
# The column that says in which coin an amount counts.
COIN_BESIDE = {"fee_usd": "fee_coin", "fees_usd": "fee_coin", "realised_pnl_usd": "pnl_coin"}
OTHER = "other"  # a person says that it is no dollars, and not what it is
_NO_PAIR = {squeezed(name) for name in ("coin", *COIN.names)}  # cbBTC is a coin, and no pair of CB and BTC


@dataclass(frozen=True)
class Evidence:
    """In what an amount counts. `of_all`: as its column says, or a person; `cells`: SELECT of (line, currency) of its cells.

    `beside`: SQL over a row `k` of `checked`, and the pair `p` that it trades, of what says it otherwise, the surest first.
    """

    of_all: str = ""
    cells: str = ""
    beside: Sequence[str] = ()

    @property
    def is_dollars(self) -> bool:
        """The column itself says so, and none of its cells contradicts it."""
        return self.of_all == "USD" and not self.cells

    @property
    def is_none(self) -> bool:
        return not (self.of_all or self.cells or self.beside)


def evidence(staging: Staging, mapping: Mapping, column: Column, beside: Sequence[str] = ()) -> Evidence:
    index = mapping.first(column.field)
    if index is None or mapping.layout:
        return Evidence()
    if said := mapping.answer(Topic.CURRENCY, staging.header[index]):
        return Evidence("USD" if money.is_dollar(said) else said)
    of_all, _ = amounts.currency_of_bare(staging, index, column, mapping)
    cells = amounts.currency_of_cells(staging, index)
    return Evidence(of_all, cells, () if of_all else tuple(beside))


def lay_out_foreign(staging: Staging, field: str, said: Evidence) -> int:
    """`foreign_{field}` (line, currency, is_named): the rows whose amount is not in dollars. Gives their number."""
    cells = f"LEFT JOIN ({said.cells}) n ON n.line = k.line" if said.cells else ""
    pairs = "LEFT JOIN pair_of p ON p.instrument = k.instrument" if any("p." in one for one in said.beside) else ""
    named = "n.currency" if said.cells else "NULL::VARCHAR"
    of_all = literal(said.of_all) if said.of_all else "NULL::VARCHAR"
    beside = ", ".join([*(f"nullif(trim({one}), '')" for one in said.beside), "'USD'"])
    staging.run(f"""
        CREATE OR REPLACE TABLE foreign_{field} AS SELECT line, currency, is_named FROM (
            SELECT k.line, coalesce({named}, {of_all}, {beside}) AS currency, coalesce({named}, {of_all}) IS NOT NULL AS is_named
            FROM checked k {cells} {pairs} WHERE k.{field} IS NOT NULL)
        WHERE NOT list_contains({list(money.DOLLAR_WORDS)}, upper(currency))""")
    return int(staging.one(f"SELECT count(*) FROM foreign_{field}"))


def refuse(staging: Staging, mapping: Mapping, column: Column, *, shown: str = "") -> None:
    """The rows of `foreign_{field}` are none of ours; `shown`: the field that tells it where the amount itself does not."""
    field = column.field
    for value, title, reason, where in _reasons(staging, mapping, column, shown):
        staging.run(
            f"""INSERT INTO problem SELECT k.line, $1, {value}, $2, TRUE FROM checked k JOIN foreign_{field} f ON f.line = k.line
                JOIN raw r ON r.line = k.line WHERE NOT k.refused AND {where}""",
            [title, reason],
        )
    staging.run(f"UPDATE checked SET refused = TRUE WHERE line IN (SELECT line FROM foreign_{field})")


def forget(staging: Staging, mapping: Mapping, column: Column, reason: Message) -> None:
    """The amounts of `foreign_{field}` are unknown, and said to be; the rest of their rows goes in."""
    field = column.field
    staging.run(
        f"""INSERT INTO problem SELECT k.line, $1, f.currency, $2, FALSE FROM checked k JOIN foreign_{field} f ON f.line = k.line
            WHERE NOT k.refused AND k.{field} <> 0""",
        [title_of(staging, mapping, field), reason.stored()],
    )
    staging.run(f"UPDATE checked SET {field} = NULL WHERE {field} <> 0 AND line IN (SELECT line FROM foreign_{field})")


def _reasons(staging: Staging, mapping: Mapping, column: Column, shown: str) -> list[tuple[str, str, str, str]]:
    """The value that is shown, the title, the reason, and of which rows of `f` it is said."""
    title = title_of(staging, mapping, column.field) or column.label
    named = staging.run(f"SELECT DISTINCT currency FROM foreign_{column.field} WHERE is_named ORDER BY 1 LIMIT 100")
    found = []
    for (currency,) in named:
        is_code = currency not in (OTHER, money.UNKNOWN)
        reason = (
            Message("is in {currency}, and has no price in dollars here", currency=currency) if is_code else OTHER_COIN
        )
        found.append(
            (
                f"left(r.c{mapping.columns[column.field][0]}, 200)",
                title,
                reason.stored(),
                f"f.currency = {literal(currency)} AND f.is_named",
            )
        )
    told_by = "Instrument" if shown else "Coin"
    value = f"k.{shown}" if shown else "f.currency"
    return [*found, (value, told_by, OTHER_COIN.stored(), "NOT f.is_named")]


def lay_out_pairs(staging: Staging, mapping: Mapping) -> None:
    """`pair_of` (instrument, base, quote): in what each instrument of the file is priced; without quote, a coin alone."""
    names = [
        str(name) for (name,) in staging.run("SELECT DISTINCT instrument FROM checked WHERE instrument IS NOT NULL")
    ]
    pairs = money.pairs_of(names, are_coins=are_coins(staging, mapping))
    columns = [names, [pairs[n].base for n in names], [quote_of(pairs[n]) for n in names]]
    staging.run(
        """CREATE OR REPLACE TABLE pair_of AS SELECT unnest($1::VARCHAR[]) AS instrument, unnest($2::VARCHAR[]) AS base,
            nullif(unnest($3::VARCHAR[]), '') AS quote""",
        columns,
    )


def quote_of(pair: money.Pair) -> str:
    """In what the price of a pair counts; a premium counts in the coin itself, unless the option is one of a dollar coin."""
    if pair.is_option and pair.quote in ("", "USD"):
        return pair.base
    return pair.quote


def are_coins(staging: Staging, mapping: Mapping) -> bool:
    return squeezed(title_of(staging, mapping, "instrument")) in _NO_PAIR


def title_of(staging: Staging, mapping: Mapping, field: str) -> str:
    index = mapping.first(field)
    return "" if index is None else staging.header[index]
