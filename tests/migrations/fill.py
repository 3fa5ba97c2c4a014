"""A small desk: lists are imported, one of them is taken back, and people work by hand.

`make_dump` runs it, with the code beside it. The dumps of 0001 and 0002 were made by the same steps, under the names of then;
at 0001 clients could not be merged yet.
"""

import json
import sys
from pathlib import Path

from sqlmodel import Session, col, select
from typer.testing import CliRunner

from crm import clients, db, duplicates, handover, imports, interactions, upkeep
from crm.cli import app
from crm.clients import Client, ClientChange
from crm.interactions import Channel, NewInteraction
from crm.people import Person

DESK = Path(__file__).parent / "desk"
KINDS = ("managers", "clients", "daily_activity", "balances", "trades", "interactions", "tasks")


def by_commands() -> None:
    for kind in KINDS:
        _crm("import", kind, str(DESK / f"{kind}.csv"))
    _crm("user", "add", "ada@desk.example", "--name", "Ada Admin", "--role", "admin")
    mistaken = json.loads(_crm("import", "clients", str(DESK / "mistaken.csv"), "--json"))
    _crm("undo", mistaken["change_set"])
    _crm("import", "clients", str(DESK / "later.csv"))


def _crm(*words: str) -> str:
    done = CliRunner().invoke(app, words)
    if done.exit_code not in (0, 3):  # 3: some rows were refused, as some here ought to be
        raise SystemExit(f"{' '.join(words)}: {done.output} {done.exception!r}")
    return done.stdout


def by_hand() -> None:
    with db.read() as session:
        mei, tomas = _person(session, "mei"), _person(session, "tomas")
        harbour, second = _client(session, "Harbour Capital"), _client(session, "Harbour Capital Limited")
        lotus = _client(session, "莲花资本")
    with db.write(by=mei, why="Mei corrects a note") as session:
        change = ClientChange(version=lotus.version, notes="每周三通话。", tier="VIP2")
        clients.change(session, mei, lotus.id, change)
    with db.write(by=mei, why="Mei logs a call") as session:
        interactions.log(
            session, mei, NewInteraction(client_id=harbour.id, channel=Channel.CALL, summary="Asked again.")
        )
    with db.write(by=mei, why="Mei merges") as session:
        handover.merge(session, mei, [handover.merging.Merge(keep_id=harbour.id, other_ids=[second.id])])
    with db.write(by=mei, why="Mei tells two apart") as session:
        duplicates.not_duplicates(session, mei, [harbour.id, lotus.id])
    path = DESK / "of_tomas.csv"
    with db.write(by=tomas, why=f"{path.name} arrived", kind="arrival") as session:
        batch = imports.stage(session, tomas, "clients", path.name, path, imports.Options())
    imports.apply(tomas, batch.id)


def _person(session: Session, login: str) -> Person:
    return session.exec(select(Person).where(col(Person.email) == f"{login}@desk.example")).one()


def _client(session: Session, name: str) -> Client:
    return session.exec(select(Client).where(col(Client.name) == name)).one()


if __name__ == "__main__":
    upkeep.open_store(sys.argv[1])
    by_commands()
    by_hand()
    db.close()
