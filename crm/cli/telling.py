"""What the command line says: one JSON object if that was asked for, and faults as one sentence on stderr."""

import json
import os
import sys
import time
import traceback
from typing import Annotated

import typer

from crm.ground.config import settings
from crm.ground.errors import CrmError

Database = Annotated[
    str, typer.Option("--database", metavar="URL", help="The database, instead of CRM_DATABASE_URL or the data folder.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Say the result as one JSON object and nothing else.")]


def say(text: str, result: object, *, as_json: bool) -> None:
    """The result for people, or as JSON."""
    typer.echo(json.dumps(result, ensure_ascii=False, default=str) if as_json else text)


def could_not(text: str) -> typer.Exit:
    """One sentence on stderr, and the exit code that goes with it."""
    typer.echo(" ".join(text.split()), err=True)
    return typer.Exit(1)


def failed(error: Exception) -> int:
    """Tell what went wrong; who asked for JSON gets an object too."""
    told = " ".join(sentence(error).split())
    typer.echo(told, err=True)
    details = error.details if isinstance(error, CrmError) else {}
    if "--json" in sys.argv and "export" not in sys.argv[1:3]:
        typer.echo(json.dumps({"error": told, **details}, ensure_ascii=False))
    return 1


def sentence(error: Exception) -> str:
    """A fault in words; for a bug, where the details lie."""
    if isinstance(error, CrmError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'The system'}: {error.strerror or error}."
    return _of_a_library(error) or _of_a_bug(error)


def _of_a_library(error: Exception) -> str | None:
    import duckdb  # noqa: PLC0415 -- something has failed; until then nobody waits for these
    import pydantic  # noqa: PLC0415
    import sqlalchemy as sa  # noqa: PLC0415

    from crm.db import engines  # noqa: PLC0415

    if isinstance(error, pydantic.ValidationError):
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        setting = f"The setting CRM_{where.upper()}" if error.title == "Settings" else where.capitalize()
        reason = first["msg"].removeprefix("Value error, ").rstrip(".")
        return f"{setting} cannot be “{str(first['input'])[:60]}”: {reason}."
    if isinstance(error, sa.exc.DBAPIError | duckdb.Error):
        return str(engines.explained(error, "in use"))
    return None


def _of_a_bug(error: Exception) -> str:
    if os.environ.get("CRM_LOG_LEVEL", "").upper() == "DEBUG":
        traceback.print_exception(error)
    path = _noted("".join(traceback.format_exception(error)))
    reason = str(error).strip().split("\n")[0][:200]
    what = f"{type(error).__name__}: {reason}"
    return f"VIP Desk itself failed ({what}); nothing half done was kept, the details are {path}."


def _noted(details: str) -> str:
    """Where the details of a bug are: they may name clients, so nobody else of the machine can read them or say where they go."""
    folder = settings().data_dir / "failures"
    path = folder / f"failure-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(details)
    except OSError:
        return "shown with CRM_LOG_LEVEL=DEBUG"
    return f"in {path}"
