"""What a file is by its first bytes, whatever its name says."""

from pathlib import Path

from crm.ground.errors import InvalidError
from crm.ground.messages import Message

_STRANGERS = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM\x00", "a picture (BMP)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xfd7zXZ", "an XZ archive"),
    (b"BZh", "a BZip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"MZ\x90", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a recording"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"wOFF", "a font"),
)
_INSIDE = (
    (b"RIFF", b"WEBP", "a picture (WebP)"),
    (b"RIFF", b"WAVE", "a sound recording"),
    *((b"", b"ftyp" + brand, "a picture (HEIC)") for brand in (b"heic", b"heix", b"mif1")),
    (b"", b"ftypavif", "a picture (AVIF)"),
    (b"", b"ftyp", "a film"),
)


def signature_of(path: Path, name: str) -> str:
    """One of "zip", "gzip", "ole", "parquet", "text".

    Raises:
        InvalidError: a picture, a document, a program: nothing that holds a list.
    """
    with path.open("rb") as file:
        head = file.read(64)
    _refuse_strangers(name, head)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    return "parquet" if head.startswith(b"PAR1") else "text"


def _refuse_strangers(name: str, head: bytes) -> None:
    found = next((what for mark, what in _STRANGERS if head.startswith(mark)), "")
    for outer, inner, what in _INSIDE:
        if head.startswith(outer) and head[4:12].find(inner) >= 0 and b"\n" not in head[:12]:
            found = found or what
    if found:
        raise InvalidError(
            "{name} is {what}, not a list; export the list itself as CSV or XLSX.", name=name, what=Message(found)
        )
