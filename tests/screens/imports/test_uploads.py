"""Past imports: the name of a file opens it."""

import pytest

from crm.imports import Batch, BatchStatus
from crm.screens.imports import uploads
from crm.web.kit import query_params


def test_the_name_of_a_file_opens_its_preview_or_its_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    batches = [Batch(kind="clients", file_name=f"{s}.csv", file_hash="", size=1, status=s) for s in BatchStatus]
    put: list[tuple[object, object]] = []
    monkeypatch.setattr(query_params, "put", lambda *, batch, step, **_cleared: put.append((batch, step)))

    for row in (0, 2):
        uploads._open(batches[row])

    assert put == [(batches[0].id, "preview"), (batches[2].id, None)]


def test_files_that_the_reader_knows_may_be_dropped() -> None:
    assert {"ndjson", "jsonl", "gz"} <= set(uploads.ENDINGS)
