"""One walk over the bytes of a file: which line ends, NULs, is it UTF-8, and a handful of its strange lines."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from crm.ground.errors import InvalidError

CHUNK = 1 << 19  # what the processor keeps near: larger pieces take half as long again
_LONGEST_LINE = 1 << 23
SAMPLE = 1 << 18
_EVIDENCE = 1 << 16
_C1 = re.compile(rb"\xc2[\x80-\x9f]")


@dataclass
class Survey:
    size: int = 0
    lf: int = 0
    cr: int = 0
    crlf: int = 0
    nul: int = 0
    is_ascii: bool = True
    is_utf8: bool = True
    head: bytes = b""
    tail: bytes = b""
    evidence: bytes = b""
    has_c1: bool = False
    has_damage: bool = False

    @property
    def line_end(self) -> str:
        """The one that is used most."""
        lone = {"\n": self.lf - self.crlf, "\r": self.cr - self.crlf, "\r\n": self.crlf}
        return max(lone, key=lambda end: lone[end]) if self.lf or self.cr else "\n"

    @property
    def lines(self) -> int:
        """Lines up to the last that is not blank."""
        end = b"\r" if self.line_end == "\r" else b"\n"
        trailing = self.tail[len(self.tail.rstrip(b"\r\n")) :].count(end)
        return (self.cr if end == b"\r" else self.lf) - trailing + 1

    @property
    def is_uniform(self) -> bool:
        """There is only one kind of line end."""
        return sum(count > 0 for count in (self.lf - self.crlf, self.cr - self.crlf, self.crlf)) <= 1


def walk(path: Path) -> Survey:
    """Raises InvalidError for a line that no list has."""
    found = Survey()
    decoder = codecs.getincrementaldecoder("utf-8")()
    quiet = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if not found.size:
                found.head = chunk[:SAMPLE]
            # A pair cut by the border of two chunks would count as two line ends.
            if chunk.endswith(b"\r"):
                chunk += file.read(1)
            found.size += len(chunk)
            quiet = _count(found, chunk, quiet)
            _decode(found, decoder, chunk)
            found.tail = chunk[-SAMPLE:] if len(chunk) >= SAMPLE else (found.tail + chunk)[-SAMPLE:]
    found.is_utf8 = found.is_utf8 and _ends_well(decoder)
    return found


def _count(found: Survey, chunk: bytes, quiet: int) -> int:
    ends = chunk.count(b"\n")
    found.lf += ends
    carriage = chunk.count(b"\r")
    if carriage:
        found.cr += carriage
        found.crlf += chunk.count(b"\r\n")
    found.nul += chunk.count(0)
    quiet = 0 if ends or carriage else quiet + len(chunk)
    if quiet > _LONGEST_LINE:
        raise InvalidError(
            "This file has a line longer than 8 MB, so it is not a list; export it again as CSV with one row per line."
        )
    return quiet


def _decode(found: Survey, decoder: codecs.IncrementalDecoder, chunk: bytes) -> None:
    if found.is_ascii and chunk.isascii():
        return
    found.is_ascii = False
    found.has_damage = found.has_damage or b"\xef\xbf\xbd" in chunk
    found.has_c1 = found.has_c1 or _C1.search(chunk) is not None
    if found.is_utf8:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            found.is_utf8 = False
    if not found.is_utf8 and len(found.evidence) < _EVIDENCE:
        lines = chunk.replace(b"\r", b"\n").split(b"\n")
        found.evidence += b"\n".join(line for line in lines if not line.isascii())[:_EVIDENCE]


def _ends_well(decoder: codecs.IncrementalDecoder) -> bool:
    # A character cut in two at the very end is a truncated upload, not another encoding.
    try:
        decoder.decode(b"", final=False)
    except UnicodeDecodeError:
        return False
    return True
