"""What is staged of the files at work: each is laid out once, however often its preview is paged."""

import json
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from crm import db, reading
from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.imports import files, tables, turns
from crm.imports.models import Batch
from crm.intake import checking, layouts, planning
from crm.intake.guesses import Topic
from crm.intake.kinds import kind_called
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

KEPT_OPEN, MOST_COLUMNS = 3, 1_000

_open: "OrderedDict[UUID, Staging]" = OrderedDict()
_checked: dict[UUID, str] = {}
_turn = threading.RLock()


def laid_out(batch: Batch, table: str | None = None, encoding: str = "") -> Staging:
    """Stage a table of a file, which stays open for what comes next; `encoding`: what a person says of its letters."""
    with turns.of(batch.staged_by):
        return _laid_out(batch, files.path_of(batch), table, encoding)


def _laid_out(batch: Batch, path: Path, table: str | None, encoding: str) -> Staging:
    try:
        found = [one for one in reading.read(path, **({"encoding": encoding} if encoding else {})) if one.header]
    except InvalidError as error:  # the kept file is called by its hash, which nobody knows
        raise InvalidError(_called(error.message, path.name, batch.file_name)) from error
    chosen = tables.chosen(found, table, batch.kind or None, batch.file_name)
    if len(chosen.header) > MOST_COLUMNS:
        raise InvalidError(
            "“{file}” has {count} columns, and at most {most} are taken. Is its delimiter, or the end of "
            "its lines, another one?",
            file=batch.file_name,
            count=len(chosen.header),
            most=MOST_COLUMNS,
        )
    staging = Staging(chosen, batch.file_name)
    staging.tables = [one.name for one in found]
    staging.encoding = encoding
    with _turn:
        _put_away(batch.id)
        _open[batch.id] = staging
        for other in list(_open)[:-KEPT_OPEN]:
            _put_away(other)
    return staging


@contextmanager
def held(batch: Batch) -> Iterator[Staging]:
    """A batch as it is staged, nobody else's meanwhile; laid out again if it was put away, with what its layout works out."""
    mapping = Mapping.of(batch.mapping)
    while True:
        staging = _kept(batch)
        if not staging or not _is_meant(staging, mapping):
            staging = laid_out(batch, mapping.table or None, mapping.answer(Topic.ENCODING))
        with staging.lock:
            if staging.is_closed:  # by whoever held it before
                continue
            layouts.work_out(staging, layouts.find(mapping.layout), mapping.time_zone)
            yield staging
            return


def _is_meant(staging: Staging, mapping: Mapping) -> bool:
    """It holds the table, and in the encoding, that the batch is about."""
    return mapping.table in ("", staging.table.name) and staging.encoding == mapping.answer(Topic.ENCODING)


def _kept(batch: Batch) -> Staging | None:
    with _turn:
        staging = _open.get(batch.id)
        if staging and staging.store is (db.engine() if db.is_duckdb() else None):
            _open.move_to_end(batch.id)
            return staging
        _open.pop(batch.id, None)
    return None


@contextmanager
def checked(batch: Batch) -> Iterator[Staging]:
    """A batch as it is staged, with its rows checked by the mapping that the batch has now."""
    mark = json.dumps(batch.mapping, sort_keys=True)
    with held(batch) as staging:
        if _checked.get(batch.id) != mark or not staging.is_checked:
            kind, mapping = kind_called(batch.kind), Mapping.of(batch.mapping)
            checking.check(staging, kind, kind.checked(mapping))
            layouts.remark(staging)
            planning.prepare(staging, kind, mapping)
            staging.is_checked = True
            staging.outcome_version = None
            _checked[batch.id] = mark
        yield staging


def ask(batch: Batch) -> None:
    """Whether there is a question that must be answered before a batch can be applied.

    Raises:
        InvalidError: there is; the sentence asks it.
    """
    kind, mapping = kind_called(batch.kind), Mapping.of(batch.mapping)
    with held(batch) as staging:
        checking.ask(staging, kind, kind.checked(mapping))


def put_away(batch_id: UUID) -> None:
    """Close what is staged of a batch, if it stands open."""
    with _turn:
        _put_away(batch_id)


def _put_away(batch_id: UUID) -> None:
    """Whoever works with it goes on: it stays open until a later turn."""
    staging = _open.get(batch_id)
    if staging and staging.lock.acquire(blocking=False):
        try:
            _checked.pop(batch_id, None)
            _open.pop(batch_id).close()
        finally:
            staging.lock.release()


def _called(message: Message, kept_as: str, file_name: str) -> Message:
    """The sentence about a file, under the name by which its owner knows it."""

    def known(value: object) -> object:
        if isinstance(value, Message):
            return _called(value, kept_as, file_name)
        return value.replace(kept_as, file_name) if isinstance(value, str) else value

    return Message(message.text, one=message.one, **{name: known(value) for name, value in message.values.items()})
