"""Telephone numbers in one form, E.164, from every form in which people write them."""

import re
import unicodedata

from crm.ground.config import settings

TRUNK = re.compile(r"^((?:\+|00)[\d\s.()-]*?)\(\s*0\s*\)")  # +44 (0)20: the nought is dialled inside the country only
EXTENSION = re.compile(
    r"\s*[,;]?\s*(?:;ext=|ext\.?|extn\.?|extension|x|#|durchwahl|dw|poste|分机|分機|转|轉|内线|內線)\s*[:.]?\s*(\d{1,6})\s*$",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"^\s*(?:tel|phone|mobile|mob|cell|office|work|home|telefon|handy|tél|电话|手机|電話|手機|whatsapp|t|m|p)\s*[.:：]+\s*",
    re.IGNORECASE,
)
LINK = re.compile(r"^(https?://)?(www\.)?(wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?", re.IGNORECASE)
LEAST_WITH_CODE = 11  # digits of a number that may begin with the code of its country, though no + says so


def plain(text: str) -> str:
    """In plain digits and signs, whatever the keyboard: “＋４４” and “٠١٢” are +44 and 012."""
    narrow = unicodedata.normalize("NFKC", text)
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in narrow)
    return re.sub(r"[\u2010-\u2015\u2212]", "-", digits).strip()


def phone(text: str, region: str | None = None, code: str = "") -> str:
    """E.164 where it can be told, by the number itself, its code in another column, or the region; otherwise as it was given.

    An extension stands behind it: “+14155552671 x12”.
    """
    written = text.strip()
    number = CALLED.sub("", LINK.sub("+", re.sub(r"\.0$", "", plain(written))))
    extension = EXTENSION.search(number)
    bare = TRUNK.sub(r"\1", number[: extension.start()] if extension else number)
    found = _e164(bare, region or settings().phone_country.upper() or None, code)
    if not found:
        return written
    return f"{found} x{extension.group(1)}" if extension else found


def _e164(number: str, region: str | None, code: str) -> str:
    if re.search(r"[^\d\s()+./\-]", number) or re.search(r"\d\s*/\s*\d{1,4}$", number):
        return ""  # words, or the first and the last of several lines
    if re.match(r"\s*(\+|00)", number):
        return _possible(re.sub(r"^\s*00", "+", number), region)
    if code:
        digits = re.sub(r"\D", "", number)
        with_code = _possible("+" + digits, None, strictly=True) if digits.startswith(code.lstrip("+")) else ""
        return with_code or _possible(f"{code} {number}", None)
    digits = re.sub(r"\D", "", number)
    found = _with_code(digits, region) or _possible(number, region) if region else ""
    if not found and len(digits) >= LEAST_WITH_CODE and not digits.startswith("0"):
        return _possible("+" + digits, None, strictly=True)
    return found


def _with_code(digits: str, region: str) -> str:
    """A number of this country with its code before it and no plus; "" where it is dialled so at home, too."""
    import phonenumbers  # noqa: PLC0415 -- as below

    plan = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if not plan or not digits.startswith(str(plan.country_code)):
        return ""
    if not plan.national_prefix and _possible(digits, region, strictly=True):
        return ""
    return _possible("+" + digits, None, strictly=True)


def _possible(number: str, region: str | None, *, strictly: bool = False) -> str:
    import phonenumbers  # noqa: PLC0415 -- every country's numbering plan; the start does not wait for them

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return ""
    is_sound = phonenumbers.is_valid_number(parsed) if strictly else phonenumbers.is_possible_number(parsed)
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)) if is_sound else ""
