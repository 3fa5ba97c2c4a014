"""A table as it was read, written as plain UTF-8 CSV."""

import csv
from pathlib import Path

from crm.reading.table import Table


def write_csv(table: Table, path: Path) -> None:
    """Header, rows, and what stood below them; a file without a header gets made names, so that rows stay rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.raw_header or [f"col_{place}" for place in range(len(table.header))])
        writer.writerows(table.rows())
        writer.writerows(row.cells for row in table.footer)
