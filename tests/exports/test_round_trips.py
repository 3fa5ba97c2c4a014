"""What was exported and comes back unchanged changes nothing, and fills an empty database with the same rows."""

import csv
import json
from collections.abc import Collection
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, select

from crm import clients, db, exports, people, tasks
from crm.clients.models import AttributeDefinition, Client
from crm.exports import EXPORTS, Layout, Sheet
from crm.imports import Counts
from crm.interactions.models import Interaction
from crm.tasks.models import Task
from tests.cast import DESK, Cast, give_alone
from tests.exports import whole_desk
from tests.exports.whole_desk import left
from tests.imports.bringing import bring_in, everything, problems
from tests.share import examples, postgresql_in_long

pytestmark = postgresql_in_long

ORDER = ("managers", "clients", "trades", "daily_activity", "balances", "interactions", "tasks")
# What the store sets by itself, or keeps beside a list.
UNTOLD = {"id", "version", "created_at", "closed_at", "number", "search_text", "origin", "external_id", "computed_at"}


@pytest.fixture
def desk(cast: Cast) -> Cast:
    whole_desk.fill(cast)
    return cast


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
            for row in session.exec(select(model).where(getattr(model, owner) == left(session))):
                setattr(row, owner, desk.mei.id)
    for kind in ORDER:
        exports.write_file(people.machine(), kind, tmp_path / f"{kind}.{layout}", layout=layout)
    wanted = told()

    empty()
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


def empty(tables: Collection[str] = ()) -> None:
    """As on the first day: nobody and nothing; or nothing in these tables."""
    with db.engine().begin() as connection:
        if not db.is_duckdb():  # also those that others point at
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in reversed(SQLModel.metadata.sorted_tables):
            if table.name not in ("change", "change_set", "alembic_version", "tier_policy") and (
                not tables or table.name in tables
            ):
                desk_stays = table.c.id != people.DESK_ID if table.name == "person" else None
                connection.execute(table.delete() if desk_stays is None else table.delete().where(desk_stays))


def told(*kinds: str) -> dict[str, list[str]]:
    """These exported lists, or all, without ids, sorted."""
    found = {}
    with db.read() as session:
        for kind in kinds or EXPORTS:
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
        row["uid"]: (row["status"], row["Status (attribute)"]) for row in rows if row["uid"].startswith("8800")
    } == {
        "880001": ("active", "Hot lead"),
        "880002": ("active", "Warm lead"),
        "880003": ("active", "Hot lead"),
    }
    assert unchanged(done.counts), (done.counts, problems(cast.mei, done)[:5])
