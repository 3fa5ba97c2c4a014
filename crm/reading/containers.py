"""Files that hold lists packed, marked up or in cells, opened where nothing else can be harmed; found tables lie on disk."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.ground.errors import InvalidError
from crm.reading import unpacking
from crm.reading.cards import read_cards
from crm.reading.columnar import read_parquet
from crm.reading.limits import Limits
from crm.reading.markup import read_markup
from crm.reading.records import read_json
from crm.reading.signatures import signature_of
from crm.reading.spool import Spool
from crm.reading.table import Table
from crm.reading.wire import packed
from crm.reading.workbooks import read_workbook

_NESTED = 3


@dataclass(frozen=True)
class Request:
    """A file, as whom it is known, which of its sheets is wanted, and the folder that everything found is written to."""

    path: Path
    name: str
    sheet: str | None
    folder: Path
    limits: Limits


def opened(request: Request) -> dict[str, Any]:
    """What is in a file, for `wire.Answer`: {"tables"}, {"text"} that is left to be read, or {"pack", "members"}.

    Raises:
        InvalidError: nothing of it can be read.
    """
    return _Opening(request).opened(request.path, request.name)


class _Opening:
    """One file being opened, with what may still come out of it."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._budget = unpacking.Budget(request.limits.unpacked_mb)
        self._spool = Spool(request.folder, request.name, request.limits.text_mb)

    def opened(self, path: Path, name: str, depth: int = 0) -> dict[str, Any]:
        signature = signature_of(path, name)
        if signature == "text":
            return {"text": str(path), "name": name}
        if signature == "gzip":
            inner = unpacking.unpack_gzip(path, name, self._folder(), self._budget)
            _check_depth(name, depth)
            return self.opened(inner, name.removesuffix(".gz"), depth + 1)
        if signature == "zip" and not self._is_workbook(path, name):
            return self._members(path, name, depth)
        return {"tables": [packed(table) for table in self._tables(signature, path, name)]}

    def _tables(self, signature: str, path: Path, name: str) -> list[Table]:
        if signature == "parquet":
            return [read_parquet(path, name, self._spool, self._request.limits)]
        if signature == "cards":
            return [read_cards(path, name, self._spool)]
        if signature == "markup":
            return read_markup(path, name, self._spool)
        if signature == "json":
            return read_json(path, name, self._spool)
        return read_workbook(path, name, self._request.sheet, self._budget, self._spool)

    def _is_workbook(self, path: Path, name: str) -> bool:
        inside = unpacking.members(path, name)
        if any(member.startswith(("word/", "ppt/")) for member in inside):
            raise InvalidError("{name} is a document, not a list; export the list itself as CSV or XLSX.", name=name)
        return any(member.startswith("xl/") for member in inside) or "content.xml" in inside

    def _members(self, path: Path, name: str, depth: int) -> dict[str, Any]:
        _check_depth(name, depth)
        members = []
        for title, place in unpacking.unpack_zip(path, name, self._folder(), self._budget):
            members.append({"title": title, **self._member(place, title, depth + 1)})
        return {"pack": name, "members": members}

    def _member(self, path: Path, title: str, depth: int) -> dict[str, Any]:
        try:
            return self.opened(path, title, depth)
        except InvalidError as error:
            if self._budget.is_spent or self._spool.is_spent:
                raise
            return {"refused": error.message.stored()}

    def _folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self._request.folder))


def _check_depth(name: str, depth: int) -> None:
    if depth >= _NESTED:
        raise InvalidError(
            "{name} is packed more than {count} times; send the lists inside it one by one.", name=name, count=_NESTED
        )
