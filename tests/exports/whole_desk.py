"""A desk with everything that a list can hold, odd texts among it."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import select

from crm import db, interactions, people, tasks
from crm.clients.models import AttributeDefinition, Client, ContactMethod
from crm.interactions.models import Interaction, Product
from crm.people.models import Person, Role
from crm.tasks.models import Task
from tests.cast import DESK, Cast
from tests.imports.bringing import bring_in

ODD = [
    'two\nlines, and a "quote"',
    "=1+1",
    "'=1+1",
    "''=x",
    "@SUM(1)",
    "'＝x",
    "-5.2",
    "-cmd|' /C'",
    "+1 2",
    "莲花；资本，有限",
    "0007",
    "743072917935893796",
    "1e5",
    "NULL",
    "2026-01-02",
    "a;b|c",
    "[x]",
    "ünï\tçode",
    "🐋",
    "null",
    "nan",
    "\\N",
    "#",
    "''",
]


def fill(cast: Cast) -> None:
    """A desk where every field of every list is filled somewhere, and empty somewhere else."""
    with db.write(by=DESK, why="a whole desk") as session:
        session.add_all(AttributeDefinition(name=name, label=name) for name in ("Desk size", "Remark 备注"))
        harbour = session.get_one(Client, cast.harbour.id)
        harbour.notes, harbour.tags, harbour.backup_id = ODD[0], ["=whale", "a;b", "ETF"], cast.tomas.id
        harbour.attributes = {"Desk size": "0024", "Remark 备注": "=cmd()"}
        harbour.birthday, harbour.joined_on, harbour.kyc_expires_on = (
            date(1980, 2, 3),
            date(2021, 5, 6),
            date(2027, 1, 1),
        )
        harbour.kyc_level, harbour.risk, harbour.language = "KYC3", "high", "zh"
        harbour.time_zone, harbour.source, harbour.status = "Etc/GMT+5", "@conference", "dormant"
        session.add(Client(number=9001, venue="OKX", name="Only a name", manager_id=cast.mei.id))
        left = Person(email="left@desk.example", name="Lena Left", role=Role.MANAGER, is_active=False)
        session.add(left)
        for place, text in enumerate(ODD):
            session.add(_client(place, text, left if place == 3 else cast.oskar))
        for kind, value in [
            ("phone", "+85251006906"),
            ("telegram", "HarbourDesk"),
            ("email", "second@harbour.example"),
            ("wechat", "微信号"),
            ("x", "harbour_x"),
            ("line", "0042"),
        ]:
            session.add(ContactMethod(client_id=harbour.id, kind=kind, value=value))
    _traded(cast)
    _talked(cast)


def _client(place: int, text: str, manager: Person) -> Client:
    return Client(
        number=9100 + place,
        venue="Bybit",
        uid=f"00{place}",
        name=text,
        notes=text,
        manager_id=manager.id,
        tags=[text],
        attributes={"Remark 备注": text},
        tier="VIP 1/2" if place else None,
    )


def _traded(cast: Cast) -> None:
    trades = "uid,trade id,time,instrument,side,role,volume usd,fee,pnl\n" + "".join(
        f"{cast.harbour.uid},{place if place % 2 else ''},2026-03-0{1 + place % 3}T1{place % 9}:00:0{place % 9}.123456Z,BTC-USDT,"
        f"buy,{['maker', 'taker', ''][place % 3]},{1000 + place}.12345678,0.1,-5.25\n"
        for place in range(12)
    )
    days = (
        "uid,day,product,instrument,volume usd,fees\n777,2026-03-03,perpetual,,0,\n"
        f"{cast.fjord.uid},2026-03-02,spot,BTC-USDT,1234567890123456.12345678,-5.2\n"
    )
    held = f"uid,day,equity usd,deposits usd\n{cast.fjord.uid},2026-03-02,98765432109876.5,\n{cast.lotus.uid},2026-03-02,,0.00000001\n"
    for kind, text in (("trades", trades), ("daily_activity", days), ("balances", held)):
        bring_in(people.machine(), kind, text)


def _talked(cast: Cast) -> None:
    said = (
        "external_id,uid,manager,happened_at,channel,summary,mood\n"
        f"A-1,{cast.lotus.uid},Mei Lin,2026-03-01T10:00:00.123456+08:00,call,Fees,4\n"
    )
    bring_in(people.machine(), "interactions", said)
    with db.write(by=cast.mei) as session:
        nameless = session.exec(select(Client).where(Client.name == "Only a name")).one()
        for client, text in [(cast.harbour, ODD[0]), (nameless, "=1+1"), (cast.harbour, "  outer blanks\n")]:
            new = interactions.NewInteraction(
                client_id=client.id, summary=text, topic="@topic", minutes=5, products=[Product.SPOT, Product.OTC]
            )
            interactions.log(session, cast.mei, new)
        due = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
        tasks.add(session, cast.mei, tasks.NewTask(title="=Call", client_id=cast.harbour.id, due_at=due, remind_at=due))
        tasks.add(
            session,
            cast.mei,
            tasks.NewTask(title="Tidy up, soon", repeat=tasks.Repeat.WEEKLY, due_on=date(2026, 3, 19)),
        )
        done = tasks.add(
            session, cast.mei, tasks.NewTask(title="莲花", client_id=nameless.id, due_on=date(2026, 3, 18))
        )
        tasks.done(session, cast.mei, done.id, outcome="'=fine")
        session.add(
            Task(title="Of one who left", owner_id=left(session), status="withdrawn", snoozed_until=date(2026, 4, 1))
        )
        session.add(
            Interaction(
                client_id=cast.harbour.id,
                person_id=left(session),
                happened_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
                summary="Before",
            )
        )


def left(session: Any) -> Any:
    return session.exec(select(Person.id).where(Person.email == "left@desk.example")).one()
