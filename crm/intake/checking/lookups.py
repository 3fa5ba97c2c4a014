"""Names that become codes: countries and languages in English and Chinese, time zones as people write them."""

import re
import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from crm.intake import zone_names
from crm.intake.checking import country_names

NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
WRITTEN_IN = ("en", "zh", "zh_Hant")
ALSO_WRITTEN_IN = ("de", "fr", "es", "it", "pt", "ru", "ja")  # what names mean that are known in none of those
COUNTRIES = {
    "uk": "GB",
    "greatbritain": "GB",
    "england": "GB",
    "usa": "US",
    "unitedstatesofamerica": "US",
    "america": "US",
    "uae": "AE",
    "southkorea": "KR",
    "korea": "KR",
    "republicofkorea": "KR",
    "northkorea": "KP",
    "democraticpeoplesrepublicofkorea": "KP",
    "russianfederation": "RU",
    "vietnam": "VN",
    "czechrepublic": "CZ",
    "turkey": "TR",
    "holland": "NL",
    "ivorycoast": "CI",
    "cotedivoire": "CI",
    "hongkong": "HK",
    "hongkongsar": "HK",
    "macau": "MO",
    "macao": "MO",
    "taiwan": "TW",
    "mainlandchina": "CN",
    "prc": "CN",
    "peoplesrepublicofchina": "CN",
    "burma": "MM",
    "myanmar": "MM",
    "swaziland": "SZ",
    "capeverde": "CV",
    "easttimor": "TL",
    "macedonia": "MK",
    "syrianarabrepublic": "SY",
    "libyanarabjamahiriya": "LY",
    "islamicrepublicofiran": "IR",
    "iranislamicrepublicof": "IR",
    "usvirginislands": "VI",
    "falklandislandsmalvinas": "FK",
    "bouvetislandbouvetoya": "BV",
    "svalbardjanmayenislands": "SJ",
    "cocoskeelingislands": "CC",
    "unitedstatesvirginislands": "VI",
    "unitedstatesminoroutlyingislands": "UM",
    "laopeoplesdemocraticrepublic": "LA",
    "lao": "LA",
    "bruneidarussalam": "BN",
    "unitedrepublicoftanzania": "TZ",
    "pitcairnislands": "PN",
    "southgeorgiasouthsandwichislands": "GS",
    "libya": "LY",
    "republicofmoldova": "MD",
    "palestine": "PS",
    "palestinianterritory": "PS",
    "palestinianterritories": "PS",
    "holyseevaticancitystate": "VA",
    "holysee": "VA",
    "vatican": "VA",
    "congo": "CG",
    "democraticrepublicofthecongo": "CD",
    "federatedstatesofmicronesia": "FM",
    "slovakrepublic": "SK",
    "slovakiaslovakrepublic": "SK",
    "kyrgyzrepublic": "KG",
    "netherlandsantilles": "BQ",
    "antarctica": "AQ",
    "香港": "HK",
    "澳门": "MO",
    "台湾": "TW",
    "英国": "GB",
    "南韩": "KR",
}
LANGUAGES = {
    "中文": "zh",
    "汉语": "zh",
    "普通话": "zh",
    "国语": "zh",
    "mandarin": "zh",
    "cantonese": "yue",
    "粤语": "yue",
}

_FILLERS = re.compile(r"\b(the|and)\b|&")


def key(name: str) -> str:
    """Case, accents, punctuation and small words do not count; `cells.lookup_sql` does the same."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    whole = unicodedata.normalize("NFC", bare)  # Korean syllables stay in one piece
    return re.sub(r"[\W_]+", "", _FILLERS.sub("", whole)).replace("saint", "st")


@cache
def countries() -> dict[str, str]:
    """Squeezed name or code -> ISO 3166 code of two letters."""
    found: dict[str, str] = {}
    for language in (*WRITTEN_IN, *ALSO_WRITTEN_IN):
        for code, name in Locale.parse(language).territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES:
                found.setdefault(key(name), code)
                found.setdefault(key(name.split("(")[0]), code)
                found[code.lower()] = code
    for names in (country_names.OWN, country_names.CHINESE):
        found |= {key(name): code for code, known in country_names.by_code(names).items() for name in known}
    return found | COUNTRIES


@cache
def languages() -> dict[str, str]:
    """Squeezed name or code -> ISO 639 code."""
    found: dict[str, str] = {}
    for language in WRITTEN_IN:
        for code, name in Locale.parse(language).languages.items():
            found.setdefault(key(name), code)
            found.setdefault(key(code), code)
    return found | LANGUAGES


@cache
def zones() -> dict[str, str]:
    """Squeezed name or offset -> name of a time zone."""
    found = zone_names.places() | zone_names.names()
    found |= {name.casefold(): name for name in available_timezones() if re.search(r"[+-]\d", name)}
    for hours in range(-12, 15):
        for written in (
            f"UTC{hours:+d}",
            f"GMT{hours:+d}",
            f"UTC{hours:+03d}:00",
            f"GMT{hours:+03d}:00",
            f"{hours:+03d}:00",
        ):
            found[written.casefold()] = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return found
