"""The benches that stand open: a file is laid out once, however often its preview is paged."""

import json
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from crm import db, reading
from crm.ground.errors import InvalidError
from crm.imports import checking, files, layouts, tables
from crm.imports.kinds import kind_called
from crm.imports.mapping import Mapping
from crm.imports.models import Batch
from crm.imports.putting.settle import prepare
from crm.imports.workbench import Workbench

KEPT_OPEN, MOST_COLUMNS = 3, 1_000

_open: "OrderedDict[UUID, Workbench]" = OrderedDict()
_checked: dict[UUID, str] = {}
_turn = threading.RLock()


def laid_out(batch: Batch, table: str | None = None) -> Workbench:
    """Read a table of a file onto a bench of its own, which stays open for what comes next."""
    path = files.path_of(batch)
    try:
        found = [one for one in reading.read(path) if one.header]
    except InvalidError as error:  # the kept file is called by its hash, which nobody knows
        raise InvalidError(str(error).replace(path.name, batch.file_name)) from error
    chosen = tables.chosen(found, table, batch.kind or None, batch.file_name)
    if len(chosen.header) > MOST_COLUMNS:
        raise InvalidError(
            f"“{batch.file_name}” has {len(chosen.header):,} columns, and at most {MOST_COLUMNS:,} are taken."
            " Is its delimiter, or the end of its lines, another one?"
        )
    bench = Workbench(chosen, batch.file_name)
    bench.tables = [one.name for one in found]
    with _turn:
        _put_away(batch.id)
        _open[batch.id] = bench
        for other in list(_open)[:-KEPT_OPEN]:
            _put_away(other)
    return bench


@contextmanager
def held(batch: Batch) -> Iterator[Workbench]:
    """The bench of a batch, nobody else's meanwhile; laid out again if it was put away, with what its layout works out."""
    mapping = Mapping.of(batch.mapping)
    while True:
        bench = _kept(batch)
        if not bench or (mapping.table and bench.table.name != mapping.table):
            bench = laid_out(batch, mapping.table or None)
        with bench.lock:
            if bench.is_closed:  # by whoever held it before
                continue
            layouts.work_out(bench, layouts.LAYOUTS.get(mapping.layout), mapping.time_zone)
            yield bench
            return


def _kept(batch: Batch) -> Workbench | None:
    with _turn:
        bench = _open.get(batch.id)
        if bench and bench.store is (db.engine() if db.is_duckdb() else None):
            _open.move_to_end(batch.id)
            return bench
        _open.pop(batch.id, None)
    return None


@contextmanager
def checked(batch: Batch) -> Iterator[Workbench]:
    """The bench of a batch with its rows checked by the mapping that the batch has now."""
    mark = json.dumps(batch.mapping, sort_keys=True)
    with held(batch) as bench:
        if _checked.get(batch.id) != mark or not bench.is_checked:
            kind, mapping = kind_called(batch.kind), Mapping.of(batch.mapping)
            checking.check(bench, kind, mapping.checked(kind))
            layouts.remark(bench)
            prepare(bench, kind, mapping)
            bench.is_checked = True
            bench.outcome_version = None
            _checked[batch.id] = mark
        yield bench


def ask(batch: Batch) -> None:
    """Whether there is a question that must be answered before a batch can be applied.

    Raises:
        InvalidError: there is; the sentence asks it.
    """
    kind, mapping = kind_called(batch.kind), Mapping.of(batch.mapping)
    with held(batch) as bench:
        checking.ask(bench, kind, mapping.checked(kind))


def put_away(batch_id: UUID) -> None:
    """Close the bench of a batch, if it stands open."""
    with _turn:
        _put_away(batch_id)


def _put_away(batch_id: UUID) -> None:
    """Whoever works on a bench goes on: it stays open until a later turn."""
    bench = _open.get(batch_id)
    if bench and bench.lock.acquire(blocking=False):
        try:
            _checked.pop(batch_id, None)
            _open.pop(batch_id).close()
        finally:
            bench.lock.release()
