"""What the reader reads, in their language: sentences, days, moments, numbers, money."""

import json
import re
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel import dates, numbers
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from crm import clock

LANGUAGES = {"en": "English", "zh": "中文"}
# British habits: days before months, and a day of 24 hours.
_BABEL = {"en": "en_GB", "zh": "zh_Hans_CN"}
_code: ContextVar[str] = ContextVar("language")


def use(code: str) -> None:
    """From now on this run, and later runs of this page, speak this language."""
    known = code if code in LANGUAGES else "en"
    _code.set(known)
    context = get_script_run_ctx(suppress_warning=True)
    if context:
        context.session_state["_language"] = known


def code() -> str:
    """The language of this run; a fragment or a callback runs in a thread of its own and finds it in its session."""
    found = _code.get(None)
    if found:
        return found
    context = get_script_run_ctx(suppress_warning=True)
    return str(context.session_state["_language"]) if context and "_language" in context.session_state else "en"


def best(accept_language: str) -> str:
    """The language that a browser asks for first among those we have."""
    for part in accept_language.lower().split(","):
        wanted = part.split(";")[0].strip()[:2]
        if wanted in LANGUAGES:
            return wanted
    return "en"


def t(text: str, /, **values: object) -> str:
    """An English sentence in the reader's language, of one where there is one; where no translation is, the English one."""
    found = catalogue().get(text, text) if code() == "zh" else _of_one(text, values)
    return found.format(**values) if values else found


def _of_one(text: str, values: Mapping[str, object]) -> str:
    """“1 row” for “{count} rows”: English has another form for one, and Chinese none."""
    return next((said[text] for place, said in singulars().items() if text in said and str(values[place]) == "1"), text)


def sentence(text: str) -> str:
    """A finished English sentence, such as an error's, translated by the pattern in the catalogue that it fits."""
    if code() != "zh":
        return text
    if text in catalogue():
        return catalogue()[text]
    for pattern, translation in _patterns():
        fits = pattern.fullmatch(text)
        if fits:
            return translation.format(**{place: _said(place, value) for place, value in fits.groupdict().items()})
    return text


def _said(place: str, value: str) -> str:
    """What stands in a place: names of our fields and kinds are words of ours, anything else is left as it is."""
    if place in ("field", "kind"):
        return catalogue().get(value) or catalogue().get(value.capitalize(), value)
    return "或".join(_said("field", part) for part in value.split(" or ")) if place == "labels" else value


@lru_cache
def catalogue() -> dict[str, str]:
    """Every Chinese sentence by its English one."""
    found: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob("zh*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


@lru_cache
def singulars() -> dict[str, dict[str, str]]:
    """By the place where the one stands, every English sentence that is another one then."""
    found: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "en_one.json").read_text(encoding="utf-8"))
    return found


@lru_cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Those that say the most first: “{browser} on {system}” fits many a sentence."""
    keys = sorted((key for key in catalogue() if "{" in key), key=lambda key: -len(re.sub(r"{\w+}", "", key)))
    return [(re.compile(_pattern(key), re.DOTALL), catalogue()[key]) for key in keys]


def _pattern(key: str) -> str:
    return "".join(f"(?P<{p[1:-1]}>.+?)" if p.startswith("{") else re.escape(p) for p in re.split(r"(\{\w+\})", key))


def day(value: date | None) -> str:
    """16 Mar 2026, or an em dash where there is none."""
    return _day(value, "medium", _babel()) if value else "—"


def weekday(value: date) -> str:
    """Mon 16 Mar."""
    return _day(value, "MMMEd", _babel())


def month(value: date) -> str:
    """Mar 2026."""
    return _day(value, "yMMM", _babel())


def moment(value: datetime | None, zone: str) -> str:
    """16 Mar 2026, 12:00 in the reader's zone."""
    if value is None:
        return "—"
    return f"{day(value.astimezone(clock.zone(zone)).date())} {time(value, zone)}"


def time(value: datetime, zone: str) -> str:
    return dates.format_time(value, "HH:mm", tzinfo=clock.zone(zone), locale=_babel())


def number(value: Decimal | float | None, *, decimals: int = 0) -> str:
    """12,345."""
    if value is None:
        return "—"
    return _number(round(Decimal(str(value)), decimals), _babel())


def exactly(value: Decimal) -> str:
    """12,345.6789: every digit that counts, and no nought behind the last of them."""
    return numbers.format_decimal(value.normalize(), locale=_babel(), decimal_quantization=False)


def money(usd: Decimal | float | None) -> str:
    """$12,345; cents only below a hundred dollars."""
    if usd is None:
        return "—"
    exact = Decimal(str(usd))
    pattern = "¤#,##0.00" if 0 < abs(exact) < 100 else "¤#,##0"  # noqa: PLR2004
    written = numbers.format_currency(exact, "USD", pattern, locale=_babel(), currency_digits=False)
    return written.replace("US$", "$")


def short_money(usd: Decimal | float | None) -> str:
    """$1.2M, for tiles and axes."""
    if usd is None:
        return "—"
    exact = Decimal(str(usd))
    if code() == "zh" and abs(exact) < 10_000:  # noqa: PLR2004 -- what is counted in ten thousands has no short form below
        return money(round(exact))
    decimals = 1 if abs(exact) >= 1000 else 0  # noqa: PLR2004
    return _short_money(exact, decimals, _babel())


def percent(share: Decimal | float | None) -> str:
    """A share of 0.123 is 12.3%."""
    return "—" if share is None else numbers.format_percent(Decimal(str(share)), "#,##0.#%", locale=_babel())


def _babel() -> str:
    return _BABEL[code()]


# Babel takes half a millisecond for one amount, and a list holds a hundred of them.
@lru_cache(maxsize=4096)
def _day(value: date, shape: str, language: str) -> str:
    if shape == "medium":
        return dates.format_date(value, shape, locale=language)
    return dates.format_skeleton(shape, value, locale=language)


@lru_cache(maxsize=4096)
def _number(value: Decimal, language: str) -> str:
    return numbers.format_decimal(value, locale=language)


@lru_cache(maxsize=4096)
def _short_money(usd: Decimal, decimals: int, language: str) -> str:
    written = numbers.format_compact_currency(usd, "USD", fraction_digits=decimals, locale=language)
    return written.replace("US$", "$").replace("\xa0", "")
