"""How amounts and days are written is our own decision, whatever a library takes for the habit of a language."""

import math
import re
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.ground.formats import BY_LANGUAGE, CHINESE, ENGLISH, Formats, Number
from crm.ground.messages import Share, Usd
from tests.share import examples

WRITTEN = re.compile(r"(-?)\$(\d+(?:\.\d+)?)(\D*)")
AMOUNTS = st.decimals(min_value=-(10**15), max_value=10**15, places=2)
LANGUAGES = pytest.mark.parametrize("formats", BY_LANGUAGE.values(), ids=BY_LANGUAGE)

SHORT: list[tuple[Number, str, str]] = [
    (0, "$0", "$0"),
    (0.4, "$0", "$0"),
    (-0.4, "$0", "$0"),
    (1, "$1", "$1"),
    (999, "$999", "$999"),
    (999.6, "$1K", "$1000"),
    (1_000, "$1K", "$1000"),
    (-1_234, "-$1.2K", "-$1230"),
    (6_143, "$6.1K", "$6140"),
    (9_994, "$10K", "$9990"),
    (9_996, "$10K", "$1万"),
    (10_000, "$10K", "$1万"),
    (41_123, "$41.1K", "$4.11万"),
    (99_960, "$100K", "$10万"),
    (850_000, "$850K", "$85万"),
    (999_499, "$999K", "$99.9万"),
    (999_950, "$1M", "$100万"),
    (1_000_000, "$1M", "$100万"),
    (1_234_567, "$1.2M", "$123万"),
    (-1_234_567, "-$1.2M", "-$123万"),
    (60_432_111, "$60.4M", "$6040万"),
    (80_000_000, "$80M", "$8000万"),
    (99_940_000, "$99.9M", "$9990万"),
    (99_960_000, "$100M", "$1亿"),
    (118_300_000, "$118M", "$1.18亿"),
    (120_000_000, "$120M", "$1.2亿"),
    (999_950_000, "$1B", "$10亿"),
    (11_500_000_000, "$11.5B", "$115亿"),
    (999_400_000_000, "$999B", "$9990亿"),
    (999_600_000_000, "$1T", "$1万亿"),
    (1_234_000_000_000, "$1.2T", "$1.23万亿"),
    (Decimal("1234567.89"), "$1.2M", "$123万"),
    (None, "—", "—"),
    (math.nan, "—", "—"),
    (math.inf, "—", "—"),
]


@pytest.mark.parametrize(("usd", "english", "chinese"), SHORT)
def test_short_amounts(usd: Number, english: str, chinese: str) -> None:
    assert (ENGLISH.short_money(usd), CHINESE.short_money(usd)) == (english, chinese)


@pytest.mark.parametrize(
    ("usd", "written"),
    [
        (0, "$0"),
        (0.001, "$0"),
        (-0.001, "$0"),
        (5.5, "$5.50"),
        (-5.5, "-$5.50"),
        (99.994, "$99.99"),
        (99.999, "$100"),
        (100.4, "$100"),
        (-1_234, "-$1,234"),
        (Decimal("1234567.89"), "$1,234,568"),
        (None, "—"),
        (math.nan, "—"),
    ],
)
@LANGUAGES
def test_exact_amounts(formats: Formats, usd: Number, written: str) -> None:
    assert formats.money(usd) == written


@LANGUAGES
def test_numbers_and_shares(formats: Formats) -> None:
    assert [formats.number(one) for one in (1_234_567, -0.2, -5, 0, None)] == ["1,234,567", "0", "-5", "0", "—"]
    assert [formats.number(one, decimals=2) for one in (1.5, 100, 0.126)] == ["1.5", "100", "0.13"]
    assert formats.exactly(Decimal("-12345.678900")) == "-12,345.6789"
    assert [formats.percent(one) for one in (0.1234, 1, -0.5, 0, None)] == ["12.3%", "100%", "-50%", "0%", "—"]
    assert [formats.change(one) for one in (0.1234, -0.1234, 0.0001, -0.0001, 17.5, None)] == [
        "+12.3%",
        "-12.3%",
        "0%",
        "0%",
        "+1,750%",
        "—",
    ]


@pytest.mark.parametrize(
    ("on", "english", "chinese"),
    [
        (
            date(2026, 11, 26),
            ("26 Nov 2026", "26 Nov", "Thu 26 Nov", "Nov 2026"),
            ("2026年11月26日", "11月26日", "11月26日 周四", "2026年11月"),
        ),
        (
            date(2026, 9, 6),
            ("6 Sep 2026", "6 Sep", "Sun 6 Sep", "Sep 2026"),
            ("2026年9月6日", "9月6日", "9月6日 周日", "2026年9月"),
        ),
        (None, ("—",) * 4, ("—",) * 4),
    ],
)
def test_days(on: date | None, english: tuple[str, ...], chinese: tuple[str, ...]) -> None:
    def of(formats: Formats) -> tuple[str, ...]:
        return formats.day(on), formats.short_day(on), formats.weekday(on), formats.month(on)

    assert (of(ENGLISH), of(CHINESE)) == (english, chinese)


