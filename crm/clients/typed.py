"""What somebody types to find a client, in the forms in which names, numbers and addresses are kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crm.clients import telephones, values
from crm.clients.search import words

LEAST_DIGITS = 6  # of a telephone number that is typed in parts
_RUN = re.compile(
    r"(?<![\w@.])(?:tel:)?\s*[+(]{0,2}\d(?:[\d\s()./+-]*\d)?(?:\s*(?:;ext=|ext\.?|x)\s*\d{1,6})?(?![\w@])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?i)(?<!\w)(uid|user id|id|编号|账号)\s*[:：#]\s*")
_TRUNKS = ("0", "8", "06")  # dialled inside a country, in front of a number


@dataclass(frozen=True)
class Typed:
    """`words`: of which each must be found; `numbers`: for each run of digits its words, and the forms of the number it may be."""

    words: list[str]
    numbers: list[tuple[list[str], list[str]]]


def understood(text: str) -> Typed:
    plain = _LABEL.sub("", telephones.plain(text.replace("\0", " ")))
    runs = [run for run in _RUN.findall(plain) if len(re.sub(r"\D", "", run)) >= LEAST_DIGITS]
    numbers = [(words(run), list(dict.fromkeys(_forms(run)))) for run in runs]
    return Typed(words(_RUN.sub(lambda run: " " if run.group() in runs else run.group(), plain)), numbers)


def bare(word: str) -> str:
    """A name at a messenger without @ and link, an address without mailto: and brackets."""
    if "@" in word[1:]:
        return values.bare_email(word)
    return values.bare_handle(word)


def _forms(run: str) -> Iterator[str]:
    """Digits that a kept number holds, were it this one."""
    number = re.sub(r"(?i)^tel:", "", run.strip())
    number = re.sub(r"(?i)\s*(;ext=|ext\.?|x)\s*\d{1,6}$", "", number)
    found = telephones.phone(number)
    if found.startswith("+"):
        yield found.lstrip("+")
    number = telephones.TRUNK.sub(r"\1", number)
    digits = re.sub(r"\D", "", number)
    if re.match(r"\s*(\+|00)", number):
        yield digits.removeprefix("00")
        return
    yield digits
    for trunk in _TRUNKS:
        if digits.startswith(trunk) and len(digits) - len(trunk) >= LEAST_DIGITS - 1:
            yield digits.removeprefix(trunk)
