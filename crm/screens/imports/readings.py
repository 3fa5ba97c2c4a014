"""Guesses in words: what each is about, and each of its readings. Codes such as EUR, cp1250 or ymd speak for themselves."""

from collections.abc import Mapping

from crm.intake.guesses import Topic
from crm.screens.imports import wording
from crm.web.locale import t

TOPICS: Mapping[str, str] = {
    Topic.DECIMAL_MARK: "Decimal mark",
    Topic.UNIT: "Unit",
    Topic.CURRENCY: "Currency",
    Topic.SIGN: "Sign of the amounts",
    Topic.TIME_ZONE: "Zone of times",
    Topic.DATE_ORDER: "Order of day and month",
    Topic.CENTURY: "Century of short years",
    Topic.CLOCK: "Day and clock",
    Topic.ENCODING: "Encoding",
    Topic.SAME_ROW: "What makes a row the same row",
    Topic.MEANING: "What the column means",
    Topic.ROUNDED: "Rounded UIDs",
}
READINGS: Mapping[str, str] = {
    "point": "1,234.56",
    "comma": "1.234,56",
    "one": "As they stand",
    "thousand": "Thousands",
    "ten_thousand": "Ten thousands (万)",
    "hundred_thousand": "Hundred thousands (lakh)",
    "million": "Millions",
    "ten_million": "Ten millions (crore)",
    "hundred_million": "Hundred millions (亿)",
    "billion": "Billions",
    "as the cells say": "As each cell says",
    "milliseconds": "Milliseconds",
    "seconds": "Seconds",
    "minutes": "Minutes",
    "hours": "Hours",
    "days": "Days and their parts",
    "m:s": "Minutes and seconds",
    "h:m": "Hours and minutes",
    "other": "Another currency",
    "charged_positive": "Charged is positive",
    "charged_negative": "Charged is negative",
    "withdrawn_positive": "Withdrawn is positive",
    "withdrawn_negative": "Withdrawn is negative",
    "deposited_positive": "Deposited is positive",
    "deposited_negative": "Deposited is negative",
    "sold_negative": "Sold is negative",
    "dmy": "Day first: 3 April",
    "mdy": "Month first: March 4",
    "ymd": "Year first: 58-05-23",
    "past": "The latest that is past",
    "20xx": "2000 to 2099",
    "joined": "One moment",
    "apart": "Columns of their own",
    "whole": "Written in full",
    "rounded": "Rounded by a spreadsheet",
    "uid": "UID of the exchange",
    "another system": "Number of another system",
    "every row counts": "Every row counts",
    "adds up": "Rows of one day add up",
    "first counts": "The first row counts",
    "last counts": "The last row counts",
    "open": "Open",
    "done": "Done",
}


def topic(value: str) -> str:
    return t(TOPICS[value]) if value in TOPICS else value


def reading(about: str, value: str) -> str:
    if about == Topic.TIME_ZONE:
        return wording.zone(value)
    return t(READINGS[value]) if value in READINGS else value
