"""Dropped files are kept as long as somebody may need them."""

import os
from datetime import timedelta
from pathlib import Path

from crm import db, imports
from crm.clients.models import HeldRow
from crm.ground import clock
from crm.imports import retention
from crm.imports.models import Batch, BatchStatus
from tests.cast import Cast
from tests.conftest import NOON

CSV = b"name,uid\nPearl Street,000123\n"


def put(cast: Cast, tmp_path: Path, status: BatchStatus, *, waits: bool = False) -> Path:
    """An import of today in this state; gives where its file is kept."""
    content = CSV + status.encode() + (b"w" if waits else b"") + b",1\n"
    with db.beside("test") as session:
        batch = imports.stage(session, cast.mei, "clients", "new.csv", content)
        batch.status, batch.applied_at = status, NOON if status == BatchStatus.APPLIED else None
        if waits:
            session.add(HeldRow(asked_by=cast.mei.id, batch_id=batch.id, line=1))
    return aged(tmp_path / "files" / f"{batch.file_hash}.csv")


def aged(path: Path) -> Path:
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    return path


def test_refused_files_go_after_a_day_and_those_of_imports_after_ninety(cast_on_duckdb: Cast, tmp_path: Path) -> None:
    applied = put(cast_on_duckdb, tmp_path, BatchStatus.APPLIED)
    under_way = put(cast_on_duckdb, tmp_path, BatchStatus.APPLYING)
    waiting = put(cast_on_duckdb, tmp_path, BatchStatus.APPLIED, waits=True)
    refused, half = (tmp_path / "files" / name for name in ("ab12.xlsx", "arriving-1"))
    for path in (refused, half):
        path.touch()
        aged(path)

    left = {}
    for days in (0, 0.1, 2, 89, 91):
        with clock.stopped_at(NOON + timedelta(days=days)):
            retention.sweep()
        left[days] = [path.exists() for path in (half, refused, applied, under_way, waiting)]

    assert left[0] == [True] * 5
    assert left[0.1] == [False, True, True, True, True]
    assert left[2] == left[89] == [False, False, True, True, True]
    assert left[91] == [False, False, False, True, True]


def test_a_file_that_two_imports_were_made_of_stays_for_the_later(cast_on_duckdb: Cast, tmp_path: Path) -> None:
    kept = put(cast_on_duckdb, tmp_path, BatchStatus.APPLIED)
    with db.beside("test") as session:
        session.add(
            Batch(kind="clients", file_name="again.csv", file_hash=kept.stem, size=1, staged_at=NOON + timedelta(60))
        )

    with clock.stopped_at(NOON + timedelta(days=120)):
        assert retention.sweep() == 0
