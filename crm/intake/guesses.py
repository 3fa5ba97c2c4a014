"""Guesses: what a file leaves open, how it is read, and why. They are said where they change an amount, a day or an identity."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crm.ground.errors import InvalidError
from crm.ground.messages import Message, joined


class Topic(StrEnum):
    """What can be guessed of a file, and be said by a person instead."""

    DECIMAL_MARK = "decimal_mark"
    UNIT = "unit"
    CURRENCY = "currency"
    SIGN = "sign"
    TIME_ZONE = "time_zone"
    DATE_ORDER = "date_order"
    CENTURY = "century"
    CLOCK = "clock"
    ENCODING = "encoding"
    SAME_ROW = "same_row"
    MEANING = "meaning"
    ROUNDED = "rounded"


@dataclass(frozen=True)
class Guess:
    """`column`: its title, or "" for the whole file; `guess` and `others`: readings, of which a person may choose another.

    Without a `guess`, `because` is the question itself.
    `sure`: there is evidence, told by `because`, and none against. `asked`: something contradicts it, so that nothing is
    applied until a person has chosen. `samples`: what some cells look like in each reading.
    """

    topic: Topic
    column: str
    guess: str
    because: Message
    sure: bool = False
    asked: bool = False
    others: Sequence[str] = ()
    samples: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How an answer names it."""
        return f"{self.topic}:{self.column}" if self.column else str(self.topic)

    @property
    def plain(self) -> dict[str, Any]:
        return {
            "topic": str(self.topic),
            "column": self.column,
            "guess": self.guess,
            "because": str(self.because),
            "sure": self.sure,
            "asked": self.asked,
            "others": list(self.others),
        } | ({"samples": dict(self.samples)} if self.samples else {})


def together(*steps: Callable[..., Iterable[Guess]]) -> Callable[..., Iterable[Guess]]:
    """One step of a kind of file, made of several."""
    return lambda staging, mapping: [one for step in steps for one in step(staging, mapping)]


SAID = Message("you said so")


class OpenQuestionError(InvalidError):
    """Something in the file contradicts how it would be read: `guesses` are all that were made, the open ones among them."""

    def __init__(self, guesses: Iterable[Guess]) -> None:
        self.guesses = list(guesses)
        super().__init__(joined([_question(one) for one in self.guesses if one.asked], " "))

    @property
    def details(self) -> dict[str, Any]:
        return {"guesses": [one.plain for one in self.guesses]}


def _question(guess: Guess) -> Message:
    if not guess.guess:
        return guess.because
    return Message(
        "“{column}” is read as {guess}, but {because}; say which is meant: {readings}.",
        column=guess.column or str(guess.topic),
        guess=guess.guess,
        because=guess.because,
        readings=", ".join([guess.guess, *guess.others]),
    )


def require_answers(guesses: Sequence[Guess]) -> None:
    """Raises OpenQuestionError where one of them is contradicted, and nobody has said what is meant."""
    if any(one.asked for one in guesses):
        raise OpenQuestionError(guesses)


def check_answers(guesses: Sequence[Guess], answers: Iterable[tuple[str, str]]) -> None:
    """Raises InvalidError where an answer is to a question that this file does not put, or is none of its readings."""
    known = {str(one.topic): one for one in guesses} | {one.key: one for one in guesses}
    for key, reading in answers:
        if key not in known:
            raise InvalidError(
                "Nothing of this file was guessed that is called “{key}”; what can be said is {known}.",
                key=key,
                known=", ".join(sorted({one.key for one in guesses})) or "—",
            )
        offered = [known[key].guess, *known[key].others]
        if known[key].others and reading not in offered:
            raise InvalidError(
                "“{key}” cannot be “{reading}”; choose one of {offered}.",
                key=key,
                reading=reading,
                offered=", ".join(offered),
            )
