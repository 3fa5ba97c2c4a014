"""In which encoding a text file is written: its mark, strict UTF-8, the patterns of Chinese and Japanese, then a guess."""

import codecs
import re

import charset_normalizer

from crm.reading.survey import Survey

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALMOST_ALL = 0.95
_MOST = 0.6
_STRAY = 100
_ENOUGH = 200
_MANY = 24
_SEVERAL = 2
_SHOWN = 3
_OFFERED = ("cp1252", "cp1250", "cp1251", "gb18030", "big5", "shift-jis", "euc-kr", "cp1254", "cp1253")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_MARKS_OF_WORDS = "’‘'´¿¡«»“”°ºª–—®™"
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[\xc0-\xff]")
_SINGLE_BYTE = (
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp874",
    "koi8-r",
    "mac-roman",
)


def encoding_of(found: Survey) -> str:
    """A Python codec's name, two of them joined by a plus where lines differ, or "" for bytes that are no text."""
    for mark, name in _MARKS:
        if found.head.startswith(mark):
            return name
    if found.nul:
        wide = _wide(found.head)
        if wide or found.nul * _STRAY > found.size or not _is_plain(found.head):
            return wide
    if found.is_utf8:
        return "utf-8"
    if _mostly_utf8(found.evidence):
        return "utf-8"
    return _asian(found.evidence) or _mixed(found.evidence) or _western(found.evidence)


def is_guessed(found: Survey, encoding: str) -> bool:
    """Letters of one byte say nothing of their language, and few of two bytes hardly more."""
    if found.is_utf8 or encoding.startswith("utf") or not encoding:
        return False
    return encoding not in _EVERYDAY or len(set(re.findall(rb"[\x81-\xfe][\x40-\xfe]", found.evidence))) < _MANY


def readings(found: Survey, encoding: str) -> dict[str, list[str]]:
    """The guessed encoding and others in which the file could be written, each with its first lines that tell them apart."""
    lines = [line for line in found.evidence.split(b"\n") if line.strip()][:_SHOWN]
    read: dict[str, list[str]] = {}
    for name in dict.fromkeys((encoding, *_OFFERED)):
        try:
            shown = [line.decode(name) for line in lines]
        except (UnicodeDecodeError, LookupError):  # "utf-8+gb18030" is none of its own
            continue
        if shown not in read.values():
            read[name] = shown
    return read


def _mixed(evidence: bytes) -> str:
    """Lists of two programs pasted together: the codec of the lines that are not UTF-8, behind `utf-8+`."""
    lines: dict[bool, list[bytes]] = {True: [], False: []}
    for line in evidence.split(b"\n"):
        lines[_is_utf8(line)].append(line)
    sound, rest = (b"\n".join(lines[kind]) for kind in (True, False))
    if len(lines[True]) < _SEVERAL or not rest or len(sound) * 5 < len(rest):
        return ""
    return f"utf-8+{_asian(rest) or _western(rest)}"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(evidence: bytes) -> bool:
    """A few damaged characters do not make another encoding of it."""
    text = evidence.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return len(_BEYOND.findall(text)) - damaged > 20 * damaged


