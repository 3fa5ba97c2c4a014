"""Every sentence with which something is refused, or remarked on, is there in Chinese too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.ground import errors
from crm.ground.errors import NotAllowedError
from crm.intake.checking import dates
from crm.people import Person, Right, require
from crm.web import locale

ROOT = Path(__file__).parents[2] / "crm"
# Rooms that no page speaks for: their sentences are read on a console, or by a program.
NOT_ON_PAGES = {"cli", "bench", "demo", "api", "upkeep", "migrations", "worker.py"}
REMARKING = {"append", *(name for name in vars(errors) if name.endswith("Error"))}


def files() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] not in NOT_ON_PAGES)


def sentences(path: Path) -> Iterator[tuple[str, str]]:
    """What our errors are raised with, and what is added to notes; the places are filled with something."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _says(node.func) and node.args:
            text = _filled(node.args[0])
            if text.endswith((".", "?")) and " " in text:
                yield text, f"{path.relative_to(ROOT)}:{node.lineno}"


def _says(function: ast.expr) -> bool:
    return (getattr(function, "id", "") or getattr(function, "attr", "")) in REMARKING


def _filled(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "Q7" for part in node.values)  # type: ignore[misc]
    return ""


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    locale.use("zh")
    yield
    locale.use("en")


def test_every_sentence_that_refuses_or_remarks_has_a_chinese_one() -> None:
    missing = {text: place for path in files() for text, place in sentences(path) if locale.sentence(text) == text}

    assert missing == {}


@pytest.mark.parametrize("both", [True, False])
def test_the_question_of_days_and_months_is_asked_in_chinese_without_codes(*, both: bool) -> None:
    asked = locale.sentence(dates._question("Birthday", "03/04/1980", both=both))

    assert "Birthday" in asked
    assert "dmy" not in asked


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The first response to VIP5 is a number of minutes, at least 1.", "VIP5 的首次响应时间"),
        ("This was promised for 3 May; agree on another day, then change it.", "此事已承诺在 3 May 完成"),
        ("Firefox on Windows", "Windows 上的 Firefox"),
        ("Due on cannot be empty.", "截止日期不能为空。"),
        ("“Due on” is done already.", "“Due on”已经完成。"),
        ("Only managers and leads can export lists.", "只有客户经理和主管可以导出名单"),
    ],
)
def test_a_sentence_is_told_by_the_pattern_that_says_the_most_of_it(said: str, told: str) -> None:
    assert locale.sentence(said).startswith(told)


def test_every_right_that_somebody_lacks_is_named_in_chinese() -> None:
    lacked = []
    for right in Right:
        with pytest.raises(NotAllowedError) as refused:
            require(Person(name="Nobody", email="nobody@desk.example", role="nobody"), right)
        lacked.append(locale.sentence(str(refused.value)))

    assert [said for said in lacked if "只有" not in said] == []
