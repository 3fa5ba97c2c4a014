"""What was exported and comes back unchanged changes nothing, and fills an empty database with the same rows."""

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, select

from crm import clients, db, exports, interactions, people, tasks
from crm.clients.models import AttributeDefinition, Client, ContactMethod
from crm.exports import EXPORTS, Layout, Sheet
from crm.imports import Counts
from crm.interactions.models import Interaction, Product
from crm.people.models import Person, Role
from crm.tasks.models import Task
from tests.cast import DESK, Cast, give_alone
from tests.imports.bringing import bring_in, everything, problems
from tests.share import examples

ORDER = ("managers", "clients", "trades", "daily_activity", "balances", "interactions", "tasks")
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
# What the store sets by itself, or keeps beside a list.
UNTOLD = {"id", "version", "created_at", "closed_at", "number", "search_text", "origin", "external_id", "computed_at"}


@pytest.fixture
def desk(cast: Cast) -> Cast:
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
    return cast


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
            Task(title="Of one who left", owner_id=_left(session), status="withdrawn", snoozed_until=date(2026, 4, 1))
        )
        session.add(Interaction(client_id=cast.harbour.id, person_id=_left(session), happened_at=due, summary="Before"))


def _left(session: Any) -> Any:
    return session.exec(select(Person.id).where(Person.email == "left@desk.example")).one()


def unchanged(found: Counts) -> bool:
    return found.rows == found.unchanged > 0


@pytest.mark.parametrize("layout", list(Layout))
def test_an_export_that_comes_back_changes_nothing(desk: Cast, tmp_path: Path, layout: Layout) -> None:
    before = everything()

    for kind in ORDER:
        path = tmp_path / f"{kind}.{layout}"
        rows = exports.write_file(people.machine(), kind, path, layout=layout)
        done = bring_in(people.machine(), kind, path)
        refused = problems(people.machine(), done)
        assert (done.counts.rows, unchanged(done.counts)) == (rows, True), (kind, done.counts, refused[:5])

    assert everything() == before


def test_a_manager_brings_back_the_own_list_and_the_one_of_somebody_covered(desk: Cast, tmp_path: Path) -> None:
    for kind in ("clients", "trades", "daily_activity", "balances", "interactions", "tasks"):
        for me in (desk.mei, desk.tomas):
            path = tmp_path / f"{kind}.csv"
            if not exports.write_file(me, kind, path):
                continue
            done = bring_in(me, kind, path)
            assert unchanged(done.counts), (kind, me.name, done.counts, problems(me, done)[:5])


def test_a_task_about_a_client_whom_one_lost_leaves_without_the_name_and_comes_back_without_losing_it(
    cast: Cast, tmp_path: Path
) -> None:
    with db.write(by=cast.mei) as session:
        task = tasks.add(session, cast.mei, tasks.NewTask(title="Call back", client_id=cast.harbour.id))
    give_alone(cast.harbour, cast.tomas)
    path = tmp_path / "tasks.json"
    exports.write_file(cast.mei, "tasks", path, layout=Layout.JSON)
    [row] = json.loads(path.read_bytes())
    assert (row["title"], row["venue"], row["uid"], row["client"]) == ("Call back", None, None, None)

    done = bring_in(cast.mei, "tasks", path)

    assert unchanged(done.counts)
    with db.read() as session:
        assert tasks.get(session, cast.mei, task.id).client_id == cast.harbour.id


@pytest.mark.parametrize("layout", list(Layout))
def test_an_export_fills_an_empty_database_with_the_same_rows(
    desk: Cast, tmp_path: Path, layout: Layout, request: pytest.FixtureRequest
) -> None:
    with db.write(by=DESK) as session:  # nobody is brought back who left
        for model in (Task, Interaction, Client):
            owner = {"task": "owner_id", "interaction": "person_id", "client": "manager_id"}[str(model.__tablename__)]
            for row in session.exec(select(model).where(getattr(model, owner) == _left(session))):
                setattr(row, owner, desk.mei.id)
    for kind in ORDER:
        exports.write_file(people.machine(), kind, tmp_path / f"{kind}.{layout}", layout=layout)
    wanted = told()

    _empty()
    for kind in ORDER:
        done = bring_in(people.machine(), kind, tmp_path / f"{kind}.{layout}")
        is_counted = kind == "daily_activity"  # what its trades add up to is there already
        assert done.counts.created + (done.counts.unchanged if is_counted else 0) == done.counts.rows, (
            kind,
            done.counts,
        )

    found = told()
    for kind in ORDER:
        assert found[kind] == wanted[kind], kind


