"""Both languages: every sentence has its translation, every number and day its habit."""

import ast
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from crm.people import Role
from crm.web import locale
from crm.web.frame import menu
from crm.web.kit import words
from tests.screen import ROOT

FOLDERS = ("crm/web", "crm/screens", "crm/insights", "pages")
PLACES = re.compile(r"\{(\w+)\}")


def keys(*folders: str) -> dict[str, str]:
    """Every sentence that is handed to t() as a literal, and where."""
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _is_t(node.func) and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        found[first.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / folder).rglob("*.html")):
            for sentence in re.findall(r'\bt\("((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8")):
                found[sentence] = str(path.relative_to(ROOT))
    return found


def _is_t(function: ast.expr) -> bool:
    name = (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )
    return name == "t"


def test_every_sentence_of_the_web_has_a_chinese_one() -> None:
    missing = {key: place for key, place in keys(*FOLDERS).items() if key not in locale.catalogue()}

    assert missing == {}


def test_every_word_that_a_noun_registers_has_a_chinese_one() -> None:
    assert sorted(set(words.registered()) - set(locale.catalogue())) == []


def test_the_menu_and_the_roles_are_translated() -> None:
    said = {entry.title for entry in menu.entries()} | set(menu.Part) | set(Role)

    assert said - set(locale.catalogue()) == set()


def test_a_translation_has_the_places_of_its_sentence() -> None:
    wrong = [key for key, value in locale.catalogue().items() if set(PLACES.findall(key)) != set(PLACES.findall(value))]

    assert wrong == []


def test_one_is_said_as_one() -> None:
    assert locale.t("Apply: {count} rows", count="1") == "Apply: 1 row"
    assert locale.t("Apply: {count} rows", count="1,001") == "Apply: 1,001 rows"
    assert locale.t("every {days} days", days=1) == "every day"


def test_what_is_said_of_one_is_said_of_many_somewhere() -> None:
    wrong = [
        text for place, said in locale.singulars().items() for text, one in said.items()
        if text not in locale.catalogue() or place not in PLACES.findall(text)
        or not set(PLACES.findall(one)) <= set(PLACES.findall(text))
    ]  # fmt: skip

    assert wrong == []


def test_a_sentence_without_translation_stays_english() -> None:
    locale.use("zh")
    try:
        assert locale.t("No such {thing} here", thing="key") == "No such key here"
        assert locale.sentence("Something nobody translated.") == "Something nobody translated."
    finally:
        locale.use("en")


def test_an_errors_finished_sentence_finds_its_pattern() -> None:
    locale.use("zh")
    try:
        told = locale.sentence("Too many attempts. Wait 30 seconds, then try again.")
        assert told == "尝试次数过多，请等待 30 秒后再试。"
    finally:
        locale.use("en")


@pytest.mark.parametrize(("code", "expected"), [("en", "16 Mar 2026"), ("zh", "2026年3月16日")])
def test_days(code: str, expected: str) -> None:
    locale.use(code)
    try:
        assert locale.day(date(2026, 3, 16)) == expected
        assert locale.day(None) == "—"
    finally:
        locale.use("en")


def test_a_moment_is_shown_in_the_readers_zone() -> None:
    moment = datetime(2026, 3, 16, 20, 30, tzinfo=UTC)

    assert locale.moment(moment, "Asia/Shanghai") == "17 Mar 2026 04:30"
    assert locale.moment(moment, "Europe/Berlin") == "16 Mar 2026 21:30"


def test_numbers_and_money() -> None:
    locale.use("en")

    assert locale.number(1234567) == "1,234,567"
    assert locale.number(Decimal("1.005"), decimals=2) == "1"
    assert locale.money(Decimal("1234567.89")) == "$1,234,568"
    assert locale.money(-5.5) == "-$5.50"
    assert locale.money(0) == "$0"
    assert locale.short_money(1_234_567) == "$1.2M"
    assert locale.percent(0.1234) == "12.3%"
    assert [locale.money(None), locale.number(None), locale.percent(None)] == ["—"] * 3


def test_chinese_counts_in_ten_thousands() -> None:
    locale.use("zh")
    try:
        assert locale.short_money(1_234_567) == "$123万"
    finally:
        locale.use("en")


@pytest.mark.parametrize(
    ("code", "day", "month", "weekday", "moment"),
    [
        ("en", "6 Sep 2026", "Sep 2026", "Sun 6 Sep", "7 Sep 2026 04:30"),
        ("zh", "2026年9月6日", "2026年9月", "9月6日 周日", "2026年9月7日 04:30"),
    ],
)
def test_days_months_and_moments(code: str, day: str, month: str, weekday: str, moment: str) -> None:
    locale.use(code)
    try:
        on = date(2026, 9, 6)
        assert (locale.day(on), locale.month(on), locale.weekday(on)) == (day, month, weekday)
        assert locale.moment(datetime(2026, 9, 6, 20, 30, tzinfo=UTC), "Asia/Shanghai") == moment
        assert locale.moment(None, "Asia/Shanghai") == "—"
    finally:
        locale.use("en")


@pytest.mark.parametrize(
    ("code", "promised", "cell"),
    [
        ("en", "This was promised for 6 Sep 2026; agree on another day, then change it.", "“2026-09-06” is no day."),
        ("zh", "此事已承诺在 2026年9月6日 完成；请先与客户另约日期再修改。", "“2026-09-06” is no day."),
    ],
)
def test_a_day_in_a_sentence_is_the_readers_and_what_is_quoted_is_left_as_it_is(
    code: str, promised: str, cell: str
) -> None:
    locale.use(code)
    try:
        assert locale.sentence("This was promised for 2026-09-06; agree on another day, then change it.") == promised
        assert locale.sentence("“2026-09-06” is no day.") == cell
        assert locale.sentence("Import of activity-2026-09-06.csv, 2026-09-31").endswith("2026-09-06.csv, 2026-09-31")
    finally:
        locale.use("en")


def test_the_browser_chooses_among_our_languages() -> None:
    assert [locale.best(text) for text in ("zh-CN,zh;q=0.9", "de,zh;q=0.5", "fr", "")] == ["zh", "zh", "en", "en"]


def test_no_sentence_has_two_translations() -> None:
    files = Path(locale.__file__).parent.glob("zh*.json")
    pairs = {pair for path in files for pair in json.loads(path.read_text(encoding="utf-8")).items()}
    keys_of_pairs = [key for key, _ in pairs]

    assert sorted(key for key in set(keys_of_pairs) if keys_of_pairs.count(key) > 1) == []
