"""The ways to reach somebody as cells hold them; what only fills its place is nothing, for it would make one client of many."""

from crm.ground.messages import Message
from crm.ground.texts import PROFILES
from crm.intake.checking.parsed import Parsed, says_nothing
from crm.intake.checking.uids import DAMAGED
from crm.intake.staging import literal

EMAILS = (
    r"^([^@\s,;|，；、<>]+@[^@\s,;|，；、<>.]+(\.[^@\s,;|，；、<>.]+)*\s*([;|，；、,]\s*|$)){2,}$"  # taken apart later
)
EMAIL = r"^[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)*$"
DITTO = r"""(?i)^("|''|”|″|〃|同上|ditto|do\.|idem|s\.o\.|same( as above)?|siehe oben|see above)$"""
NOBODY = "none|noemail|no-?e?mail|na|test|unknown|null|nobody|noone|notprovided|placeholder"
NOWHERE = "none|noemail|no-?e?mail|nowhere|invalid|notprovided|placeholder|localhost"
PLACEHOLDER_EMAIL = (
    rf"^((({NOBODY})@({NOWHERE}|na|test|unknown|null|example|mail|email|domain|company)(\.[a-z]{{2,}})*)|[^@]*@({NOWHERE})(\.[a-z]{{2,}})*"
    r"|(no-?_?reply|do-?not-?reply)([+\-_.][^@]*)?@.*)$"
)
# 000000, 99999, 123456789: one digit over and over, or digits in their order. “+49 30 1234567”, 8888 8888 and 9876 5432 may be numbers.
_OVER_AND_OVER = "|".join(f"{digit}{{5,{7 if digit in (6, 8) else ''}}}" for digit in range(1, 10))
PLACEHOLDER_PHONE = rf"^(\+?0+|\+\d{{1,3}}0{{5,}}|{_OVER_AND_OVER}|0?123456(7(8(9(0(12?)?)?)?)?)?|987654(3(210?)?)?)$"


def email(v: str) -> Parsed:
    bare = rf"regexp_replace(regexp_replace({v}, '^[^<>]*<([^<>]+)>$', '\1'), '(?i)^mailto:', '')"
    text = f"CASE WHEN contains({v}, '<') OR contains({v}, ':') THEN split_part({bare}, '?', 1) ELSE {v} END"
    is_address = f"(regexp_matches({text}, '{EMAIL}') OR regexp_matches({text}, '{EMAILS}'))"
    return Parsed(
        f"CASE WHEN {is_address} AND NOT {_is_placeholder(v)} THEN lower({text}) END",
        Message("is not an e-mail address; it is kept as text"),
        is_error=False,
        nothing=f"({says_nothing('{v}')} OR {_is_ditto('{v}')} OR {_is_placeholder('{v}')})",
        alone=Message("is not an e-mail address"),
    )


def _is_placeholder(v: str) -> str:
    return f"regexp_matches(lower({v}), {literal(PLACEHOLDER_EMAIL)})"


def phone(v: str) -> Parsed:
    nothing = f"({says_nothing(v)} OR {_is_ditto(v)} OR {_is_no_number(v)})"
    damaged = f"(length({v}) > 200 OR regexp_matches({v}, '{DAMAGED}'))"
    return Parsed(
        f"CASE WHEN NOT {nothing} AND NOT {damaged} THEN {v} END",
        Message("is no telephone number, or was damaged by a spreadsheet; it is kept as text"),
        is_error=False,
        nothing=f"({says_nothing('{v}')} OR {_is_ditto('{v}')} OR {_is_no_number('{v}')})",
    )


def _is_no_number(v: str) -> str:
    """One with the code of its country that ends in no zero is a number, and most are written so."""
    fills = f"regexp_matches(regexp_replace({v}, '[^\\d+]', '', 'g'), {literal(PLACEHOLDER_PHONE)})"
    return f"CASE WHEN starts_with({v}, '+') AND right({v}, 1) BETWEEN '1' AND '9' THEN FALSE ELSE {fills} END"


def handle(v: str) -> Parsed:
    name = f"ltrim(regexp_replace({v}, '(?i){PROFILES}', ''), '@')"
    linked = (
        f"CASE WHEN regexp_matches({v}, '(?i){PROFILES}') THEN regexp_replace({name}, '[/?].*$', '') ELSE {name} END"
    )
    nothing = f"({says_nothing(v)} OR {_is_ditto(v)})"
    return Parsed(
        f"CASE WHEN NOT {nothing} THEN {linked} END",
        Message("is too long for a handle"),
        "length({v}) > 300",
        nothing=f"({says_nothing('{v}')} OR {_is_ditto('{v}')})",
    )


def _is_ditto(v: str) -> str:
    return f"CASE WHEN length({v}) < 14 THEN regexp_matches({v}, {literal(DITTO)}) ELSE FALSE END"
