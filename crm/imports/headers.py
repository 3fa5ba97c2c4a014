"""How the name of a column is compared: case, width, punctuation and a trailing number do not count."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

WHY_REFUSED = "Why it was refused"  # the column that our file of refused rows has more than its own

# The traditional characters of the names that our columns have in Chinese.
_SIMPLIFIED = str.maketrans(
    "戶號碼編會員賬帳類狀態級認證風險國籍區語時區備註說標籤間開郵電話機聯繫絡經負責潛機構業個稱幣種對價額費續買賣點擊動單資產總現貨權約槓桿當記錄溝內題優輕緊檔歷進報數產筆傭應實虧損掛結訂",
    "户号码编会员账账类状态级认证风险国籍区语时区备注说标签间开邮电话机联系络经负责潜机构业个称币种对价额费续买卖点击动单资产总现货权约杠杆当记录沟内题优轻紧档历进报数产笔佣应实亏损挂结订",
)
_NOISE = re.compile(r"[\W_]+")
_TAIL = re.compile(r"\d{1,2}$")
_ZONE = re.compile(r"[(\[]?(?<![a-z])(utc|gmt)(?![a-z])\s*[+-]*\d{0,2}(:\d\d)?[)\]]?", re.IGNORECASE)
_PARTS = re.compile(r"\s+[-–>|:]\s+|\s*/\s*|\.(?=\w)")
_CUSTOM = re.compile(r"__c$", re.IGNORECASE)


@lru_cache(maxsize=10_000)  # a header is compared with the columns of every kind
def squeezed(name: str) -> str:
    """“Phone_Number”, “ｐｈｏｎｅ ｎｕｍｂｅｒ” and “Phone Number__c” are all “phonenumber”."""
    text = unicodedata.normalize("NFKC", name).strip().removeprefix("\ufeff").translate(_SIMPLIFIED)
    return _NOISE.sub("", _CUSTOM.sub("", text).casefold())


def without_number(name: str) -> str:
    return _TAIL.sub("", squeezed(name))


def last_part(name: str) -> str:
    """“Person - Name”, “profile.name” and “Name / First Name” end in what they are."""
    return squeezed(_PARTS.split(name.strip())[-1])


def bare(name: str) -> str:
    """Without the zone that venues write behind a time: “Date(UTC+8)” and “Date” are the same column, “UTC_Time” is “time”."""
    own = _CUSTOM.sub("", name.strip()).replace("_", " ")
    return squeezed(_ZONE.sub(" ", own)) or squeezed(name)


def fingerprint(header: Sequence[str]) -> str:
    """The same header, in whatever case and order of writing, gives the same text."""
    return hashlib.sha256("\x1f".join(squeezed(name) for name in header if name != WHY_REFUSED).encode()).hexdigest()
