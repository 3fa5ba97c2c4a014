"""Signs of amounts: whether a charged fee, a withdrawal or a sale is written negative, told by the whole column."""

from collections.abc import Iterator
from dataclasses import dataclass

from crm.ground.messages import Message
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.kinds import Column, Sign
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

POSITIVE = {Sign.COST: "charged_positive", Sign.OUT: "withdrawn_positive", Sign.IN: "deposited_positive"}
NEGATIVE = {Sign.COST: "charged_negative", Sign.OUT: "withdrawn_negative", Sign.IN: "deposited_negative"}
SOLD_NEGATIVE = "sold_negative"
_IS_NEGATIVE = r"^\s*[^\d\s]{0,4}\s*[-−(]|[-−]\s*$|(?i)\bDR\s*$"
_MAY_BE = "contains({c}, '-') OR contains({c}, '−') OR contains({c}, '(') OR {c} ILIKE '%DR'"
_NEGATIVE = f"(({_MAY_BE}) AND regexp_matches({{c}}, '{_IS_NEGATIVE}'))"
_NOT_ZERO = "regexp_matches({c}, '[1-9]')"
_TAKER, _MAKER = "('taker', 't')", "('maker', 'm')"
_TRUE, _FALSE = "('true', '1', 'yes', 'y', 't')", "('false', '0', 'no', 'n', 'f')"
_CROSSED, _RESTED = "('true', '1', 'taker', 't')", "('false', '0', 'maker', 'm')"
# Fields that say the roles, and how each says taker and maker.
_ROLES = (("role", _TAKER, _MAKER), ("crossed", _CROSSED, _RESTED), ("rested", _FALSE, _TRUE))
_MOSTLY = 0.8
_ALL = Message("all of its amounts are negative")


@dataclass(frozen=True)
class Reading:
    """Which sign means what, and by what it was told."""

    reading: str
    because: Message | None = None
    sure: bool = True
    asked: bool = False


def turned(value: str, staging: Staging, index: int, column: Column, mapping: Mapping) -> str:
    """SQL for the number with the sign that it has here: a cost, a withdrawal and a sale are positive."""
    reading = reading_of(staging, index, column, mapping).reading
    if reading == SOLD_NEGATIVE:
        return f"abs({value})"
    return f"(-({value}))" if reading in NEGATIVE.values() else value


def reading_of(staging: Staging, index: int, column: Column, mapping: Mapping) -> Reading:
    if not column.sign or mapping.layout:
        return Reading("")
    return _traded(staging, index, mapping) if column.sign is Sign.TRADED else _paid(staging, index, column, mapping)


def _paid(staging: Staging, index: int, column: Column, mapping: Mapping) -> Reading:
    positive, negative = POSITIVE[column.sign], NEGATIVE[column.sign]
    said = mapping.answer(Topic.SIGN, staging.header[index])
    if said in (positive, negative):
        return Reading(said, SAID)
    minus, plus = _counts(staging, index)
    if not minus:
        return Reading(positive)
    if column.sign is Sign.COST:
        return _charged(staging, index, mapping, minus, plus)
    if plus:
        return Reading(positive)  # each row of the other sign is refused, for it is no such amount
    return Reading(negative, _ALL, sure=column.sign is Sign.OUT, asked=column.sign is Sign.IN)


def _charged(staging: Staging, index: int, mapping: Mapping, minus: int, plus: int) -> Reading:
    """A taker pays, and a maker may be paid: the fees of takers tell; without roles, what most of the fees are."""
    positive, negative = POSITIVE[Sign.COST], NEGATIVE[Sign.COST]
    taken = _taken(staging, index, mapping)
    if taken and any(taken):
        taken_minus, taken_plus = taken
        if taken_minus and taken_plus:
            share = taken_minus / (taken_minus + taken_plus)
            because = Message("fees of takers have both signs")
            return Reading(negative if share >= 1 - share else positive, because, sure=False, asked=True)
        because = Message("that is the sign of the fees of takers, who pay")
        return Reading(negative if taken_minus else positive, because)
    if taken is not None:
        return Reading(positive, Message("all fees are of makers, who may pay or be paid"), sure=False, asked=True)
    share = minus / (minus + plus)
    if share == 1:
        return Reading(negative, _ALL, sure=False)
    if share >= _MOSTLY or share <= 1 - _MOSTLY:
        return Reading(negative if share >= _MOSTLY else positive, Message("most fees have this sign"), sure=False)
    return Reading(positive, Message("fees of both signs are about as many"), sure=False, asked=True)


def _taken(staging: Staging, index: int, mapping: Mapping) -> tuple[int, int] | None:
    """How many fees of takers are negative and positive; None where no column says the roles."""
    for field, takers, makers in _ROLES:
        at = mapping.first(field)
        if at is None:
            continue
        is_taker, is_maker = (f"lower(trim(c{at})) IN {words}" for words in (takers, makers))
        minus, plus, makers_too = staging.cached(
            f"""SELECT count_if({_sql(_NEGATIVE, index)} AND {is_taker}), count_if(NOT ({_sql(_NEGATIVE, index)}) AND {is_taker}),
                count_if({is_maker}) FROM raw WHERE {_sql(_NOT_ZERO, index)}"""
        )[0]
        if minus or plus or makers_too:
            return minus or 0, plus or 0
    return None


def _traded(staging: Staging, index: int, mapping: Mapping) -> Reading:
    """Amounts of sales with a minus, as statements write them: only where no purchase has one."""
    side = mapping.first("side")
    minus, plus = _counts(staging, index)
    if side is None or not minus:
        return Reading("")
    sold = (
        f"regexp_matches(lower(trim(c{side})), '^(s|sell|sold|sale|short|ask|a|卖|卖出|賣出|verkauf|vente|venta|売)')"
    )
    wrong = staging.cached(
        f"SELECT count_if(({_sql(_NEGATIVE, index)}) <> {sold}) FROM raw WHERE {_sql(_NOT_ZERO, index)}"
    )[0][0]
    if wrong and plus:
        return Reading("")
    return Reading(SOLD_NEGATIVE, Message("sales have a minus, and purchases none")) if not wrong else Reading("")


def _counts(staging: Staging, index: int) -> tuple[int, int]:
    """How many amounts are negative, and how many positive."""
    minus, every = staging.cached(
        f"SELECT count_if({_sql(_NEGATIVE, index)}), count(*) FROM raw WHERE {_sql(_NOT_ZERO, index)}"
    )[0]
    return minus or 0, every - (minus or 0)  # of no rows, the sum is NULL


def _sql(condition: str, index: int) -> str:
    return condition.replace("{c}", f"c{index}")


def guesses(staging: Staging, index: int, column: Column, mapping: Mapping) -> Iterator[Guess]:
    found = reading_of(staging, index, column, mapping)
    if not found.because:
        return
    offered = () if column.sign is Sign.TRADED else (POSITIVE[column.sign], NEGATIVE[column.sign])
    others = tuple(one for one in offered if one != found.reading)
    title = staging.header[index]
    yield Guess(Topic.SIGN, title, found.reading, found.because, sure=found.sure, asked=found.asked, others=others)
