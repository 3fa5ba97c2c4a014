"""What people and programs call time zones: places, Windows' names, names in several languages, abbreviations."""

import re
import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from tzlocal.windows_tz import win_tz

_ZONES = available_timezones()
_LANGUAGES = ("en", "zh", "zh_Hant", "de", "fr", "es", "ja")
# What means several: whoever writes it knows which.
SEVERAL = {
    "cst": ("America/Chicago", "Asia/Shanghai"),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "ast": ("America/Halifax", "Asia/Riyadh"),
}
_SHORT = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "mez": "Europe/Berlin",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "bst": "Europe/London",
    "wet": "Europe/Lisbon",
    "eet": "Europe/Helsinki",
    "msk": "Europe/Moscow",
    "trt": "Europe/Istanbul",
    "gst": "Asia/Dubai",
    "pkt": "Asia/Karachi",
    "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore",
    "myt": "Asia/Kuala_Lumpur",
    "pht": "Asia/Manila",
    "wib": "Asia/Jakarta",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "aest": "Australia/Brisbane",
    "aedt": "Australia/Sydney",
    "awst": "Australia/Perth",
    "est": "Etc/GMT+5",
    "edt": "Etc/GMT+4",
    "cdt": "Etc/GMT+5",
    "mst": "Etc/GMT+7",
    "mdt": "Etc/GMT+6",
    "pst": "Etc/GMT+8",
    "pdt": "Etc/GMT+7",
    "utc": "UTC",
    "gmt": "UTC",
    "z": "UTC",
    "zulu": "UTC",
}
_PLACES = {
    "beijing": "Asia/Shanghai",
    "china": "Asia/Shanghai",
    "chinese": "Asia/Shanghai",
    "peking": "Asia/Shanghai",
    "shenzhen": "Asia/Shanghai",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "newdelhi": "Asia/Kolkata",
    "india": "Asia/Kolkata",
    "indian": "Asia/Kolkata",
    "japan": "Asia/Tokyo",
    "korea": "Asia/Seoul",
    "taiwan": "Asia/Taipei",
    "uk": "Europe/London",
    "unitedkingdom": "Europe/London",
    "germany": "Europe/Berlin",
    "frankfurt": "Europe/Berlin",
    "munich": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "switzerland": "Europe/Zurich",
    "france": "Europe/Paris",
    "spain": "Europe/Madrid",
    "italy": "Europe/Rome",
    "uae": "Asia/Dubai",
    "abudhabi": "Asia/Dubai",
    "turkey": "Europe/Istanbul",
    "vietnam": "Asia/Ho_Chi_Minh",
    "hanoi": "Asia/Ho_Chi_Minh",
    "thailand": "Asia/Bangkok",
    "philippines": "Asia/Manila",
    "nyc": "America/New_York",
    "newyorkcity": "America/New_York",
    "boston": "America/New_York",
    "miami": "America/New_York",
    "washingtondc": "America/New_York",
    "sanfrancisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "dallas": "America/Chicago",
    "eastern": "America/New_York",
    "useastern": "America/New_York",
    "uscentral": "America/Chicago",
    "usmountain": "America/Denver",
    "uspacific": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "eastcoast": "America/New_York",
    "useastcoast": "America/New_York",
    "westcoast": "America/Los_Angeles",
    "centraleuropean": "Europe/Berlin",
    "easterneuropean": "Europe/Helsinki",
    "westerneuropean": "Europe/Lisbon",
    "北京": "Asia/Shanghai",
    "中国": "Asia/Shanghai",
    "中國": "Asia/Shanghai",
    "上海": "Asia/Shanghai",
    "深圳": "Asia/Shanghai",
    "香港": "Asia/Hong_Kong",
    "台北": "Asia/Taipei",
    "臺北": "Asia/Taipei",
    "台湾": "Asia/Taipei",
    "台灣": "Asia/Taipei",
    "新加坡": "Asia/Singapore",
    "东京": "Asia/Tokyo",
    "東京": "Asia/Tokyo",
    "日本": "Asia/Tokyo",
    "首尔": "Asia/Seoul",
    "首爾": "Asia/Seoul",
    "韩国": "Asia/Seoul",
    "韓國": "Asia/Seoul",
    "曼谷": "Asia/Bangkok",
    "吉隆坡": "Asia/Kuala_Lumpur",
    "迪拜": "Asia/Dubai",
    "杜拜": "Asia/Dubai",
    "伦敦": "Europe/London",
    "倫敦": "Europe/London",
    "英国": "Europe/London",
    "巴黎": "Europe/Paris",
    "柏林": "Europe/Berlin",
    "法兰克福": "Europe/Berlin",
    "莫斯科": "Europe/Moscow",
    "悉尼": "Australia/Sydney",
    "纽约": "America/New_York",
    "紐約": "America/New_York",
    "美东": "America/New_York",
    "美東": "America/New_York",
    "美国东部": "America/New_York",
    "美西": "America/Los_Angeles",
    "美国西部": "America/Los_Angeles",
    "洛杉矶": "America/Los_Angeles",
    "芝加哥": "America/Chicago",
    "世界协调": "UTC",
    "协调世界": "UTC",
    "格林威治": "UTC",
    "格林尼治": "UTC",
}
_TIME = ("time", "时间", "時間", "时", "時", "zeit", "standardtime", "localtime", "标准时间", "標準時")
_DISPLAYED = {  # what Windows shows, where it is none of its names
    "easterntimeuscanada": "America/New_York",
    "centraltimeuscanada": "America/Chicago",
    "mountaintimeuscanada": "America/Denver",
    "pacifictimeuscanada": "America/Los_Angeles",
    "atlantictimecanada": "America/Halifax",
    "beijingchongqinghongkongurumqi": "Asia/Shanghai",
    "osakasapporotokyo": "Asia/Tokyo",
    "kualalumpursingapore": "Asia/Singapore",
    "amsterdamberlinbernromestockholmvienna": "Europe/Berlin",
    "brusselscopenhagenmadridparis": "Europe/Paris",
    "dublinedinburghlisbonlondon": "Europe/London",
    "chennaikolkatamumbainewdelhi": "Asia/Kolkata",
    "bangkokhanoijakarta": "Asia/Bangkok",
    "coordinateduniversaltime": "UTC",
    "abudhabimuscat": "Asia/Dubai",
    "moscowstpetersburg": "Europe/Moscow",
    "canberramelbournesydney": "Australia/Sydney",
}