def _empty() -> None:
    """As on the first day: nobody and nothing."""
    with db.engine().begin() as connection:
        for table in reversed(SQLModel.metadata.sorted_tables):
            if table.name not in ("change", "change_set", "alembic_version", "tier_policy"):
                desk_stays = table.c.id != people.DESK_ID if table.name == "person" else None
                connection.execute(table.delete() if desk_stays is None else table.delete().where(desk_stays))


def told() -> dict[str, list[str]]:
    """Every exported list, without ids, sorted."""
    found = {}
    with db.read() as session:
        for kind in EXPORTS:
            sheet = exports.export(session, people.machine(), kind)
            places = [n for n, name in enumerate(sheet.columns) if name not in UNTOLD]
            rows = (_ways_sorted(sheet, [_plain(cell) for cell in row]) for row in sheet.rows)
            found[kind] = sorted(json.dumps([row[n] for n in places], default=str) for row in rows)
    return found


def _ways_sorted(sheet: Sheet, row: list[object]) -> list[object]:
    """Which of two addresses is the first is not told by an import."""
    places = [n for n, name in enumerate(sheet.columns) if name.startswith("email")] if sheet.name == "clients" else []
    for place, value in zip(places, sorted((row[n] for n in places), key=str), strict=True):
        row[place] = value
    return row


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.strip() if isinstance(value, str) else value


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)
FEW = hypothesis_settings(
    max_examples=examples(8),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FEW
@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS, st.lists(WORDS, max_size=3)), min_size=1, max_size=12),
    st.sampled_from(list(Layout)),
)
def test_clients_called_anything_come_back_as_they_were(
    cast_on_duckdb: Cast, tmp_path: Path, rows: list[tuple[str, str, str, list[str]]], layout: Layout
) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.mei) as session:
        if not session.get(AttributeDefinition, "Club"):
            session.add(AttributeDefinition(name="Club", label="Club"))
        for name, notes, club, tags in rows:
            session.add(
                Client(
                    number=clients.accounts.number_of(session, "Kraken", uuid4().hex),
                    venue="Kraken",
                    uid=str(uuid4()),
                    name=name or "-",
                    notes=notes,
                    tags=clients.values.tags(tags),
                    attributes={"Club": club} if club else {},
                    manager_id=cast.mei.id,
                )
            )
    path = tmp_path / f"clients.{layout}"

    exports.write_file(cast.mei, "clients", path, layout=layout)
    done = bring_in(cast.mei, "clients", path)

    assert unchanged(done.counts), (done.counts, problems(cast.mei, done)[:5])


def test_an_attribute_that_is_called_like_a_field_comes_out_beside_it_and_back(cast: Cast, tmp_path: Path) -> None:
    came = bring_in(
        cast.mei, "clients", "UID,Name,Status\n880001,Alder,Hot lead\n880002,Birch,Warm lead\n880003,Elm,Hot lead\n"
    )
    assert came.counts.created == 3
    path = tmp_path / "clients.csv"

    exports.write_file(cast.mei, "clients", path)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    done = bring_in(cast.mei, "clients", path)

    assert {
        row["uid"]: (row["Status"], row["Status (attribute)"]) for row in rows if row["uid"].startswith("8800")
    } == {
        "880001": ("active", "Hot lead"),
        "880002": ("active", "Warm lead"),
        "880003": ("active", "Hot lead"),
    }
    assert unchanged(done.counts), (done.counts, problems(cast.mei, done)[:5])
