"""A form and a file get one answer: who may write what about whom, for every field that both can say, role by ownership."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from sqlmodel import Session

from crm import clients, db, handover, interactions, tasks
from crm.clients import AssignmentRole, Client, ClientChange, NewClient
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.errors import CrmError
from crm.imports import outcomes, staging_pool
from crm.intake import planning
from crm.interactions import Interaction, InteractionChange, NewInteraction
from crm.people import DESK_ID, Person, Role, machine
from crm.tasks import NewTask, Task, TaskChange
from tests.cast import Cast
from tests.imports.bringing import staged
from tests.share import tenth

FIELDS = (
    "client.manager",
    "client.backup",
    "client.tier",
    "new client.manager",
    "interaction.person",
    "interaction.summary",
    "task.owner",
    "task.title",
    "new task.owner",
)
WHO = ("mei", "tomas", "nadia", "oskar", "ada", "left", "chief")
WHOM = ("harbour", "northlight", "fjord", "covered", "shared", "nobodys")
CASES = [(field, by) for field in FIELDS for by in WHO if by != "left"]


@dataclass(frozen=True)
class Desk:
    """The cast, somebody who left, a lead of all teams; clients covered by a colleague; what each has said and owes."""

    people: dict[str, Person]
    clients: dict[str, Client]
    said: dict[tuple[str, str], Interaction]
    owed: dict[tuple[str, str], Task]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    left = Person(
        email="left@desk.example", name="Lena Left", role=Role.MANAGER, team_id=cast.mei.team_id, is_active=False
    )
    chief = Person(email="chief@desk.example", name="Chloe Chief", role=Role.LEAD)
    people = {
        "mei": cast.mei,
        "tomas": cast.tomas,
        "nadia": cast.nadia,
        "oskar": cast.oskar,
        "ada": cast.ada,
        "left": left,
        "chief": chief,
    }
    found = {"harbour": cast.harbour, "northlight": cast.northlight, "fjord": cast.fjord}
    owners = {
        "covered": (cast.mei.id, cast.tomas.id),
        "shared": (cast.oskar.id, cast.mei.id),
        "nobodys": (DESK_ID, None),
    }
    with db.write(by=machine()) as session:
        session.add_all([left, chief])
        for number, (name, (manager, backup)) in enumerate(owners.items(), start=900):
            found[name] = Client(
                number=number, venue="OKX", uid=str(number), name=name.title(), manager_id=manager, backup_id=backup
            )
        session.add_all(found[name] for name in owners)
        said = {
            (whom, who): Interaction(
                client_id=found[whom].id,
                person_id=people[who].id,
                happened_at=cast.mei.created_at,
                summary="s",
                external_id=f"{whom}-{who}",
            )
            for whom in WHOM
            for who in WHO
        }
        owed = {
            (whom, who): Task(client_id=found[whom].id, owner_id=people[who].id, title="t", external_id=f"{whom}-{who}")
            for whom in WHOM
            for who in WHO
        }
        session.add_all([*said.values(), *owed.values()])
    return Desk(people, found, said, owed)


class _Tried(Exception):  # noqa: N818 -- takes the trial back
    pass


def allowed(by: Person, act: Callable[[WriteSession], object]) -> bool:
    """Whether an action goes through; nothing of it is kept."""
    try:
        with db.write(by=by) as session:
            act(session)
            raise _Tried  # noqa: TRY301 -- the write is what is tried
    except CrmError:
        return False
    except _Tried:
        return True


def outcomes_of(by: Person, kind: str, rows: list[str]) -> list[str]:
    """What becomes of each row of a file, as it would be written; nothing of it is kept."""
    found: dict[int, str] = {}
    try:
        batch = staged(by, kind, "\n".join(rows).encode())
    except CrmError:
        return ["refused"] * (len(rows) - 1)
    with suppress(_Tried), db.write(by=by) as session:
        with staging_pool.checked(batch) as staging:
            planned = outcomes.plan(session, by, batch, staging)
        planning.hold(session, planned)
        found = dict(map(tuple, Sql(session).rows("SELECT line, outcome FROM outcomes")))
        raise _Tried
    return [found[line] for line in range(2, len(rows) + 1)]


Form = Callable[[WriteSession, Person, "Desk", str, str], object]
FORMS: dict[str, Form] = {
    "client.manager": lambda s, by, desk, whom, who: handover.reassign(
        s, by, [desk.clients[whom].id], to=desk.people[who].id
    ),
    "client.backup": lambda s, by, desk, whom, who: handover.reassign(
        s, by, [desk.clients[whom].id], to=desk.people[who].id, part=AssignmentRole.BACKUP
    ),
    "client.tier": lambda s, by, desk, whom, _: clients.change(
        s, by, desk.clients[whom].id, ClientChange(version=desk.clients[whom].version, tier="VIP7")
    ),
    "new client.manager": lambda s, by, desk, _, who: clients.add(
        s, by, NewClient(name="New", manager_id=desk.people[who].id)
    ),
    "interaction.person": lambda s, by, desk, whom, who: interactions.log(
        s, by, NewInteraction(client_id=desk.clients[whom].id, summary="x", person_id=desk.people[who].id)
    ),
    "interaction.summary": lambda s, by, desk, whom, who: interactions.change(
        s, by, desk.said[whom, who].id, InteractionChange(version=1, summary="other")
    ),
    "task.owner": lambda s, by, desk, whom, who: tasks.change(
        s, by, desk.owed[whom, other_than(who)].id, TaskChange(version=1, owner_id=desk.people[who].id)
    ),
    "task.title": lambda s, by, desk, whom, who: tasks.change(
        s, by, desk.owed[whom, who].id, TaskChange(version=1, title="other")
    ),
    "new task.owner": lambda s, by, desk, whom, who: tasks.add(
        s, by, NewTask(title="x", client_id=desk.clients[whom].id, owner_id=desk.people[who].id)
    ),
}
# The kind, the header and a line of a file that says the same: {uid}, {whom}, {who}, {other}, {email}.
FILES = {
    "client.manager": ("clients", "uid,manager", "{uid},{email}"),
    "client.backup": ("clients", "uid,backup", "{uid},{email}"),
    "client.tier": ("clients", "uid,tier", "{uid},VIP7"),
    "new client.manager": ("clients", "uid,name,manager", "8{whom},New,{email}"),
    "interaction.person": ("interactions", "uid,date,summary,manager", "{uid},2026-03-01T10:00Z,new,{email}"),
    "interaction.summary": ("interactions", "id,uid,date,summary", "{whom}-{who},{uid},{said_at},other"),
    "task.owner": ("tasks", "id,uid,title,manager", "{whom}-{other},{uid},t,{email}"),
    "task.title": (
        "tasks",
        "id,title",
        "{whom}-{who},other",
    ),  # of a client whom one lost, a list that one took out says no UID
    "new task.owner": ("tasks", "uid,title,manager", "{uid},x,{email}"),
}


def other_than(who: str) -> str:
    return "mei" if who != "mei" else "tomas"


def by_form(desk: Desk, field: str, by: Person, whom: str, who: str) -> bool:
    return allowed(by, lambda session: FORMS[field](session, by, desk, whom, who))


def by_file(desk: Desk, field: str, by: Person, who: str) -> list[bool]:
    kind, header, line = FILES[field]
    said = {"who": who, "other": other_than(who), "email": desk.people[who].email}
    happened = {
        whom: desk.said[whom, who].happened_at.isoformat() for whom in WHOM
    }  # another day is another conversation
    rows = [header, *(line.format(uid=desk.clients[w].uid, whom=w, said_at=happened[w], **said) for w in WHOM)]
    return [outcome in ("created", "changed") for outcome in outcomes_of(by, kind, rows)]


def changes_nothing(desk: Desk, field: str, whom: str, who: str) -> bool:
    client, person = desk.clients[whom], desk.people[who].id
    return {"client.manager": client.manager_id, "client.backup": client.backup_id}.get(field) == person


@pytest.mark.parametrize(("field", "by"), tenth(CASES, seed=10))
def test_a_file_may_what_the_form_may(desk: Desk, field: str, by: str) -> None:
    wrong = []
    me = desk.people[by]
    for who in WHO:
        for whom, in_file in zip(WHOM, by_file(desk, field, me, who), strict=True):
            if not changes_nothing(desk, field, whom, who) and in_file != by_form(desk, field, me, whom, who):
                wrong.append((whom, who, in_file))

    assert wrong == []


def test_who_sees_a_client_is_one_rule_for_one_and_for_all(desk: Desk) -> None:
    with db.read() as session:
        told = {
            (who, whom): session.exec(clients.visible_ids(person).where(Client.id == desk.clients[whom].id)).first()
            is not None
            for who, person in desk.people.items()
            for whom in WHOM
        }
        assert told == {
            (who, whom): _sees(session, person, desk.clients[whom])
            for who, person in desk.people.items()
            for whom in WHOM
        }


def _sees(session: Session, person: Person, client: Client) -> bool:
    sees = f"SELECT {clients.sees('p', 'c')} FROM person p, client c WHERE p.id = :person AND c.id = :client"
    return bool(Sql(session).scalar(sees, {"person": str(person.id), "client": str(client.id)}))
