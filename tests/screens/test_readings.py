"""What is guessed of a file is said in words on the page, in both languages."""

import ast
from collections.abc import Iterator, Sequence

import pytest

from crm.intake.guesses import Topic
from crm.intake.money import SCALES
from crm.screens.imports import readings
from tests.locale.test_catalogues import translations
from tests.screen import ROOT

PLACES = ("crm/intake/same_rows.py", "crm/intake/checking", "crm/intake/foreign_ids.py", "crm/tasks/importing.py")
NO_WORDS = {"1,234.56", "1.234,56"}  # they are the same in every language


def codes() -> Iterator[str]:
    """Constants of the rooms that guess: words in small letters, as answers name them."""
    yield from SCALES
    for path in (one for place in PLACES for one in [ROOT / place, *(ROOT / place).glob("*.py")] if one.is_file()):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Guess":
                yield from _constants([*node.args, *(word.value for word in node.keywords)])


def _constants(parts: Sequence[ast.expr]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, ast.Constant) and _is_code(part.value):
            yield str(part.value)
        elif isinstance(part, ast.IfExp):
            yield from _constants([part.body, part.orelse])
        elif isinstance(part, ast.Tuple):
            yield from _constants(part.elts)


def _is_code(value: object) -> bool:
    return isinstance(value, str) and value.islower() and bool(value)


def test_every_topic_has_words() -> None:
    assert set(readings.TOPICS) == set(Topic)


@pytest.mark.parametrize("text", sorted({*readings.TOPICS.values(), *readings.READINGS.values()} - NO_WORDS))
def test_the_words_have_chinese_ones(text: str) -> None:
    assert translations().get(text)


def test_every_reading_that_the_rooms_name_has_words() -> None:
    assert set(codes()) - set(readings.READINGS) == set()
