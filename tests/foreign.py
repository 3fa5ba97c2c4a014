"""A client that moved to another book, of whom everything that is written down can be told apart from all else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm import clients, db, duplicates, exports, handover, imports, interactions, journal, people, tasks
from crm.clients import ClientChange, ClientFilter, ContactKind, NewClient, NewContactMethod
from crm.clients.models import AttributeDefinition
from crm.handover.merging import Merge
from crm.interactions import InteractionChange, NewInteraction
from crm.people import Person, Role
from crm.tasks import NewTask, Repeat, TaskKind
from tests.cast import Cast
from tests.imports.bringing import bring_in, staged, take_back

WORD = "quetzal"  # in every name, note, tag, address and sentence about the client
UID, FURTHER_UID, MINOR_UID, PHONE = "66200913370411", "66200913370422", "66200913370433", "30990042117"
SIGNS = (WORD, UID, FURTHER_UID, MINOR_UID, PHONE)
DUE = date(2026, 3, 16)


@dataclass(frozen=True)
class Foreign:
    """Mei had the client and its namesake, both went to Tomas, who renamed the one and made both one client."""

    client: UUID
    strangers: Mapping[str, Person]
    keeper: Person
    keys: Mapping[str, list[UUID]]  # by the table in which they stand
    open_tasks: list[UUID]  # Mei's own, about the client


def told_in(content: bytes) -> list[str]:
    """Which signs of the client some bytes hold."""
    folded = content.lower()
    return [sign for sign in SIGNS if sign.encode() in folded]


def enter(cast: Cast) -> Foreign:
    wanda = Person(email="wanda@desk.example", name="Wanda West", role=Role.LEAD, team_id=cast.oskar.team_id)
    with db.write(by=people.machine(), why="another lead") as session:
        session.add(wanda)
    client, minor = _known_to_mei(cast.mei)
    still_open = _owed_by_mei(cast.mei, client)
    _brought_by_mei(cast.mei)
    with db.write(by=cast.nadia, why="reassign") as session:  # with the clients alone: what Mei owes stays hers
        handover.reassign(session, cast.nadia, [client, minor], to=cast.tomas.id)
    _known_to_tomas(cast, client, minor)
    strangers = {"former manager": cast.mei, "other team": cast.oskar, "other lead": wanda, "admin": cast.ada}
    return Foreign(client, strangers, cast.tomas, _keys(cast, client, minor), still_open)


def _done(by: Person, act: Callable[..., object], *args: object, **values: object) -> None:
    with db.write(by=by, why="API") as session:
        act(session, by, *args, **values)


def _known_to_mei(mei: Person) -> tuple[UUID, UUID]:
    email, phone = (ContactKind.EMAIL, "old@quetzal.example"), (ContactKind.PHONE, f"+49{PHONE}")
    handles = [NewContactMethod(kind=kind, value=value, label="quetzal label") for kind, value in (email, phone)]
    with db.write(by=mei, why="new client") as session:
        session.add(AttributeDefinition(name="seat", label="Seat"))
        client = clients.add(
            session,
            mei,
            NewClient(
                name="Quetzal Old",
                uid=UID,
                notes="quetzal notes",
                tier="quetzal tier",
                tags=["quetzal tag"],
                country="DE",
                attributes={"seat": "quetzal seat"},
                handles=handles,
            ),
        ).id
        minor = clients.add(session, mei, NewClient(name="Quetzal Minor", uid=MINOR_UID)).id
        twin = clients.add(session, mei, NewClient(name="Quetzal Twin", uid=FURTHER_UID, handles=handles[:1])).id
    _done(mei, clients.change, client, ClientChange(version=1, name="Quetzal Middle", notes="quetzal notes, again"))
    _done(mei, clients.change, minor, ClientChange(version=1, name="Quetzal Minor Middle"))
    _done(mei, duplicates.not_duplicates, [client, minor])
    _done(mei, handover.merge, [Merge(keep_id=client, other_ids=[twin])])
    with db.read() as session:
        first = clients.contact_methods.of_client(session, mei, client)[0].id
    _done(mei, clients.contact_methods.remove, first)
    return client, minor


def _owed_by_mei(mei: Person, client: UUID) -> list[UUID]:
    said = NewInteraction(
        client_id=client,
        summary="quetzal summary",
        topic="quetzal topic",
        outcome="quetzal result",
        next_steps="Ring back",
        follow_up_on=DUE,
        is_promise=True,
    )
    with db.write(by=mei, why="log") as session:
        talk = interactions.log(session, mei, said).id
    _done(mei, interactions.change, talk, InteractionChange(version=1, summary="quetzal summary, corrected"))
    with db.write(by=mei, why="new task") as session:
        done, withdrawn = (
            tasks.add(session, mei, NewTask(title="quetzal title", client_id=client, due_on=DUE)).id for _ in range(2)
        )
        tasks.add(session, mei, NewTask(title="Send rates", client_id=client, due_on=DUE, repeat=Repeat.WEEKLY))
        tasks.add(session, mei, NewTask(title="Ask once more", client_id=client, kind=TaskKind.INTERNAL))
    _done(mei, tasks.done, done, outcome="quetzal outcome")
    _done(mei, tasks.withdraw, withdrawn, reason="quetzal reason")
    with db.read() as session:
        return [task.id for task in tasks.of_client(session, mei, client) if task.status == tasks.TaskStatus.OPEN]


def _brought_by_mei(mei: Person) -> None:
    fills = f"uid,time,symbol,side,price,quantity,trade id\n{UID},2026-03-01T10:00:00Z,QUETZAL-USDT,buy,1,1,C1\n"
    bring_in(
        mei, "clients", f"uid,name,source\n{UID},Quetzal Listed,quetzal source\n{MINOR_UID},Quetzal Minor Listed,\n"
    )
    bring_in(mei, "interactions", f"uid,happened at,summary\n{UID},2026-03-02T10:00:00Z,quetzal pasted\n")
    bring_in(mei, "tasks", f"uid,title,status,outcome\n{UID},quetzal chore,done,quetzal came of it\n")
    bring_in(
        mei, "daily_activity", f"uid,day,product,instrument,volume usd\n{FURTHER_UID},2026-03-01,spot,QUETZAL-EUR,5\n"
    )
    take_back(mei, bring_in(mei, "trades", fills))
    narrowed = exports.Selection(filter=ClientFilter(text="quetzal old"))
    exports.download(mei, "clients", selection=narrowed)


def _known_to_tomas(cast: Cast, client: UUID, minor: UUID) -> None:
    tomas = cast.tomas
    bring_in(
        tomas,
        "trades",
        f"uid,time,symbol,side,price,quantity,trade id\n{UID},2026-03-03T10:00:00Z,QUETZAL-USDT,buy,1,1,C2\n",
    )
    staged(tomas, "clients", f"uid,name\n{UID},Quetzal Staged\n".encode())
    with db.read() as session:
        now = clients.get(session, tomas, client).version
    _done(
        tomas, clients.change, client, ClientChange(version=now, name="Quetzal Renamed", notes="quetzal notes of Tomas")
    )
    _done(tomas, clients.contact_methods.add, client, NewContactMethod(kind=ContactKind.TELEGRAM, value="quetzal_bird"))
    _done(tomas, interactions.log, NewInteraction(client_id=client, summary="quetzal, said Tomas"))
    _done(tomas, tasks.add, NewTask(title="quetzal plan", client_id=client, due_on=DUE))
    _done(tomas, handover.merge, [Merge(keep_id=client, other_ids=[minor])])


def _keys(cast: Cast, client: UUID, minor: UUID) -> Mapping[str, list[UUID]]:
    """Of everything that is written down about the client, and of everybody's changes."""
    with db.read() as session:
        return {
            "client": [client, minor],
            "interaction": [talk.id for talk in interactions.of_client(session, cast.tomas, client, limit=200)],
            "task": [task.id for task in tasks.of_client(session, cast.tomas, client)],
            "batch": [batch.id for batch in imports.recent(session, cast.tomas)],
            "person": [cast.mei.id, cast.tomas.id],
            "change_set": [made.id for made in journal.recent(session, limit=200)],
        }
