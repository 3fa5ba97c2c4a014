"""kill -9 in the middle of saves and imports: nothing acknowledged is lost, no import is half there."""

import random
import subprocess
import sys
import threading
from pathlib import Path

import sqlalchemy as sa

from crm import db, upkeep
from crm.clients.models import Client
from tests.cast import Cast
from tests.share import examples
from tests.upkeep.busy import ROWS


def acknowledged(database: str, cast: Cast, folder: Path, start: int, seconds: float) -> list[tuple[str, int]]:
    """Let the process work, kill it that long after its first word, and give what it had said by then."""
    words = [sys.executable, "-m", "tests.upkeep.busy", database, str(cast.harbour.id), str(folder), str(start)]
    said: list[tuple[str, int]] = []
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as busy:
        assert busy.stdout is not None
        for line in busy.stdout:
            if not said:
                threading.Timer(seconds, busy.kill).start()
            what, turn = line.split()
            said.append((what, int(turn)))
    return said


def counts() -> dict[int, int]:
    """How many clients of each import stand there."""
    with db.read() as session:
        turn = "CAST(split_part(uid, '-', 1) AS INTEGER)"
        found = session.connection().execute(
            sa.text(f"SELECT {turn}, count(*) FROM client WHERE uid LIKE '%-%' GROUP BY {turn}")
        )
        return {int(turn): int(many) for turn, many in found}


def test_a_killed_process_loses_nothing_that_it_acknowledged(cast: Cast, database: str, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    start = 1
    for _ in range(examples(3 if database.startswith("duckdb") else 1)):
        db.close()
        said = acknowledged(database, cast, tmp_path, start, random.uniform(0, 1.5))  # noqa: S311
        told += said
        start = said[-1][1] + 2

        there = counts()
        with db.read() as session:
            name = session.get_one(Client, cast.harbour.id).name
        assert int(name.removeprefix("Name ")) >= max(turn for what, turn in told if what == "saved")
        assert {turn for what, turn in told if what == "imported"} <= set(there)
        assert set(there.values()) <= {ROWS}

    # The test's own clock stands still while the other process's does not.
    assert [finding for finding in upkeep.doctor(database) if not finding.ok and finding.check != "clock"] == []
