"""Makes the dump of a revision: a small desk, filled by the code of then, as packed lines of JSON.

`uv run python -m tests.migrations.make_dump` dumps the newest revision. With a folder it is filled by the code of another
checkout: that of the last commit before a new revision.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
DUMPS = HERE / "dumps"


def make(checkout: Path) -> Path:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.duckdb"
        place = {"PYTHONPATH": str(checkout), "CRM_DATA_DIR": folder, "CRM_DATABASE_URL": f"duckdb:///{path}"}
        command = [sys.executable, str(checkout / "tests" / "migrations" / "fill.py"), place["CRM_DATABASE_URL"]]
        subprocess.run(command, cwd=checkout, env=os.environ | place, check=True)
        return dump(path)


def dump(path: Path) -> Path:
    """The schema as DuckDB has it, then of each table its columns and its rows, every value as text."""
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchall()[0][0]
        tables = connection.execute("SELECT table_name, sql FROM duckdb_tables() ORDER BY table_name").fetchall()
        number = connection.execute("SELECT last_value FROM duckdb_sequences()").fetchall()[0][0]
        lines: list[object] = [{"revision": revision, "next_number": number + 1, "duckdb": [sql for _, sql in tables]}]
        for table, _ in tables:
            found = connection.execute(f'SELECT CAST(COLUMNS(*) AS VARCHAR) FROM "{table}"')
            lines.append({"table": table, "columns": [column[0] for column in found.description]})
            lines += found.fetchall()
    target = DUMPS / f"{revision}.jsonl.gz"
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    target.write_bytes(gzip.compress(text.encode(), mtime=0))
    return target


if __name__ == "__main__":
    print(make(Path(*sys.argv[1:2]).resolve()))  # noqa: T201 -- where it lies
