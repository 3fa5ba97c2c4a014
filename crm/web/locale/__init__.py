"""What the reader reads, in their language: sentences, days, moments, numbers, money."""

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal

from babel.lists import format_list
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from crm.ground import clock
from crm.ground.formats import BY_LANGUAGE, NOTHING, Formats, Number
from crm.ground.messages import filled
from crm.locale import LANGUAGES, catalogue

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
    """An English sentence in the reader's language; where no translation is, the English one."""
    return filled(catalogue(code()).gettext(text) if text else "", values)


def tn(one: str, many: str, count: Number, /, **values: object) -> str:
    """The same where a number decides on the form; it stands in the sentence as `count`."""
    found = catalogue(code()).ngettext(one, many, 1 if count == 1 else 2)
    return filled(found, {"count": number(count)} | values)


def either(words: Iterable[str]) -> str:
    """“clients, trades, or tasks”."""
    return str(format_list(list(words), style="or", locale=code()))


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
    return f"{day(clock.day_in(zone, value))} {time(value, zone)}"


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