def test_every_month_and_weekday_has_three_letters_in_english_and_its_number_in_chinese() -> None:
    assert {len(name) for name in (*ENGLISH.months, *ENGLISH.weekdays)} == {3}
    assert CHINESE.months == tuple(f"{number}月" for number in range(1, 13))
    assert len({*ENGLISH.months, *CHINESE.months}) == 24


def test_sentences_made_without_a_reader_are_written_in_english() -> None:
    assert (str(Usd(Decimal(60_432_111))), str(Share(0.617))) == ("$60.4M", "62%")


def read(written: str, formats: Formats) -> tuple[Decimal, Decimal, str]:
    """The amount, its number without the unit, and the unit."""
    found = WRITTEN.fullmatch(written)
    assert found, written
    sign, number, unit = found.groups()
    steps = {name: step for step, name in formats.units} | {"": Decimal(1)}
    return Decimal(f"{sign}{number}") * steps[unit], Decimal(number), unit


@LANGUAGES
@settings(max_examples=examples(100))
@given(usd=AMOUNTS)
def test_a_short_amount_has_three_digits_that_count_and_says_how_much_it_is(formats: Formats, usd: Decimal) -> None:
    amount, number, unit = read(formats.short_money(usd), formats)

    assert len(str(number).replace(".", "").strip("0")) <= 3
    assert abs(amount - usd) <= max(abs(usd) * Decimal("0.05"), Decimal("0.5"))
    larger = [step for step, name in formats.units if step > next((s for s, n in formats.units if n == unit), 1)]
    assert not larger or abs(amount) < min(larger)  # 1000K is $1M
    assert "." not in str(number) or not str(number).endswith("0")


@LANGUAGES
@settings(max_examples=examples(100))
@given(amounts=st.lists(AMOUNTS, min_size=2, max_size=9))
def test_who_has_more_never_reads_as_less(formats: Formats, amounts: list[Decimal]) -> None:
    read_out = [read(formats.short_money(usd), formats)[0] for usd in sorted(amounts)]

    assert read_out == sorted(read_out)


@LANGUAGES
@settings(max_examples=examples(100))
@given(usd=AMOUNTS)
def test_what_is_said_to_be_short_loses_nothing(formats: Formats, usd: Decimal) -> None:
    assert formats.is_short(usd) == (read(formats.short_money(usd), formats)[0] == usd)


@LANGUAGES
@settings(max_examples=examples(100))
@given(usd=AMOUNTS)
def test_an_exact_amount_is_right_to_the_dollar(formats: Formats, usd: Decimal) -> None:
    sign, number = re.fullmatch(r"(-?)\$([\d,]+(?:\.\d\d)?)", formats.money(usd)).groups()  # type: ignore[union-attr]

    assert abs(Decimal(f"{sign}{number.replace(',', '')}") - usd) <= (Decimal("0.5") if abs(usd) >= 100 else 0)
    assert all(len(group) == 3 for group in number.split(".")[0].split(",")[1:])


@LANGUAGES
@settings(max_examples=examples(100))
@given(days=st.lists(st.dates(), min_size=2, max_size=2, unique=True))
def test_two_days_never_read_the_same(formats: Formats, days: list[date]) -> None:
    first, second = days

    assert formats.day(first) != formats.day(second)
    assert (formats.month(first) == formats.month(second)) == ((first.year, first.month) == (second.year, second.month))


def scripts(name: str) -> str:
    """What Streamlit sends to the browser."""
    folder = resources.files("streamlit").joinpath("static/static/js")
    found = [path for path in folder.iterdir() if path.name.startswith(name)]
    assert found, name
    return "".join(path.read_text(encoding="utf-8") for path in found)


def test_a_browser_calls_the_months_as_we_do() -> None:
    of_axes = re.findall(r"shortMonths:\[([^]]*)\]", scripts("PlotlyChart"))
    of_lists = re.findall(r"\bJan_[A-Za-z_]*_Dec\b", scripts("moment"))

    assert {tuple(re.findall(r"\w+", names)) for names in of_axes} == {ENGLISH.months}
    assert {tuple(names.split("_")) for names in of_lists} == {ENGLISH.months}


@pytest.mark.parametrize("pattern", ["axis_day", "axis_short_day", "axis_month"])
@pytest.mark.parametrize("on", [date(2026, 9, 6), date(2026, 11, 26)])
@LANGUAGES
def test_an_axis_of_days_is_written_as_everything_else(formats: Formats, pattern: str, on: date) -> None:
    ways = {"axis_day": formats.day, "axis_short_day": formats.short_day, "axis_month": formats.month}
    month = {"%b": formats.months[on.month - 1], "%-m": str(on.month), "%-d": str(on.day), "%Y": str(on.year)}

    assert re.sub(r"%-?\w", lambda sign: month[sign[0]], getattr(formats, pattern)) == ways[pattern](on)


@LANGUAGES
def test_a_list_of_days_is_written_as_everything_else(formats: Formats) -> None:
    on = date(2026, 9, 6)
    signs = {"YYYY": "2026", "MMM": formats.months[8], "M": "9", "D": "6"}

    assert re.sub("YYYY|MMM|M|D", lambda sign: signs[sign[0]], formats.list_day) == formats.day(on)
