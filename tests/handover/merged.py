"""Short ways to merge clients, to take it back, and to look at what is there."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import select

from crm import clients, db, handover, history, interactions, journal, tasks
from crm.clients import Client, NewContactMethod
from crm.clients.models import ContactKind
from crm.handover.merging import Merge
from crm.interactions import NewInteraction
from crm.people import Person, machine
from crm.tasks import NewTask
from tests.cast import Cast
from tests.imports.bringing import bring_in

FILLS = "uid,traded_at,instrument,side,volume_usd,trade_id\n"


def merge(by: Person, keep: Client, *others: Client, **choices: Client) -> UUID:
    """Merges, and gives the change set."""
    wanted = Merge(
        keep_id=keep.id, other_ids=[one.id for one in others], choices={name: one.id for name, one in choices.items()}
    )
    return merge_all(by, [wanted])


def merge_all(by: Person, wanted: Sequence[Merge]) -> UUID:
    with db.write(by=by, why="merge", kind="merge") as session:
        handover.merge(session, by, wanted)
        return journal.notes(session).change_set_id


def take_back(by: Person, change_set: UUID) -> journal.Undone:
    with db.write(by=by, kind="undo") as session:
        undone = history.undo(session, machine(), change_set)
        assert undone.change_set_id
    return undone


def now(client: Client) -> Client:
    with db.read() as session:
        return session.get_one(Client, client.id)


def every(model: Any) -> list[Any]:
    with db.read() as session:
        return list(session.exec(select(model)).all())


def furnish(cast: Cast) -> None:
    """Both of Mei's clients have something of everything."""
    bring_in(
        cast.mei,
        "trades",
        f"{FILLS}{cast.harbour.uid},2026-03-10 04:00,BTC-USDT,buy,100,a\n0001,2026-03-10 05:00,BTC-USDT,buy,50,a\n",
    )
    bring_in(cast.mei, "balances", f"uid,day,equity_usd\n{cast.harbour.uid},2026-03-10,1000\n0001,2026-03-09,70\n")
    with db.write(by=cast.mei, why="furnish") as session:
        for client in (cast.harbour, cast.lotus):
            interactions.log(session, cast.mei, NewInteraction(client_id=client.id, summary=f"Said to {client.name}"))
            tasks.add(
                session,
                cast.mei,
                NewTask(title=f"Owed to {client.name}", client_id=client.id, due_on=date(2026, 3, 20)),
            )
            clients.contact_methods.add(
                session, cast.mei, client.id, NewContactMethod(kind=ContactKind.TELEGRAM, value="@harbour")
            )
        clients.contact_methods.add(
            session, cast.mei, cast.lotus.id, NewContactMethod(kind=ContactKind.WECHAT, value="lotus", is_verified=True)
        )
        clients.tag(session, cast.mei, [cast.harbour.id], ["whale"])
        clients.tag(session, cast.mei, [cast.lotus.id], ["Whale", "otc"])
        clients.attributes.declare(session, cast.mei, "Desk size")
        change = clients.ClientChange(
            version=now(cast.lotus).version + 1, notes="quiet", birthday=date(1980, 1, 1), attributes={"Desk size": "4"}
        )
        clients.change(session, cast.mei, cast.lotus.id, change)
