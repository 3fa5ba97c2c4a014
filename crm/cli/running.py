"""What runs for a while: crm serve, demo, bench."""

# ruff: noqa: PLC0415 -- `crm --help` does not wait for the rooms

import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from crm.cli.telling import AsJson, Database, say
from crm.ground.errors import BusyError, InvalidError

PORT, NEAR = 8501, ("127.0.0.1", "localhost", "::1")
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]
Host = Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for all.")]


def serve(*, port: Port = PORT, host: Host = "127.0.0.1", database: Database = "") -> None:
    """Serve the pages, the API and the background jobs until stopped."""
    from crm import upkeep

    _check_way(host)
    _check_free(host, port)
    if upkeep.open_store(database):
        typer.echo(
            "A new, empty desk was made. If yours should be here: stop, and see whether its disk is mounted and CRM_DATA_DIR is right.",
            err=True,
        )
    _serve(host, port, is_demo=False)


def _serve(host: str, port: int, *, is_demo: bool) -> None:
    from crm import app

    typer.echo(f"VIP Desk: http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}")  # noqa: S104
    app.serve(host, port, is_demo=is_demo)


def _check_way(host: str) -> None:
    """Passwords and clients go over a network only encrypted, unless somebody says that they need not.

    Raises:
        InvalidError: others could reach this address, and nobody said how they call it.
    """
    from crm.ground.config import settings

    if host in NEAR or settings().public_url.startswith("https:"):
        return
    if not settings().public_url:
        raise InvalidError(
            "On {host} others can reach VIP Desk, and nothing encrypts what they send. Put a proxy with https before it and set "
            "CRM_PUBLIC_URL to the https address; or, where the network is trusted, to the http address.",
            host=host,
        )
    typer.echo("CRM_PUBLIC_URL is not https: passwords and clients go over the network as they are.", err=True)


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise BusyError(
                "Nothing can listen on {host}:{port} ({strerror}); choose another --port.",
                host=host,
                port=port,
                strerror=error.strerror,
            ) from error


def demo(
    *,
    port: Port = PORT,
    host: Host = "127.0.0.1",
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only make its database.")] = False,
    database: Database = "",
) -> None:
    """A desk with 400 invented clients, in a database of its own; everybody's password is vip-desk-demo."""
    if not no_serve:
        _check_free(host, port)
    _move_to_demo()
    from crm.demo import load

    made = load.ensure(database)
    typer.echo(made.told)
    if not no_serve:
        _serve(host, port, is_demo=True)


def _move_to_demo() -> None:
    """The demo keeps its files apart from the real ones."""
    from crm.ground.config import settings

    folder = settings().data_dir
    if folder.name != "demo":
        os.environ["CRM_DATA_DIR"] = str(Path(folder).absolute() / "demo")
        settings.cache_clear()


def bench(
    name: Annotated[str, typer.Argument(help="import, sessions, start, search, or all.")] = "all",
    *,
    sessions: Annotated[int, typer.Option(min=1, help="How many people at once.")] = 25,
    seconds: Annotated[float, typer.Option(min=1, help="For how long.")] = 30,
    think: Annotated[float, typer.Option(min=0, help="Seconds between two clicks of one person.")] = 5,
    notes: Annotated[int, typer.Option(min=100, help="Among how many notes to search.")] = 1_000_000,
    as_json: AsJson = False,
) -> None:
    """Measure imports, many people at once, the start and the search on this machine."""
    from crm import bench as benches

    result = benches.run(name, benches.Load(sessions, seconds, think, notes))
    say(benches.told(result), result, as_json=as_json)
