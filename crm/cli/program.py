"""All commands in one program; it ends with 0 done, 1 could not, 2 wrong usage, 3 done but some rows were refused or left out."""

import logging
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import Annotated, NoReturn

import typer

from crm.cli import filing, finding, keeping, running, telling, users

app = typer.Typer(
    name="crm",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="VIP Desk: the CRM for people who look after an exchange's VIP clients.",
)


@app.callback()
def before(
    database: Annotated[str, typer.Option(metavar="URL", help="duckdb:///file or postgresql+psycopg://...")] = "",
) -> None:
    if database:
        os.environ["CRM_DATABASE_URL"] = database


COMMANDS: Mapping[str, Callable[..., None]] = {
    "serve": running.serve,
    "demo": running.demo,
    "import": filing.import_file,
    "undo": filing.undo,
    "export": filing.export,
    "read": filing.read,
    "search": finding.search,
    "doctor": keeping.doctor,
    "backup": keeping.backup,
    "restore": keeping.restore,
    "bench": running.bench,
}
for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(users.app, name="user")


def main() -> None:
    """Run a command; whatever goes wrong is told in one sentence."""
    warnings.simplefilter("ignore")  # they are for those who develop, and stderr holds one sentence
    try:
        app()
    except Exception as error:  # noqa: BLE001 -- the outermost place: nobody shall meet a traceback here
        sys.exit(telling.failed(error))


def process() -> NoReturn:
    """The program as a process of its own, which leaves at once when it is done."""
    # DuckDB's binding lists what it finds at the end of an interpreter on stderr, below the sentence somebody reads there.
    code: object = 0
    os.umask(0o077)  # what is made, exports among it, is for whoever runs this
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    if "crm.db" in sys.modules:
        sys.modules["crm.db"].close()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1 if code else 0)
