"""A list as Parquet: amounts, days, moments and lists keep their types."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from crm.exports import cells
from crm.exports.sheet import Sheet

AT_ONCE = 50_000


def as_parquet(sheet: Sheet, target: IO[bytes]) -> int:
    """In groups of rows, so that memory does not grow with the list; gives the number of rows.

    Who took it stands in the metadata of the file, as `exported_by`.
    """
    import pyarrow as pa  # noqa: PLC0415 -- half a second that the start does not wait for
    from pyarrow import parquet  # noqa: PLC0415

    typed = {
        datetime: pa.timestamp("us", tz="UTC"),
        date: pa.date32(),
        Decimal: pa.decimal128(38, 8),
        int: pa.int64(),
        list: pa.list_(pa.string()),
    }
    kinds = [sheet.types.get(name, str) for name in sheet.columns]
    names = [f"{name}_{place}" if name in sheet.columns[:place] else name for place, name in enumerate(sheet.columns)]
    fields = [(name, typed.get(kind, pa.string())) for name, kind in zip(names, kinds, strict=True)]
    schema = pa.schema(fields, metadata={"title": sheet.name, "exported_by": sheet.taken_by})
    count, rows = 0, iter(sheet.rows)
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        while block := list(islice(rows, AT_ONCE)):
            columns = [list(_fitted(block, place, kind)) for place, kind in enumerate(kinds)]
            writer.write_table(pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema))
            count += len(block)
    return count


def _fitted(block: Sequence[Sequence[object]], place: int, kind: type) -> Iterator[Any]:
    """Texts are written as everywhere; nothing stays nothing."""
    for row in block:
        value = row[place]
        yield cells.text(value) if kind is str and value is not None else value
