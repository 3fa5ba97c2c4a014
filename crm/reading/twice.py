"""Text that a program once read in the wrong encoding and saved so: “MÃ¼ller” is Müller, “³ÂÎ°” is 陈伟."""

import re

from crm.reading import encoding

AS_CP1252 = " once misread as cp1252"
_LEAST = 0.9
_BEYOND = re.compile(r"[^\x00-\x7f]")


def meant(text: str) -> str:
    """How such a text was written in truth; "" where it is what it seems."""
    lines = [line for line in text.splitlines() if _BEYOND.search(line)]
    back = [written for line in lines if (written := _as_bytes(line)) is not None]
    if not back or len(back) < _LEAST * len(lines):
        return ""
    if sum(_decoded(written, "utf-8") is not None for written in back) >= _LEAST * len(lines):
        return "utf-8" + AS_CP1252
    found = encoding.chinese_of(b"\n".join(back))
    return found + AS_CP1252 if found else ""


def repaired(line: str, name: str) -> str:
    """A line as it was meant; the very line where it was not damaged so. `name`: as `meant` gives it."""
    written = _as_bytes(line) if _BEYOND.search(line) else None
    return line if written is None else _decoded(written, name.removesuffix(AS_CP1252)) or line


def _decoded(written: bytes, name: str) -> str | None:
    try:
        return written.decode(name)
    except UnicodeDecodeError:
        return None


def _as_bytes(line: str) -> bytes | None:
    """The bytes that Windows-1252, or Latin-1 where that has no letter, shows so; None where neither does."""
    try:
        return b"".join(letter.encode("latin-1" if "\x80" <= letter <= "\x9f" else "cp1252") for letter in line)
    except UnicodeEncodeError:
        return None
