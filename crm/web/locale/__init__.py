"""What the reader reads, in their language: sentences, days, moments, numbers, money."""

import json
import re
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from crm.ground import clock
from crm.ground.formats import BY_LANGUAGE, NOTHING, Formats, Number

LANGUAGES = {"en": "English", "zh": "中文"}
# A day that stands by itself; what is quoted, such as a cell or a file's name, is passed over as it is.
_ISO_DAY = re.compile(r"“[^”]*”|(?<![\w.-])\d{4}-\d\d-\d\d(?![\w-]|\.\w)")
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
    """A finished English sentence, such as an error's, in the reader's language, its days as the reader writes them."""
    return _ISO_DAY.sub(_read_day, _translated(text))


def _translated(text: str) -> str:
    """By the pattern in the catalogue that it fits."""
    if code() != "zh":
        return text
    if text in catalogue():
        return catalogue()[text]
    for pattern, translation in _patterns():
        fits = pattern.fullmatch(text)
        if fits:
            return translation.format(**{place: _said(place, value) for place, value in fits.groupdict().items()})
    return text


def _read_day(found: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(found[0]))
    except ValueError:  # what is quoted, and what is no day
        return found[0]


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


def formats() -> Formats:
    """How amounts, numbers and days are written in the language of this run."""
    return BY_LANGUAGE[code()]


def day(value: date | None) -> str:
    return formats().day(value)


def weekday(value: date) -> str:
    return formats().weekday(value)


def month(value: date) -> str:
    return formats().month(value)


def moment(value: datetime | None, zone: str) -> str:
    """16 Mar 2026 12:00 in the reader's zone."""
    if value is None:
        return NOTHING
    return f"{day(value.astimezone(clock.zone(zone)).date())} {time(value, zone)}"


def time(value: datetime, zone: str) -> str:
    return f"{value.astimezone(clock.zone(zone)):%H:%M}"


def number(value: Number, *, decimals: int = 0) -> str:
    return formats().number(value, decimals=decimals)


def exactly(value: Decimal) -> str:
    return formats().exactly(value)


def money(usd: Number) -> str:
    return formats().money(usd)


def short_money(usd: Number) -> str:
    return formats().short_money(usd)


def percent(share: Number) -> str:
    return formats().percent(share)


def change(share: Number) -> str:
    return formats().change(share)
