"""Rows of a day that are the sum of its other rows: “Total” below the coins, “All” beside the pairs; and parts above the whole."""

from collections.abc import Iterator, Sequence

from crm.ground.messages import Message
from crm.intake.checking import SUMS
from crm.intake.kinds import Column
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.trading.importing import folding

IS_SUM = Message("is a sum, and no row of its own")
ABOVE_WHOLE = Message("is more than the volume of the day, of which it is a part")
_EVERY = (
    r"(?i)(all|overall|every|any|全部|所有|alle|gesamt|insgesamt|summe|tous|todos|todo|全体)"
    r"( (pairs|coins|markets|accounts|products|instruments|assets|symbols))?"
)
_NEAR = 0.001


def refuse(staging: Staging, mapping: Mapping, columns: Sequence[Column]) -> None:
    """The rows that are none of their own."""
    if mapping.layout:
        return
    for index in _parts(staging, mapping):
        _refuse_sums(staging, mapping, columns, index)


def add_halves(mapping: Mapping, staging: Staging) -> None:
    """What was traded as maker and as taker is what was traded, where the file does not say it."""
    if mapping.has("maker_volume_usd") and mapping.has("taker_volume_usd"):
        staging.run("UPDATE checked SET volume_usd = maker_volume_usd + taker_volume_usd WHERE volume_usd IS NULL")


def refuse_above_whole(staging: Staging, mapping: Mapping) -> None:
    """The days whose maker volume is above their volume."""
    if not mapping.layout and {"volume_usd", "maker_volume_usd"} <= set(mapping.columns):
        _refuse(staging, mapping.columns["maker_volume_usd"][0], "maker_volume_usd > volume_usd", ABOVE_WHOLE)


def _parts(staging: Staging, mapping: Mapping) -> Iterator[int]:
    """The columns that say of which part of a day a row is."""
    whole = {
        i for field, places in mapping.columns.items() if field not in ("product", "instrument", "coin") for i in places
    }
    return (i for i, title in enumerate(staging.header) if i not in whole and folding.says_part(title))


def _refuse_sums(staging: Staging, mapping: Mapping, columns: Sequence[Column], index: int) -> None:
    """A word for a sum is one where the day has other rows; “all” only where they come to it, for it may also be a name."""
    cell = f"coalesce(trim(r.c{index}), '')"
    every = f"{SUMS}|{_EVERY}|"  # an empty cell among names may be their sum as well
    if not staging.cached(f"SELECT count(*) FROM raw r WHERE {_is_word(cell, every)}")[0][0]:
        return
    amounts = [name for name in folding.amounts_of(columns) if mapping.first(name) is not None]
    sums = ", ".join(f"sum({name}) FILTER (WHERE NOT is_named) OVER g AS sum_{name}" for name in amounts)
    near = " AND ".join(
        f"(coalesce({name}, 0) = 0 OR abs(sum_{name} - {name}) <= {_NEAR} * abs({name}))" for name in amounts
    )
    keys = ", ".join(name for name in folding.keys_of(columns) if name not in ("product", "instrument"))
    found = f"""SELECT line FROM (
        SELECT *, count_if(NOT is_named) OVER g AS others, {sums} FROM (
            SELECT k.*, {_is_word(cell, SUMS)} AS is_sum, {_is_word(cell, every)} AS is_named
            FROM checked k JOIN raw r ON r.line = k.line)
        WINDOW g AS (PARTITION BY {keys})) WHERE is_named AND others > 0 AND (is_sum OR (others > 1 AND {near}))"""
    _refuse(staging, index, f"line IN ({found})", IS_SUM)


def _is_word(cell: str, words: str) -> str:
    return f"regexp_full_match({cell}, '{words}')"


def _refuse(staging: Staging, index: int, condition: str, reason: Message) -> None:
    staging.run(f"CREATE OR REPLACE TABLE no_rows AS SELECT line FROM checked WHERE NOT refused AND ({condition})")
    staging.run(
        f"""INSERT INTO problem SELECT n.line, $1, left(r.c{index}, 200), $2, TRUE FROM no_rows n JOIN raw r ON r.line = n.line""",
        [staging.header[index], reason.stored()],
    )
    staging.run("UPDATE checked SET refused = TRUE WHERE line IN (SELECT line FROM no_rows)")
