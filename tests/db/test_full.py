"""A full disk is told as what it is, so that nobody tries again in vain."""

import duckdb
import pytest
import sqlalchemy as sa

from crm.db import sessions
from crm.ground.errors import BusyError


@pytest.mark.parametrize(
    "said",
    [
        'IO Error: Could not write file "/data/crm.duckdb.wal": No space left on device',
        'could not extend file "base/1/2": No space left on device',
    ],
)
def test_a_full_disk_is_no_database_that_is_busy(said: str) -> None:
    told = sessions.explained(sa.exc.OperationalError("INSERT", {}, duckdb.IOException(said)))

    assert str(told).startswith("The disk is full. Nothing was saved")
    assert not isinstance(told, BusyError)  # of which a job is tried again
