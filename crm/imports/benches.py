"""The benches that stand open: a file is laid out once, however often its preview is paged."""

import json
import threading
from collections import OrderedDict
from uuid import UUID

from crm import db
from crm.errors import InvalidError
from crm.imports import checking, files, layouts, reading
from crm.imports.kinds import kind_called
from crm.imports.mapping import Mapping
from crm.imports.models import Batch
from crm.imports.putting.settle import prepare
from crm.imports.workbench import Workbench

KEPT_OPEN = 3

_open: "OrderedDict[UUID, Workbench]" = OrderedDict()
_checked: dict[UUID, str] = {}
_turn = threading.RLock()


def laid_out(batch: Batch, sheet: str | None = None) -> Workbench:
    """Read a file onto a bench of its own, which stays open for what comes next."""
    path = files.path_of(batch)
    try:
        tables = reading.read(path, sheet=sheet)
    except InvalidError as error:  # the kept file is called by its hash, which nobody knows
        raise InvalidError(str(error).replace(path.name, batch.file_name)) from error
    table = next((t for t in tables if t.header), None)
    if table is None:
        raise InvalidError(f"There is no table in “{batch.file_name}”.")
    bench = Workbench(table, batch.file_name)
    with _turn:
        _open[batch.id] = bench
        while len(_open) > KEPT_OPEN:
            _put_away(next(iter(_open)))
    return bench


def of(batch: Batch) -> Workbench:
    """The bench of a batch, laid out again if it was put away, with what its layout works out."""
    bench = _kept(batch) or laid_out(batch)
    mapping = Mapping.of(batch.mapping)
    layouts.work_out(bench, layouts.LAYOUTS.get(mapping.layout), mapping.time_zone)
    return bench


def _kept(batch: Batch) -> Workbench | None:
    with _turn:
        bench = _open.get(batch.id)
        if bench and bench.store is (db.engine() if db.is_duckdb() else None):
            _open.move_to_end(batch.id)
            return bench
        _open.pop(batch.id, None)
    return None


def checked(batch: Batch) -> Workbench:
    """The bench of a batch with its rows checked by the mapping that the batch has now."""
    bench = of(batch)
    mark = json.dumps(batch.mapping, sort_keys=True)
    with bench.lock:
        if _checked.get(batch.id) != mark or not bench.is_checked:
            kind, mapping = kind_called(batch.kind), Mapping.of(batch.mapping)
            checking.check(bench, kind, mapping.checked(kind))
            layouts.remark(bench)
            prepare(bench, kind, mapping)
            bench.is_checked = True
            bench.outcome_version = None
            _checked[batch.id] = mark
    return bench


def put_away(batch_id: UUID) -> None:
    """Close the bench of a batch, if it stands open."""
    with _turn:
        if batch_id in _open:
            _put_away(batch_id)


def _put_away(batch_id: UUID) -> None:
    _checked.pop(batch_id, None)
    _open.pop(batch_id).close()
