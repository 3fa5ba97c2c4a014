"""Numbers are read by the whole column: what one cell tells for certain holds for those that could be read in two ways."""

from decimal import Decimal

import pytest

from crm import db, imports
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems, staged

COLUMNS = {
    "a zero before the mark": (["0.125", "12.5", "0.500"], ["0.125", "12.5", "0.5"]),
    "a zero before a comma": (["0,125", "12,5", "0,500"], ["0.125", "12.5", "0.5"]),
    "one decimal point among many thousands or ones": (
        ["1.234", "2.500", "3.125", "12.75"],
        ["1.234", "2.5", "3.125", "12.75"],
    ),
    "one decimal comma among many": (["1.234", "2.500", "12,75"], ["1234", "2500", "12.75"]),
    "thousands alone": (["1,234", "20,500"], ["1234", "20500"]),
    "three decimals, where commas part the cells": (["1.234", "20.500"], ["1.234", "20.5"]),
    "millions": (["1.234.567", "1.000"], ["1234567", "1000"]),
    "both marks in a cell": (["1,234.5", "2,000"], ["1234.5", "2000"]),
    "whole numbers": (["1", "250000"], ["1", "250000"]),
    "Swiss thousands": (["1'234.50", "12"], ["1234.5", "12"]),
    "narrow blanks": (["1\u202f234,50", "12,5"], ["1234.5", "12.5"]),
    "Indian thousands": (["12,34,567.5", "1,234"], ["1234567.5", "1234"]),
    "ten thousands": (["1.5万", "2亿", "3000"], ["15000", "200000000", "3000"]),
}


@pytest.mark.parametrize("what", COLUMNS)
def test_numbers_of_a_column(cast_on_duckdb: Cast, what: str) -> None:
    written, meant = COLUMNS[what]
    rows = [f'{cast_on_duckdb.harbour.uid},2026-03-{n:02},spot,"{cell}"' for n, cell in enumerate(written, 1)]
    batch = staged(cast_on_duckdb.mei, None, "\n".join(["uid,day,product,volume usd", *rows]).encode())

    with db.read() as session:
        lines = imports.preview(session, cast_on_duckdb.mei, batch.id).lines

    volumes = [d.new for line in lines for d in line.differences if d.label == "volume_usd"]
    assert volumes == [Decimal(number) for number in meant]


@pytest.mark.parametrize(
    ("most", "other"),
    [(["12.5", "1.25"], "14,5"), (["12,5", "1,25", "1.234,50"], "14.5"), (["12.5", "7.25"], "1.234,50")],
)
def test_a_cell_that_is_written_otherwise_than_its_column_is_refused_and_not_rescaled(
    cast_on_duckdb: Cast, most: list[str], other: str
) -> None:
    rows = [f'{cast_on_duckdb.harbour.uid},2026-03-{n:02},spot,"{cell}"' for n, cell in enumerate([*most, other], 1)]

    done = bring_in(cast_on_duckdb.mei, None, "\n".join(["uid,day,product,volume usd", *rows]))

    assert done.counts == counts(created=len(most), refused=1)
    assert problems(cast_on_duckdb.mei, done) == [(len(most) + 2, "volume usd", "is not a number of 0 or more")]
