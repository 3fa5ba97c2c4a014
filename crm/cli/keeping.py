"""Keeping the database well: crm doctor, backup, restore."""

# ruff: noqa: PLC0415 -- `crm --help` does not wait for the rooms

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crm.cli.telling import AsJson, Database, could_not, say


def doctor(
    *,
    journal: Annotated[bool, typer.Option("--journal", help="Only the chain of the journal.")] = False,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="Run the migrations that are missing, after a backup.")
    ] = False,
    as_json: AsJson = False,
    database: Database = "",
) -> None:
    """Look over the database and what is around it; each finding says what to do."""
    from crm import upkeep

    findings = upkeep.journal_only(database) if journal else upkeep.doctor(database, migrate=migrate)
    wrong = [finding for finding in findings if not finding.ok]
    lines = [f"{'well ' if f.ok else 'WRONG'}  {f.check}: {f.sentence} {f.what_to_do}".rstrip() for f in findings]
    say("\n".join(lines), {"ok": not wrong, "findings": [asdict(f) for f in findings]}, as_json=as_json)
    if wrong:
        raise could_not(f"{len(wrong)} of {len(findings)} checks failed; {wrong[0].check}: {wrong[0].sentence}")


def backup(
    file: Annotated[Path, typer.Argument(help="A new file; .duckdb, or .zip for PostgreSQL.")],
    *,
    as_json: AsJson = False,
    database: Database = "",
) -> None:
    """Copy the whole database into one file, and read the copy through."""
    from crm import upkeep

    upkeep.reopen_store(database)
    made = upkeep.backup(file)
    told = f"{made.rows:,} rows and {made.change_sets:,} change sets are in {made.path} ({made.size / 1e6:,.1f} MB)."
    say(told, asdict(made), as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `crm backup` made.")],
    *,
    as_json: AsJson = False,
    database: Database = "",
) -> None:
    """Put a backup in the place of the database, which is kept beside it."""
    from crm import upkeep

    restored = upkeep.restore(file, database)
    kept = f" What stood there before is kept: {restored.kept}." if restored.kept else ""
    told = f"{restored.rows:,} rows and {restored.change_sets:,} change sets stand in the database again.{kept}"
    say(told, asdict(restored), as_json=as_json)
