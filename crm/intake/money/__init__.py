"""Money in files: in which currency an amount is, in thousands or in ones, and in what a pair is priced."""

from crm.intake.money.currencies import DOLLAR_WORDS, DOLLARS, MONEY, canonical, canonical_sql, is_dollar
from crm.intake.money.pairs import UNKNOWN, Pair, pairs_of
from crm.intake.money.titles import Titled, above, is_share, titled
from crm.intake.money.wording import ONE, SCALES, Money, affixed, money_in, scale_named

__all__ = [
    "DOLLARS", "DOLLAR_WORDS", "MONEY", "ONE", "SCALES", "UNKNOWN", "Money", "Pair", "Titled", "above", "affixed", "canonical",
    "canonical_sql", "is_dollar", "is_share", "money_in", "pairs_of", "scale_named", "titled",
]  # fmt: skip
