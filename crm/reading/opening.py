"""What kind of file this is, told by its bytes and never by its name, and who reads it."""

from dataclasses import replace
from pathlib import Path

from crm.ground.config import settings
from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.reading import unpacking
from crm.reading.cards import looks_like_cards, read_cards
from crm.reading.markup import looks_like_markup, read_markup
from crm.reading.records import looks_like_json, read_json, read_parquet
from crm.reading.signatures import signature_of
from crm.reading.table import Table
from crm.reading.text import read_text
from crm.reading.workbooks import read_workbook

_NESTED = 3


def read(path: Path, *, sheet: str | None = None, **dialect: str) -> list[Table]:
    """Every table in the file: one of a CSV, several of a workbook or a ZIP.

    `dialect` overrides what would be found: encoding, delimiter, quote, escape.

    Raises:
        InvalidError: the file cannot be read; the sentence says why and what to do.
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
    return _Opening(sheet, dialect).tables(path, path.name)


class _Opening:
    """One file being opened, with what may still be unpacked from it."""

    def __init__(self, sheet: str | None, dialect: dict[str, str]) -> None:
        self._sheet = sheet
        self._dialect = dialect
        self._budget = unpacking.Budget()

    def tables(self, path: Path, name: str, depth: int = 0, keep: object = None) -> list[Table]:
        if not path.stat().st_size:
            raise InvalidError("{name} is empty: there is nothing in it to import.", name=name)
        signature = signature_of(path, name)
        if signature == "zip":
            return self._zip(path, name, depth, keep)
        if signature == "gzip":
            folder = unpacking.Folder()
            inner = unpacking.unpack_gzip(path, name, folder.path, self._budget)
            _check_depth(name, depth)
            return self.tables(inner, name.removesuffix(".gz"), depth + 1, (folder, keep))
        if signature == "ole":
            return read_workbook(path, name, self._sheet, self._budget, keep)
        return self._written(path, name, signature, keep)

    def _written(self, path: Path, name: str, signature: str, keep: object) -> list[Table]:
        """What is not packed."""
        if signature == "parquet":
            return [read_parquet(path, name, keep)]
        if looks_like_cards(path):
            return [read_cards(path, name, keep)]
        if looks_like_markup(path):
            return read_markup(path, name, keep)
        if looks_like_json(path, name):
            return read_json(path, name, keep)
        return [read_text(path, name, self._dialect, keep)]

    def _zip(self, path: Path, name: str, depth: int, keep: object) -> list[Table]:
        inside = unpacking.members(path, name)
        if any(member.startswith("xl/") for member in inside) or "content.xml" in inside:
            return read_workbook(path, name, self._sheet, self._budget, keep)
        if any(member.startswith(("word/", "ppt/")) for member in inside):
            raise InvalidError("{name} is a document, not a list; export the list itself as CSV or XLSX.", name=name)
        _check_depth(name, depth)
        folder = unpacking.Folder()
        found: list[Table] = []
        refused: list[Message] = []
        for title, place in unpacking.unpack_zip(path, name, folder.path, self._budget):
            try:
                found += _named(self.tables(place, title, depth + 1, (folder, keep)), title)
            except InvalidError as error:
                if self._budget.left < 0:
                    raise
                refused.append(error.message)
        if not found:
            if refused:
                raise InvalidError("{name} holds no list. {why}", name=name, why=refused[0])
            raise InvalidError("{name} is an empty ZIP.", name=name)
        return [replace(found[0], notes=[*found[0].notes, *refused]), *found[1:]]


def _named(tables: list[Table], title: str) -> list[Table]:
    if len(tables) == 1:
        return [replace(tables[0], name=title)]
    return [replace(table, name=f"{title}: {table.name}") for table in tables]


def _check_depth(name: str, depth: int) -> None:
    if depth >= _NESTED:
        raise InvalidError(
            "{name} is packed more than {count} times; send the lists inside it one by one.", name=name, count=_NESTED
        )
