"""Numbers are read by the whole column: what one cell tells for certain holds for those that could be read in two ways."""

from decimal import Decimal

import pytest

from crm import db, imports
from tests.cast import Cast
from tests.imports.bringing import staged

COLUMNS = {
    "a zero before the mark": (["0.125", "12.5", "0.500"], ["0.125", "12.5", "0.5"]),
    "a zero before a comma": (["0,125", "12,5", "0,500"], ["0.125", "12.5", "0.5"]),
    "one decimal point among many thousands or ones": (["1.234", "2.500", "3.125", "12.75"], ["1.234", "2.5", "3.125", "12.75"]),
    "one decimal comma among many": (["1.234", "2.500", "12,75"], ["1234", "2500", "12.75"]),
    "thousands alone": (["1,234", "20,500"], ["1234", "20500"]),
    "thousands of the other kind": (["1.234", "20.500"], ["1234", "20500"]),
    "millions": (["1.234.567", "1.000"], ["1234567", "1000"]),
    "both marks in a cell": (["1,234.5", "2,000"], ["1234.5", "2000"]),
    "whole numbers": (["1", "250000"], ["1", "250000"]),
}  # fmt: skip


@pytest.mark.parametrize("what", COLUMNS)
def test_numbers_of_a_column(cast_on_duckdb: Cast, what: str) -> None:
    written, meant = COLUMNS[what]
    rows = [f'{cast_on_duckdb.harbour.uid},2026-03-{n:02},spot,"{cell}"' for n, cell in enumerate(written, 1)]
    batch = staged(cast_on_duckdb.mei, None, "\n".join(["uid,day,product,volume usd", *rows]).encode())

    with db.read() as session:
        lines = imports.preview(session, cast_on_duckdb.mei, batch.id).lines

    volumes = [d.new for line in lines for d in line.differences if d.label == "volume_usd"]
    assert volumes == [Decimal(number) for number in meant]
