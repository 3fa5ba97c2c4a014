"""A process that saves and imports without end, and says what was acknowledged; a test kills it."""

import sys
from itertools import count
from pathlib import Path
from uuid import UUID

from crm import db, imports, people, upkeep
from crm.clients.models import Client

ROWS = 300


def work(url: str, client_id: UUID, folder: Path, start: int) -> None:
    upkeep.open_store(url)
    me = people.machine()
    for turn in count(start):
        with db.write(by=me, why="save") as session:
            session.get_one(Client, client_id).name = f"Name {turn}"
        print("saved", turn, flush=True)  # noqa: T201
        lines = [f"{turn}-{row},Client {row},client{row}@turn{turn}.example" for row in range(ROWS)]
        path = folder / f"turn-{turn}.csv"
        path.write_text("\n".join(["uid,name,email", *lines]))
        with db.write(by=me, why="arrived") as session:
            batch = imports.stage(session, me, "clients", path.name, path)
        imports.apply(me, batch.id)
        print("imported", turn, flush=True)  # noqa: T201


if __name__ == "__main__":
    work(sys.argv[1], UUID(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
