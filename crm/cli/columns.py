"""What somebody on the command line says of a file's columns: what they mean, and whose empty cells erase."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crm import imports
from crm.db.sessions import WriteSession
from crm.ground.errors import InvalidError
from crm.imports import Batch, FileColumn, Options
from crm.intake import KINDS
from crm.people import Person

MOST_NAMED = 30


def staged(session: WriteSession, me: Person, kind: str, file: Path, options: Options, columns: Sequence[str]) -> Batch:
    """A file whose columns are understood as is said; `columns`: HEADER=FIELD, or HEADER= for one that means nothing."""
    batch = imports.stage(session, me, kind, file.name, file, replace(options, erasing=None))
    known = replace(options, sheet=None, layout=None, erasing=None)  # these were heard already
    if columns:
        fields = _fields(imports.columns_of(session, me, batch.id), kind, columns)
        batch = imports.remap(session, me, batch.id, version=batch.version, fields=fields, options=known)
    if options.erasing:
        called = {_folded(c.header): c.erasable for c in imports.columns_of(session, me, batch.id) if c.erasable}
        erasing = tuple(called.get(_folded(name), name) for name in options.erasing)
        known = replace(known, erasing=erasing)
        batch = imports.remap(session, me, batch.id, version=batch.version, fields={}, options=known)
    return batch


def _fields(found: Sequence[FileColumn], kind: str, said: Sequence[str]) -> dict[int, str | None]:
    """The field of each column that is named; who takes a field takes it from the column that was thought to say it."""
    named = dict(_said(found, kind, pair) for pair in said)
    alone = {field for field in named.values() if field and not KINDS[kind].column(field).many}
    return {column.index: None for column in found if column.field in alone} | named


def _said(found: Sequence[FileColumn], kind: str, pair: str) -> tuple[int, str | None]:
    header, sign, field = pair.rpartition("=")
    if not sign:
        raise InvalidError(
            "“{pair}” says no field; write it as {pair}=name, or {pair}= if it means nothing.", pair=pair
        )
    exact = [column for column in found if column.header == header.strip()]
    alike = exact or [column for column in found if _folded(column.header) == _folded(header)]
    if len(alike) != 1:
        names = ", ".join(column.header for column in found[:MOST_NAMED])
        raise InvalidError(
            "There is no one column “{header}” in this file; it has {names}.", header=header, names=names
        )
    return alike[0].index, _field(kind, field.strip()) if field.strip() else None


def _field(kind: str, name: str) -> str:
    columns = KINDS[kind].columns
    meant = [column.field for column in columns if _folded(name) in (_folded(column.field), _folded(column.label))]
    if not meant:
        known = ", ".join(column.field for column in columns)
        raise InvalidError(
            "A column of {kind} cannot be “{name}”; choose one of {known}.", kind=kind, name=name, known=known
        )
    return meant[0]


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
