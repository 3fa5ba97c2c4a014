"""Who reads a file: plain text is read here; whatever must be opened first, in a process apart."""

from functools import partial
from pathlib import Path

from crm.ground.config import settings
from crm.ground.errors import InvalidError
from crm.reading import apart
from crm.reading.signatures import signature_of
from crm.reading.table import Table
from crm.reading.text import read_text
from crm.reading.unpacking import Folder
from crm.reading.wire import Answer


def read(path: Path, *, sheet: str | None = None, **dialect: str) -> list[Table]:
    """Every table in the file: one of a CSV, several of a workbook or a ZIP.

    `dialect` overrides what would be found: encoding, delimiter, quote, escape.

    Raises:
        InvalidError: the file cannot be read; the sentence says why and what to do.
        BusyError: too many others are being read.
    """
    limit = settings().upload_limit_mb
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InvalidError("{name} is not there any more; choose the file again.", name=path.name) from error
    if size > limit * 1_000_000:
        raise InvalidError(
            "{name} is larger than {limit} MB; split it, or raise CRM_UPLOAD_LIMIT_MB.", name=path.name, limit=limit
        )
    if signature_of(path, path.name) == "text":
        return [read_text(path, path.name, dialect)]
    folder = Folder()
    return Answer(apart.opened(path, sheet, folder), partial(read_text, wanted=dialect, keep=folder), folder).tables()
