"""Files in and out: crm import, undo, export, read."""

# ruff: noqa: PLC0415 -- `crm --help` does not wait for the rooms

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crm.cli.telling import AsJson, Database, could_not, say

SOME_REFUSED = 3


class ModeName(StrEnum):
    ADD_AND_CHANGE = "add-and-change"
    ADD = "add"
    CHANGE = "change"


class ListsName(StrEnum):
    APPEND = "append"
    REPLACE = "replace"
    REMOVE = "remove"


class DateOrder(StrEnum):
    DMY = "dmy"
    MDY = "mdy"


def _known(kind: str) -> str:
    """One of the kinds that the rooms register."""
    import crm.tables  # noqa: F401 -- it finds them
    from crm.intake import KINDS

    if kind not in KINDS:
        raise typer.BadParameter(f"“{kind}” is none of {', '.join(KINDS)}")
    return kind


def import_file(  # noqa: PLR0913 -- one for each option
    kind: Annotated[
        str, typer.Argument(help="What the rows are, such as clients; another word lists all.", callback=_known)
    ],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, JSON, Parquet or a ZIP of these.")],
    *,
    mapping: Annotated[str, typer.Option(help="A mapping that was kept under this name.")] = "",
    mode: Annotated[
        ModeName, typer.Option(help="Whether rows may be added, changed, or both.")
    ] = ModeName.ADD_AND_CHANGE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and do nothing.")] = False,
    as_json: AsJson = False,
    time_zone: Annotated[str, typer.Option(help="The zone of times that do not say theirs.")] = "",
    date_order: Annotated[DateOrder | None, typer.Option(help="How 03/04/2026 is meant.")] = None,
    venue: Annotated[str, typer.Option(help="The venue of rows that do not name one.")] = "",
    manager: Annotated[str, typer.Option(help="E-mail of the manager of rows that do not name one.")] = "",
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook or the list in a ZIP, if not the first.")] = "",
    lists: Annotated[
        ListsName | None, typer.Option(help="Whether tags and contacts of known rows are added to, replaced, removed.")
    ] = None,
    erase: Annotated[
        list[str] | None, typer.Option(help="A column whose empty cells erase; may be given several times.")
    ] = None,
    value: Annotated[
        list[str] | None, typer.Option(help="FIELD=VALUE for rows that say none; may be given several times.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="HEADER=FIELD says what a column means, HEADER= that it means nothing; several times."),
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(help="TOPIC:HEADER=READING instead of what was guessed, or TOPIC=READING of all; several times."),
    ] = None,
    uid: Annotated[str, typer.Option(help="The UID of rows that do not name one.")] = "",
    layout: Annotated[str, typer.Option(help="Whose layout the file has, or none; its header tells otherwise.")] = "",
    database: Database = "",
) -> None:
    """Import a file: everything that can go in goes in, in one change set that can be undone."""
    from crm import imports, intake, upkeep
    from crm.cli import imports as importing
    from crm.ground.errors import InvalidError

    if not file.is_file():
        raise InvalidError("There is no file {file}.", file=file)
    upkeep.open_store(database)
    options = imports.Options(
        mode=intake.Mode(mode),
        time_zone=time_zone or None,
        date_order=date_order,
        venue=venue or None,
        manager=manager or None,
        mapping_name=mapping or None,
        sheet=sheet or None,
        uid=uid or None,
        layout=layout or None,
        lists=intake.Lists(lists) if lists else None,
        erasing=tuple(erase) if erase else None,
        values=imports.values_of(value or []),
        answers=imports.answers_of(answer or []),
    )
    outcome = (importing.tried if dry_run else importing.done)(kind, file, options, column or [])
    say(outcome.told, outcome.plain, as_json=as_json)
    if outcome.is_nothing:
        raise could_not(outcome.why_nothing)
    if outcome.counts.refused or outcome.left_out:
        raise typer.Exit(SOME_REFUSED)


def undo(
    change_set: Annotated[UUID, typer.Argument(help="A change set, as the import or the journal names it.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Also rows that somebody changed since.")] = False,
    as_json: AsJson = False,
    database: Database = "",
) -> None:
    """Take a change set back; rows that somebody changed since are left alone and listed."""
    from crm import upkeep
    from crm.cli import imports as importing
    from crm.cli.outcome import SHOWN, shortened

    upkeep.reopen_store(database)
    undone = importing.undone(change_set, force=force)
    left = importing.left_alone(undone)
    result = {"change_set": undone.change_set_id, "rows": undone.rows, "conflicts": [asdict(one) for one in left]}
    lines = [f"{_rows(undone.rows)} put back in change set {undone.change_set_id}."] if undone.rows else []
    lines += [f"{len(left):,} {'was' if len(left) == 1 else 'were'} left alone:"] if left else []
    lines += shortened([f"  {one.told}" for one in left[:SHOWN]], len(left))
    say("\n".join(lines), result, as_json=as_json)
    if not undone.rows:
        raise could_not("Nothing of this change set could be put back.")
    if undone.conflicts:
        raise typer.Exit(SOME_REFUSED)


def _rows(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"


def _list(name: str) -> str:
    """Rooms say which lists there are, and are only loaded once a command is given."""
    import crm.tables  # noqa: F401
    from crm.exports import EXPORTS

    if name not in EXPORTS:
        raise typer.BadParameter(f"“{name}” is not one of {', '.join(EXPORTS)}.")
    return name


def export(  # noqa: PLR0913 -- one for each option
    kind: Annotated[str, typer.Argument(help="The list; a name that is none tells which there are.", callback=_list)],
    file: Annotated[Path, typer.Argument(help="Where to write it; - is the standard output.")],
    *,
    csv: Annotated[bool, typer.Option("--csv", help="UTF-8, formulas made harmless.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A list of objects.")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="A workbook for Excel.")] = False,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="For programs that count: amounts and days keep their types.")
    ] = False,
    database: Database = "",
) -> None:
    """Export a list. Without a layout the ending of the file decides, and CSV if that says nothing."""
    from crm import exports, people, upkeep

    asked = [layout for layout, wanted in zip(exports.Layout, (csv, json, xlsx, parquet), strict=True) if wanted]
    if len(asked) > 1:
        raise typer.BadParameter("choose one of --csv, --json, --xlsx, --parquet")
    ending = file.suffix.lstrip(".").lower()
    layout = asked[0] if asked else exports.Layout(ending) if ending in list(exports.Layout) else exports.Layout.CSV
    upkeep.reopen_store(database)
    if str(file) == "-":
        exports.write_to(people.machine(), kind, sys.stdout.buffer, layout=layout)
        return
    rows = exports.write_file(people.machine(), kind, file, layout=layout)
    typer.echo(f"{rows:,} rows of {kind} are in {file}.")


def read(
    files: Annotated[list[Path], typer.Argument(help="Files as the importer would take them.")],
    *,
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    as_json: AsJson = False,
) -> None:
    """Write what the importer reads as UTF-8 CSV with commas, one file for each table."""
    from crm.cli import reading_out

    results = reading_out.read_all(files, out)
    lines = [f"{r.file}: {r.error or f'{r.rows:,} rows in {r.out}'}" for r in results]
    say("\n".join(lines), {"files": [r.plain for r in results]}, as_json=as_json)
    wrong = [r for r in results if r.error]
    if len({r.file for r in wrong}) == len(set(files)):
        raise could_not(wrong[0].error)
    if wrong:
        raise typer.Exit(SOME_REFUSED)
