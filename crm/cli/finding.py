"""Finding what the desk has written down: crm search."""

# ruff: noqa: PLC0415 -- `crm --help` does not wait for the rooms

from dataclasses import asdict
from typing import Annotated

import typer

from crm.cli.telling import AsJson, Database, say


def search(
    text: Annotated[str, typer.Argument(help="What to look for, in Chinese or English.")] = "",
    *,
    within: Annotated[
        list[str] | None,
        typer.Option("--in", help="Only clients, interactions, tasks or imports; may be given several times."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many at most.")] = 5,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew from the database first.")] = False,
    as_json: AsJson = False,
    database: Database = "",
) -> None:
    """Find anything: clients, what was said, tasks, imports; the likeliest first."""
    import crm.tables  # noqa: F401 -- it finds what is searched
    from crm import db, people, search, upkeep

    if not text and not rebuild:
        raise typer.BadParameter("say what to look for, or --rebuild")
    upkeep.reopen_store(database)
    search.follower.follow(anew=rebuild)
    if not text:
        say("The search index was made anew.", {"rebuilt": True}, as_json=as_json)
        return
    with db.read() as session:
        hits = search.find(session, people.machine(), text, within, limit)
    names = ("kind", "id", "external_id", "title", "score")
    plain = [{name: value for name, value in asdict(hit).items() if name in names} for hit in hits]
    lines = [f"{hit.kind:<13} {hit.title}: {hit.sentence}" if hit.sentence else hit.title for hit in hits]
    say("\n".join(lines) or "Nothing was found.", plain, as_json=as_json)
