"""How amounts, numbers, shares, days and months are written in each language: the one place that decides it.

No library is asked. What Babel, ICU or d3 take for the habit of a language changes with their versions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NOTHING = "—"
DIGITS = 3
CENTS_BELOW = 100
# What a field for a day shows while one types into it: the same for everybody.
TYPED_DAY = "YYYY-MM-DD"

Number = Decimal | float | None


@dataclass(frozen=True)
class Formats:
    """One language's way of writing. What is missing, not a number too, is an em dash."""

    units: tuple[tuple[Decimal, str], ...]
    decimals: int
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    day_pattern: str
    short_day_pattern: str
    weekday_pattern: str
    month_pattern: str
    # Days that the browser writes: on the axes of Plotly by the signs of d3, in lists by those of moment.js.
    axis_day: str
    axis_short_day: str
    axis_moment: str
    axis_month: str
    list_day: str

    def short_money(self, usd: Number) -> str:
        """$1.2M, for tiles, sentences and axes: three digits that count, and no thousands separator."""
        exact = _known(usd)
        if exact is None:
            return NOTHING
        size = self._short(abs(exact))
        step, unit = self._unit(size)
        return _signed(exact, f"${_plain(size / step)}{unit}")

    def is_short(self, usd: Decimal) -> bool:
        """Nothing is lost where this amount is written short."""
        return self._short(abs(usd)) == abs(usd)

    def money(self, usd: Number) -> str:
        """$12,345, for lists and whatever one points at; cents only below a hundred dollars."""
        exact = _known(usd)
        if exact is None:
            return NOTHING
        with_cents = 0 < round(abs(exact), 2) < CENTS_BELOW
        return _signed(exact, f"${abs(exact):,.{2 if with_cents else 0}f}")

    def number(self, value: Number, *, decimals: int = 0) -> str:
        """12,345; at most so many decimals, and no nought behind the last of them."""
        exact = _known(value)
        if exact is None:
            return NOTHING
        written = f"{abs(exact):,.{decimals}f}"
        return _signed(exact, written.rstrip("0").rstrip(".") if decimals else written)

    def exactly(self, value: Decimal) -> str:
        """12,345.6789: every digit that counts."""
        return _signed(value, f"{abs(value).normalize():,f}")

    def percent(self, share: Number) -> str:
        """A share of 0.123 is 12.3%."""
        exact = _known(share)
        return NOTHING if exact is None else f"{self.number(100 * exact, decimals=1)}%"

    def change(self, share: Number) -> str:
        """More is +12.3%, less is -12.3%."""
        written = self.percent(share)
        return written if written in (NOTHING, "0%") or written.startswith("-") else f"+{written}"

    def day(self, value: date | None) -> str:
        """26 Nov 2026."""
        return self._of_day(self.day_pattern, value)

    def short_day(self, value: date | None) -> str:
        """26 Nov, where the year is known."""
        return self._of_day(self.short_day_pattern, value)

    def weekday(self, value: date | None) -> str:
        """Thu 26 Nov."""
        return self._of_day(self.weekday_pattern, value)

    def month(self, value: date | None) -> str:
        """Nov 2026."""
        return self._of_day(self.month_pattern, value)

    def _of_day(self, pattern: str, value: date | None) -> str:
        if value is None:
            return NOTHING
        month, weekday = self.months[value.month - 1], self.weekdays[value.weekday()]
        return pattern.format(year=value.year, month=month, day=value.day, weekday=weekday)

    def _short(self, size: Decimal) -> Decimal:
        """Rounded to what is written; it may reach the next unit, which is then the one that is named."""
        if not size:
            return size
        step, _ = self._unit(size)
        finest = max(step.scaleb(-self.decimals) if step > 1 else step, Decimal(1).scaleb(size.adjusted() + 1 - DIGITS))
        return round(size / finest) * finest

    def _unit(self, size: Decimal) -> tuple[Decimal, str]:
        return next((unit for unit in self.units if size >= unit[0]), (Decimal(1), ""))


ENGLISH = Formats(
    units=((Decimal(10**12), "T"), (Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "K")),
    decimals=1,
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    day_pattern="{day} {month} {year}",
    short_day_pattern="{day} {month}",
    weekday_pattern="{weekday} {day} {month}",
    month_pattern="{month} {year}",
    axis_day="%-d %b %Y",
    axis_short_day="%-d %b",
    axis_moment="%-d %b %H:%M",
    axis_month="%b %Y",
    list_day="D MMM YYYY",
)
CHINESE = Formats(
    units=((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万")),
    # From 万 to 亿 it is ten thousand times as much: with one decimal the smallest would have two digits only.
    decimals=2,
    months=tuple(f"{month}月" for month in range(1, 13)),
    weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    day_pattern="{year}年{month}{day}日",
    short_day_pattern="{month}{day}日",
    weekday_pattern="{month}{day}日 {weekday}",
    month_pattern="{year}年{month}",
    axis_day="%Y年%-m月%-d日",
    axis_short_day="%-m月%-d日",
    axis_moment="%-m月%-d日 %H:%M",
    axis_month="%Y年%-m月",
    list_day="YYYY年M月D日",
)
BY_LANGUAGE: Mapping[str, Formats] = {"en": ENGLISH, "zh": CHINESE}


def _known(value: Number) -> Decimal | None:
    """The value as it is printed, so that 0.1 stays 0.1; nothing for what is no number."""
    exact = None if value is None else Decimal(str(value))
    return exact if exact is not None and exact.is_finite() else None


def _signed(exact: Decimal, written: str) -> str:
    """With a minus, unless nothing is left after rounding."""
    return f"-{written}" if exact < 0 and any(digit in written for digit in "123456789") else written


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
