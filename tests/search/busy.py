"""A process that writes and follows without end, and says what was acknowledged; a test kills it."""

import sys
from itertools import count

from crm import clients, db, people, search, upkeep
from crm.clients import NewClient


def work(url: str, start: int) -> None:
    upkeep.open_store(url)
    me = people.machine()
    for turn in count(start):
        with db.write(by=me, why="add") as session:
            clients.add(session, me, NewClient(name=f"Quillfeather Q{turn}"))
        print(turn, flush=True)  # noqa: T201
        search.follower.follow(anew=turn % 5 == 0)


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]))