def _wide(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: text of any language has line ends and delimiters whose other bytes are NUL."""
    for name, step in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        sample = head[: len(head) // step * step]
        try:
            text = sample.decode(name)
        except UnicodeDecodeError as error:
            if error.end < len(sample) - step:
                continue
            text = sample[: error.start].decode(name)
        if text and "\0" not in text and _looks_written(text):
            return name
    return ""


def _is_plain(head: bytes) -> bool:
    """A few stray NULs in an otherwise ordinary text are no reason to refuse it."""
    control = sum(head.count(sign) for sign in (*range(1, 9), *range(14, 27)))
    return control * _STRAY <= len(head)


def _looks_written(text: str) -> bool:
    odd = sum(not (char.isprintable() or char in "\t\r\n") for char in text[:4096])
    ordinary = sum(char.isascii() for char in text[:4096])
    return odd == 0 and ordinary > 0


def _asian(evidence: bytes) -> str:
    """The multi-byte encoding under which almost all characters are common ones (share of its first, everyday level)."""
    shares = {name: share(evidence) for name, share in _EVERYDAY.items() if _decodes(evidence, name)}
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] >= _MOST else ""


def chinese_of(evidence: bytes) -> str:
    """The encoding in which almost all of these letters are everyday Chinese; "" where that is not so, or they are Western."""
    if _is_western(evidence.decode("cp1252", "ignore")) or re.search(
        rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", evidence
    ):
        return ""
    return next(
        (
            name
            for name in ("gb18030", "big5hkscs")
            if _decodes(evidence, name) and _EVERYDAY[name](evidence) > _ALMOST_ALL
        ),
        "",
    )


def _decodes(evidence: bytes, name: str) -> bool:
    """Nothing damaged, but for the last character, which may have been cut, and one in five hundred."""
    text = evidence.decode(name, "replace")
    return text.removesuffix("\ufffd").count("\ufffd") * 500 <= len(_BEYOND.findall(text))


def _chinese(evidence: bytes) -> float:
    """Level 1 of GB2312 holds 99 % of written Chinese; A1-A3 are punctuation and full-width forms."""
    return _share(evidence, rb"[\xb0-\xd7][\xa1-\xfe]|[\xa1\xa3][\xa1-\xfe]", rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")


def _taiwanese(evidence: bytes) -> float:
    return _share(
        evidence, rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]|\xa1[\x40-\x7e\xa1-\xfe]", rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]"
    )


def _japanese(evidence: bytes) -> float:
    """Kana and level 1 kanji."""
    common = rb"\x82[\x4f-\xf1]|\x83[\x40-\x96]|[\x88-\x97][\x40-\x7e\x80-\xfc]|\x81[\x40-\x7e\x80-\xac]"
    return _share(evidence, common, rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[\xa1-\xdf]")


def _korean(evidence: bytes) -> float:
    """Hangul stand in half of the everyday Chinese area: a text of many that hardly leaves it is Korean."""
    every = set(re.findall(rb"[\x81-\xfe][\x41-\xfe]", evidence))
    hangul = sum(0xB0 <= pair[0] <= 0xC8 and pair[1] > 0xA0 for pair in every)  # noqa: PLR2004 -- the area of KS X 1001
    return 1.01 if hangul > _ALMOST_ALL * len(every) and len(every) > _MANY else 0.0


def _share(evidence: bytes, common: bytes, any_pair: bytes) -> float:
    """Of different characters: a column of yes and no proves nothing."""
    every = set(re.findall(any_pair, evidence))
    usual = re.compile(common)
    return sum(usual.fullmatch(pair) is not None for pair in every) / len(every) if every else 0.0


_EVERYDAY = {"gb18030": _chinese, "big5hkscs": _taiwanese, "cp932": _japanese, "cp949": _korean}


def _western(evidence: bytes) -> str:
    """Few strange letters among plain ones are Western European; more of them are counted by language."""
    is_western = _decodes(evidence, "cp1252") and _is_western(evidence.decode("cp1252", "ignore"))
    if is_western and len(_LETTER.findall(evidence)) < _ENOUGH:
        return "cp1252"
    if not is_western and _is_han(evidence):
        return "gb18030"
    best = charset_normalizer.from_bytes(evidence, cp_isolation=list(_SINGLE_BYTE)).best()
    if best is not None:
        return best.encoding.replace("_", "-")
    return "cp1252" if _decodes(evidence, "cp1252") else "latin-1"


def _is_western(text: str) -> bool:
    letter = "A-Za-z\u00c0-\u00ff"
    inside = re.findall(f"(?<=[{letter}])[^\x00-\x7f]|[^\x00-\x7f](?=[{letter}])", text)
    return all(sign.isalpha() or sign in _MARKS_OF_WORDS for sign in inside) and not re.search(
        r"[^\W\x00-\x7f]{4}", text
    )


def _is_han(evidence: bytes) -> bool:
    """Traditional characters in GB18030 are no everyday ones, yet all are Han; and their bytes are not only letters."""
    if not _decodes(evidence, "gb18030"):
        return False
    beyond = _BEYOND.findall(evidence.decode("gb18030", "ignore"))
    han = sum("\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffee" for sign in beyond)
    low = len(_HIGH.findall(evidence)) - len(_LETTER.findall(evidence))
    return han > _ALMOST_ALL * len(beyond) and low * 5 > len(_HIGH.findall(evidence))
