"""The real server on a database of its own, as a process beside the tests: `python -m tests.browser.server PORT PAGES`.

DuckDB lets nobody else in, so the tests ask this process, line by line, for what happens behind the reader's back.
"""

import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import select

from crm import app, db, jobs, people
from crm.ground import clock
from crm.ground.config import settings
from crm.jobs import register
from crm.people import passwords, sign_in
from crm.people.models import WebSession
from crm.tasks.models import Task
from crm.web.frame import menu
from tests.cast import DESK, enter

PASSWORD = "copper lantern tide"

_may_import = threading.Event()


def main(port: int, pages: Path) -> None:
    """Fill the empty database of CRM_DATABASE_URL with the cast, give everyone a password, serve these pages."""
    cast = enter()
    with db.write(by=DESK, why="passwords") as session:
        for person in (cast.mei, cast.tomas, cast.nadia, cast.oskar, cast.ada):
            session.merge(person).locale = "en"
            passwords.choose(session, person.id, PASSWORD)
    menu.PAGES = pages
    _imports_wait_to_be_allowed()
    threading.Thread(target=_listen, daemon=True).start()
    app.serve("127.0.0.1", port)


def _listen() -> None:
    for line in sys.stdin:
        verb, *words = line.split()
        verbs: dict[str, Callable[..., str]] = {
            "expire": expire,
            "end": end,
            "active": active,
            "forgive": forgive,
            "tasks": tasks,
            "plan": plan,
            "hold": hold,
            "go": go,
        }
        answer = verbs[verb](*words)
        sys.stdout.write(f"= {answer}\n")
        sys.stdout.flush()


def _imports_wait_to_be_allowed() -> None:
    """Between its first word and its work an import can be held, so that a test may look at one that is under way."""
    work = register.named("imports.apply")
    assert work
    _may_import.set()

    @jobs.job("imports.apply")
    def held(job: jobs.Job, progress: jobs.Progress) -> dict[str, object] | None:
        progress("Matching", 1, 3)
        _may_import.wait(60)
        return work(job, progress)


def hold() -> str:
    _may_import.clear()
    return "held"


def go() -> str:
    _may_import.set()
    return "gone on"


def expire(login: str) -> str:
    """Every session of a person was last used a minute too long ago."""
    with db.write() as session:
        long_ago = clock.now() - timedelta(minutes=settings().session_idle_minutes + 1)
        session.exec(sa.update(WebSession).where(_of(login)).values(seen_at=long_ago))
    return "expired"


def end(login: str) -> str:
    with db.write() as session:
        found = people.find_by_email(session, f"{login}@desk.example")
        sign_in.end_all(session, found.id) if found else None
    return "ended"


def active(login: str, whether: str) -> str:
    with db.write(by=DESK) as session:
        found = people.find_by_email(session, f"{login}@desk.example")
        if found:
            found.is_active = whether == "yes"
    return whether


def forgive() -> str:
    """Forget every failed sign-in, so that one test does not slow the next."""
    with db.write() as session:
        session.exec(sa.delete(people.models.SignInFailure))
    return "forgiven"


def tasks(title: str) -> str:
    with db.read() as session:
        return str(len(session.exec(select(Task).where(Task.title == title)).all()))


def plan(login: str, many: str) -> str:
    """So many tasks of a person, of which the one with the first name is due last."""
    with db.write(by=DESK) as session:
        owner = people.find_by_email(session, f"{login}@desk.example")
        assert owner
        for place in range(int(many)):
            due_on = clock.today(owner.time_zone) + timedelta(days=int(many) - place)
            session.add(Task(title=f"Call {place:03}", owner_id=owner.id, due_on=due_on))
    return many


def _of(login: str) -> sa.ColumnElement[bool]:
    person = sa.select(people.Person.id).where(people.Person.email == f"{login}@desk.example")  # type: ignore[call-overload]
    return WebSession.person_id.in_(person)  # type: ignore[attr-defined,no-any-return]


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
