"""What is guessed of amounts: in which currency they are, where neither a column, a cell nor a pair says it, and whether they add up."""

from collections.abc import Iterator, Sequence

from crm.ground.messages import Message
from crm.intake import money
from crm.intake.checking import amounts
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.kinds import Column
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.trading.importing import adding, dollars
from crm.trading.importing.activity import BALANCES, DAYS
from crm.trading.importing.trades import TRADES

_FEES_OF_DAY = next(column for column in DAYS if column.field == "fees_usd")
OTHERS = adding.OTHERS
_NOTHING_SAYS = Message("nothing in the file says in which currency it is")
_COINS_ALONE = Message("the file names coins alone, and not in what they are priced")
_FEES = Message("the file does not say in which coin it is paid")
# What counts instead of an amount, where the file has it, and tells its currency.
_AFTER = {"price": {"volume_usd"}, "total": {"volume_usd", "price"}}


def of_trades(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
    if mapping.layout:
        return
    found = [*_currencies(staging, mapping, TRADES), *adding.guesses(staging, mapping)]
    yield from {guess.key: guess for guess in found}.values()  # what does not add up is asked instead


def of_days(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
    if mapping.layout:
        return
    found = [*_currencies(staging, mapping, DAYS), *adding.fees(staging, mapping, _FEES_OF_DAY)]
    yield from {guess.key: guess for guess in found}.values()


def of_balances(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
    if not mapping.layout:
        yield from _currencies(staging, mapping, BALANCES)


def _currencies(staging: Staging, mapping: Mapping, columns: Sequence[Column]) -> Iterator[Guess]:
    meant = [
        (column, index) for column in columns if column.is_money and (index := mapping.first(column.field)) is not None
    ]
    is_priced = _is_priced(staging, mapping)
    counted = {column.field for column, _ in meant}
    for column, index in meant:
        if _AFTER.get(column.field, set()) & counted and not mapping.answer(Topic.CURRENCY, staging.header[index]):
            continue
        yield from _currency(staging, mapping, column, index, is_priced=is_priced)


def _currency(
    staging: Staging, mapping: Mapping, column: Column, index: int, *, is_priced: Message | None
) -> Iterator[Guess]:
    title = staging.header[index]
    if (said := mapping.answer(Topic.CURRENCY, title)) in ("USD", *OTHERS):
        yield Guess(Topic.CURRENCY, title, said, SAID, sure=True, others=_others(said))
        return
    currency, because = amounts.currency_of_bare(staging, index, column, mapping)
    cells = amounts.currency_of_cells(staging, index)
    if currency:
        if currency != "USD" and because:
            yield _foreign(staging, title, currency, because, cells)
        return
    if cells or _says_beside(mapping, column):
        return
    because = _FEES if column.field in dollars.COIN_BESIDE and mapping.has("instrument") else is_priced
    if because:
        yield Guess(Topic.CURRENCY, title, "USD", because, others=OTHERS)


def _foreign(staging: Staging, title: str, currency: str, because: Message, cells: str) -> Guess:
    """Its title says euro; where cells below say dollars, somebody has to say which of both is right."""
    contradicted = (
        cells and staging.cached(f"SELECT any_value(currency) FROM ({cells}) WHERE currency <> '{currency}'")[0][0]
    )
    if contradicted:
        because = Message("its title says {currency} and its cells {other}", currency=currency, other=str(contradicted))
    return Guess(
        Topic.CURRENCY,
        title,
        currency,
        because,
        sure=not contradicted,
        asked=bool(contradicted),
        others=_others(currency),
    )


def _others(said: str) -> tuple[str, ...]:
    return tuple(one for one in ("USD", *OTHERS) if one != said)


def _says_beside(mapping: Mapping, column: Column) -> bool:
    own = dollars.COIN_BESIDE.get(column.field, "")
    return mapping.has("quote_coin", "coin") if not own else mapping.has(own, "coin")


def _is_priced(staging: Staging, mapping: Mapping) -> Message | None:
    """Why an amount would be in dollars only by guess; None where every instrument names what it is priced in."""
    names = instruments(staging, mapping)
    if not names:
        return _NOTHING_SAYS
    found = money.pairs_of(names, are_coins=dollars.are_coins(staging, mapping))
    return _COINS_ALONE if any(not dollars.quote_of(pair) for pair in found.values()) else None


def instruments(staging: Staging, mapping: Mapping) -> list[str]:
    index = mapping.first("instrument")
    if index is None:
        constant = mapping.constants.get("instrument", "")
        return [constant] if constant else []
    found = staging.cached(f"SELECT DISTINCT trim(c{index}) FROM raw WHERE c{index} IS NOT NULL AND c{index} <> ''")
    return [str(name) for (name,) in found]
