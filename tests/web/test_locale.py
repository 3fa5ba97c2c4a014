"""Both languages: every number and day has its habit."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from crm.web import locale


def test_one_is_said_as_one() -> None:
    assert locale.tn("Apply: {count} row", "Apply: {count} rows", 1) == "Apply: 1 row"
    assert locale.tn("Apply: {count} row", "Apply: {count} rows", 1001) == "Apply: 1,001 rows"
    assert locale.tn("every day", "every {count} days", 1) == "every day"


def test_chinese_has_one_form() -> None:
    locale.use("zh")
    try:
        assert {locale.tn("{count} day", "{count} days", count) for count in (1, 2)} == {"1 天", "2 天"}
    finally:
        locale.use("en")


def test_a_sentence_without_translation_stays_english() -> None:
    locale.use("zh")
    try:
        assert locale.t("No such {thing} here", thing="key") == "No such key here"
        assert locale.t("") == ""
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


def test_the_browser_chooses_among_our_languages() -> None:
    assert [locale.best(text) for text in ("zh-CN,zh;q=0.9", "de,zh;q=0.5", "fr", "")] == ["zh", "zh", "en", "en"]
