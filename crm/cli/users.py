"""Who may sign in: crm user add, list, disable, link, reset."""

# ruff: noqa: PLC0415 -- `crm --help` does not wait for the rooms

from enum import StrEnum
from typing import Annotated

import typer

from crm.cli.telling import AsJson, Database, say

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Who may sign in.")
Email = Annotated[str, typer.Argument(help="The e-mail address.")]


class RoleName(StrEnum):
    MANAGER = "manager"
    LEAD = "lead"
    ADMIN = "admin"


@app.command()
def add(  # noqa: PLR0913 -- one for each option
    email: Email,
    *,
    name: Annotated[str, typer.Option(help="The name that others see; else the part before the @.")] = "",
    role: Annotated[RoleName, typer.Option(help="What the person may do.")] = RoleName.MANAGER,
    team: Annotated[str, typer.Option(help="The team; a new name founds one.")] = "",
    time_zone: Annotated[str, typer.Option(help="For example Europe/Berlin.")] = "Asia/Shanghai",
    locale: Annotated[str, typer.Option(help="en or zh.")] = "en",
    as_json: AsJson = False,
    database: Database = "",
) -> None:
    """Invite somebody; prints a link that works once, by which they choose a password."""
    from crm import people, upkeep
    from crm.cli import staff

    upkeep.open_store(database)
    called = name or email.split("@", maxsplit=1)[0]
    new = people.NewPerson(email=email, name=called, role=people.Role(role), time_zone=time_zone, locale=locale)
    invited = staff.invite(new, team)
    say(
        f"{invited.email} chooses a password here, once, within three days:\n{invited.link}",
        invited.plain,
        as_json=as_json,
    )


@app.command("list")
def list_(*, as_json: AsJson = False, database: Database = "") -> None:
    """Everybody who works here, also those who may no longer sign in."""
    from crm import upkeep
    from crm.cli import staff

    upkeep.reopen_store(database)
    everybody = staff.everybody()
    lines = [
        f"{p['email']}  {p['name']}  {p['role']}  {p['team'] or '-'}{'' if p['is_active'] else '  disabled'}"
        for p in everybody
    ]
    say("\n".join(lines) or "Nobody works here yet: crm user add.", {"people": everybody}, as_json=as_json)


@app.command()
def disable(email: Email, *, as_json: AsJson = False, database: Database = "") -> None:
    """Nobody signs in with this address any more; open sessions end at once."""
    from crm import upkeep
    from crm.cli import staff

    upkeep.reopen_store(database)
    person = staff.disable(email)
    say(
        f"{person.name} can no longer sign in.", {"email": person.email, "is_active": person.is_active}, as_json=as_json
    )


@app.command()
def link(email: Email, *, as_json: AsJson = False, database: Database = "") -> None:
    """A new link that works once, for somebody who forgot the password."""
    from crm import upkeep
    from crm.cli import staff

    upkeep.reopen_store(database)
    invited = staff.link(email)
    say(
        f"{invited.email} chooses a password here, once, within three days:\n{invited.link}",
        invited.plain,
        as_json=as_json,
    )


@app.command()
def reset(email: Email, *, as_json: AsJson = False, database: Database = "") -> None:
    """Take the second factor and all locks off an account, for somebody who lost phone and recovery codes."""
    from crm import upkeep
    from crm.cli import staff

    upkeep.reopen_store(database)
    person = staff.reset(email)
    say(f"{person.name} signs in with the password alone now.", {"email": person.email}, as_json=as_json)