def key(name: str) -> str:
    """Case, accents and punctuation do not count."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", re.sub(r"\b(the|and)\b|&", "", unicodedata.normalize("NFC", bare)))


@cache
def places() -> dict[str, str]:
    """Cities and countries by key, which are a zone where a time is spoken of."""
    cities: dict[str, set[str]] = {}
    for name in _ZONES:
        if re.fullmatch(r"(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*", name):
            cities.setdefault(key(name.rpartition("/")[2]), set()).add(name)
    return {city: min(found) for city, found in cities.items() if len(found) == 1} | _PLACES


@cache
def names() -> dict[str, str]:
    """Every name that is a zone by itself, by key; neither offsets nor what means several."""
    found = {key(name): name for name in _ZONES if not re.search(r"[+-]\d|^GMT0$", name)}
    found |= {name: places()[name] for name in found if name in places()}  # Hongkong is an old name
    found |= {place + time: zone for place, zone in places().items() for time in _TIME}
    for language in _LANGUAGES:
        found |= _of_language(language)
    found |= {key(name): zone for name, zone in win_tz.items()} | _DISPLAYED | _SHORT
    return {name: zone for name, zone in found.items() if name not in SEVERAL}


def _of_language(language: str) -> dict[str, str]:
    """“Central European Standard Time” and “北美东部时间”."""
    usual = set(win_tz.values()) | {"UTC", "Asia/Hong_Kong"}
    of_meta: dict[str, str] = {}
    for zone, meta in get_global("meta_zones").items():
        if zone in usual and zone in _ZONES:
            of_meta.setdefault(meta, zone)
    of_meta |= {
        "GMT": "UTC",
        "America_Eastern": "America/New_York",
        "Europe_Central": "Europe/Berlin",
        "China": "Asia/Shanghai",
    }
    known = Locale.parse(language).meta_zones
    return {key(name): zone for meta, zone in of_meta.items() for name in known.get(meta, {}).get("long", {}).values()}
