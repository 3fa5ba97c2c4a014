"""What a fill comes to: as a column says, or price times quantity; and the fills of which both say something else."""

import re
from collections.abc import Iterator

from crm.ground.messages import Message
from crm.intake import money
from crm.intake.guesses import Guess, Topic
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.trading.importing.adding import CONTRACTS

CONTRADICTED = Message("price times quantity comes to something else than this")
SIZE_UNKNOWN = Message("counts contracts, and the file does not say how much one of them is")
_COINS = "in coins"
_NOT_SAID = Message("the file does not say whether sizes of contracts are in coins or in contracts")
_COUNT = re.compile(r"\b(?:contracts?|conts?|lots?)\b|张|張|枚数", re.IGNORECASE)
_FAR, _MOST, _SEVERAL = 0.02, 0.5, 2
_PRODUCT = "abs(price * quantity)"
_IS_CONTRACT = f"(coalesce(product, '') NOT IN ('', 'spot', 'margin', 'other') OR regexp_matches(coalesce(instrument, ''), '{CONTRACTS}'))"


def volume(staging: Staging, mapping: Mapping) -> str:
    """SQL over `checked`. Of contracts, whose size may be anything, the total counts; of coins, it may have the fee in it."""
    if mapping.layout or mapping.first("total") is None:
        return f"coalesce(volume_usd, {_PRODUCT})"
    if not _adds_up(staging, "total"):
        return f"coalesce(volume_usd, abs(nullif(total, 0)), {_PRODUCT})"
    of_contracts = f"CASE WHEN {_IS_CONTRACT} THEN abs(nullif(total, 0)) END"
    return f"coalesce(volume_usd, {of_contracts}, nullif({_PRODUCT}, 0), abs(total))"


def refuse_contradicted(staging: Staging, mapping: Mapping) -> None:
    """Where price times quantity is the amount in nearly all rows, nobody knows what is meant by the others."""
    if mapping.layout or not {"price", "quantity"} <= set(mapping.columns):
        return
    if _counts_contracts(staging, mapping):
        given = [name for name in ("volume_usd", "total") if mapping.first(name) is not None]
        lacking = " AND ".join(["TRUE", *(f"{name} IS NULL" for name in given)])
        _note(staging, mapping, "quantity", lacking, SIZE_UNKNOWN, is_error=True)
        return
    for field in ("volume_usd", "total"):
        if mapping.first(field) is not None:
            _note(staging, mapping, field, _is_far(field), CONTRADICTED, is_error=_adds_up(staging, field))


def guesses(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
    """That sizes of contracts are taken for coins, where nothing else says what was traded."""
    index, instrument = mapping.first("quantity"), mapping.first("instrument")
    if mapping.layout or index is None or instrument is None or mapping.first("price") is None:
        return
    if mapping.first("volume_usd") is not None or mapping.first("total") is not None:
        return
    if staging.cached(f"SELECT bool_or(regexp_matches(c{instrument}, '{CONTRACTS}')) FROM raw")[0][0]:
        yield Guess(Topic.UNIT, staging.header[index], _COINS, _NOT_SAID)


def _counts_contracts(staging: Staging, mapping: Mapping) -> bool:
    title = staging.header[mapping.columns["quantity"][0]]
    return _COUNT.search(title.replace("_", " ")) is not None


def _adds_up(staging: Staging, field: str) -> bool:
    rows, near = staging.run(
        f"SELECT count(*), count_if(NOT {_is_far(field)}) FROM checked WHERE NOT refused AND {_is_told(field)}"
    )[0]
    return rows < _SEVERAL or bool(near >= _MOST * rows)


def _is_told(field: str) -> str:
    """Both are said, in the same money, of so many coins."""
    other = f"SELECT instrument FROM pair_of WHERE quote IS NOT NULL AND NOT list_contains({list(money.DOLLAR_WORDS)}, upper(quote))"
    same = f"coalesce(instrument, '') NOT IN ({other})"
    return f"({field} <> 0 AND price <> 0 AND quantity <> 0 AND NOT {_IS_CONTRACT} AND {same})"


def _is_far(field: str) -> str:
    return f"coalesce({_is_told(field)} AND abs({_PRODUCT} / abs({field}) - 1) > {_FAR}, FALSE)"


def _note(staging: Staging, mapping: Mapping, field: str, condition: str, reason: Message, *, is_error: bool) -> None:
    """Say it of these rows; with an error they do not go in."""
    index = mapping.columns[field][0]
    staging.run(
        f"""INSERT INTO problem SELECT k.line, $1, left(r.c{index}, 200), $2, {is_error} FROM checked k JOIN raw r ON r.line = k.line
            WHERE NOT k.refused AND k.line IN (SELECT line FROM checked WHERE {condition})""",
        [staging.header[index], reason.stored()],
    )
    if is_error:
        staging.run(f"UPDATE checked SET refused = TRUE WHERE NOT refused AND {condition}")
