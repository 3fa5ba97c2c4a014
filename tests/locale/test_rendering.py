"""A message in the reader's language, as it was kept and as it is read again."""

from datetime import date
from decimal import Decimal

import pytest

from crm import locale
from crm.ground import messages
from crm.ground.errors import ConflictError, InvalidError
from crm.ground.messages import Message, Share, Usd, Word
from crm.people import NewPerson

PROMISED = Message("This was promised for {day}; agree on another day, then change it.", day=date(2026, 9, 6))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "This was promised for 6 Sep 2026; agree on another day, then change it."),
        ("zh", "此事已承诺在 2026年9月6日 完成；请先与客户另约日期再修改。"),
    ],
)
def test_a_day_in_a_sentence_is_the_readers(language: str, told: str) -> None:
    assert locale.render(PROMISED, language) == told


def test_what_somebody_wrote_is_left_as_it_is() -> None:
    day = Message("“{value}” is not an e-mail address.", value="2026-09-06 {braces}")

    assert locale.render(day, "en") == "“2026-09-06 {braces}” is not an e-mail address."
    assert "2026-09-06 {braces}" in locale.render(day, "zh")


@pytest.mark.parametrize(
    "message",
    [
        Message("Done"),
        PROMISED,
        Message("{count} fields changed", one="{count} field changed", count=1),
        Message("{name}: {error}", name="Harbour “Capital”", error=PROMISED),
        Message("{a} {b} {c} {d}", a=Usd(Decimal("4200000.5")), b=Share(0.25), c=Word("due_on"), d=None),
    ],
)
def test_a_message_is_read_as_it_was_kept(message: Message) -> None:
    again = messages.read(message.stored())

    assert again == message
    assert [locale.render(again, language) for language in ("en", "zh")] == [
        locale.render(message, language) for language in ("en", "zh")
    ]


@pytest.mark.parametrize("kept", ["Import of clients.csv", "", "{not json", "the {name} of a client"])
def test_a_sentence_of_before_stays_as_it_is(kept: str) -> None:
    assert str(messages.read(kept)) == locale.render(messages.read(kept), "en") == kept


def test_one_is_said_as_one() -> None:
    one, many = (Message("{count} fields changed", one="{count} field changed", count=n) for n in (1, 1200))

    assert (str(one), str(many)) == ("1 field changed", "1,200 fields changed")
    assert (locale.render(one, "en"), locale.render(many, "zh")) == ("1 field changed", "修改了 1,200 个字段")


def test_an_error_is_a_message_with_its_values() -> None:
    error = ConflictError("“{title}” is done already.", title="Call {them}")

    assert (str(error), error.message.values) == ("“Call {them}” is done already.", {"title": "Call {them}"})
    assert locale.render(error.message, "zh") == "“Call {them}”已经完成。"


def test_a_validator_tells_what_its_error_says() -> None:
    with pytest.raises(ValueError, match="is not an e-mail address") as refused:
        NewPerson(email="nobody", name="Nobody")

    own = refused.value.errors()[0]["ctx"]["error"]  # type: ignore[attr-defined]
    assert isinstance(own, InvalidError)
    assert own.message.values == {"value": "nobody"}
