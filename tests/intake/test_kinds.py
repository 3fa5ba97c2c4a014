"""Kinds of files: every room registers its own, and nothing else has to know of them."""

import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest

from crm import db, imports, people
from crm.ground.errors import NotAllowedError
from crm.ground.registry import found
from crm.imports import layouts as venues
from crm.intake import KINDS, Column, Kind, Rows, kinds, layouts, steps
from crm.intake.arrival import Arrival
from crm.intake.upsert import Field, Target
from crm.journal import entities
from crm.people.models import Team
from crm.people.rights import Right
from crm.screens.imports import wording
from crm.tables import metadata
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything, staged, take_back

ROOM = '''"""A room."""
from crm.intake import Kind, Rows, kinds


def link(arrival): ...


kind = Kind("{0}", "Orchids", "Orchids", 15, (), Rows("team", link, ""), needs=())
'''


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """What a test registers is gone after it."""
    before = dict(KINDS)
    yield
    KINDS.clear()
    KINDS.update(before)


def silent(modules: Iterable[str]) -> list[str]:
    """Those from which neither a kind nor a step with the rows of another came."""
    every = chain((kind.rows.link for kind in KINDS.values()), *steps._remarks.values(), *steps._changes.values())
    heard = {function.__module__ for function in every}
    return [name for name in modules if not any(one == name or one.startswith(f"{name}.") for one in heard)]


def test_every_room_that_reads_files_registers_what_it_reads() -> None:
    assert silent(found("importing")) == []


def test_a_room_is_found_by_walking_and_one_that_registers_nothing_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "house_of_a_test"
    for room, ending in (("orchids", "kinds.register(kind)\n"), ("mute", "")):
        (house / room).mkdir(parents=True)
        (house / room / "__init__.py").write_text("")
        (house / room / "importing.py").write_text(ROOM.format(room) + ending)
    (house / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    names = list(found("importing", house.name))
    for name in names:
        import_module(name)

    assert names == ["house_of_a_test.mute.importing", "house_of_a_test.orchids.importing"]
    assert silent(names) == ["house_of_a_test.mute.importing"]
    assert list(KINDS)[:3] == ["clients", "orchids", "trades"]


def test_two_rooms_cannot_register_one_kind() -> None:
    clients = KINDS["clients"]

    with pytest.raises(RuntimeError, match="clients"):
        kinds.register(Kind("clients", "Clients", "Clients", 1, clients.columns, clients.rows, clients.needs))


def test_what_a_kind_says_of_itself_is_there() -> None:
    rights, names = set(Right), {layout.kind for layout in layouts.every().values()}

    assert [kind.name for kind in KINDS.values() if kind.rows.table not in metadata.tables] == []
    assert [kind.name for kind in KINDS.values() if kind.right not in rights] == []
    assert names | set(steps._remarks) | set(steps._changes) | set(steps._dependents) <= set(KINDS)
    stored = [
        (kind.name, name)
        for kind in KINDS.values()
        for name in kind.erasable
        if (column := kind.column(name)).stored_as and column.stored_as not in metadata.tables[kind.rows.table].c
    ]
    assert stored == []


def test_every_layout_of_a_venue_is_registered() -> None:
    modules = [import_module(f"crm.imports.layouts.{one.name}") for one in pkgutil.iter_modules(venues.__path__)]
    written = [one for module in modules for one in vars(module).values() if isinstance(one, layouts.Layout)]

    assert len(written) > 20
    assert [one.name for one in written if layouts.find(one.name) is not one] == []


def link(arrival: Arrival) -> Target:
    sql, incoming = arrival.sql, arrival.incoming({"line": "bigint", "refused": "boolean", "name": "text"})
    sql.temp_table(
        "linked",
        f"""SELECT i.line, coalesce(t.id, {sql.uuid7()}) AS id, t.id IS NOT NULL AS known, 'name' AS matched_by,
                CASE WHEN min(i.line) OVER (PARTITION BY i.name) < i.line THEN min(i.line) OVER (PARTITION BY i.name) END
                    AS duplicate_of,
                'Name' AS title, i.name AS value, CASE WHEN i.refused THEN 'see its problems' END AS refusal
            FROM {incoming} i LEFT JOIN team t ON t.name = i.name""",
    )
    fields = {"version": Field(default="1"), "name": Field("i.name")}
    return Target(entities.of(Team), fields, incoming)


def test_a_kind_that_only_a_test_registers_comes_in_by_the_same_door(cast: Cast) -> None:
    column = Column("name", "Name", names=("team",))
    rows = Rows("team", link, "SELECT l.line, i.name FROM {0}")
    kinds.register(
        Kind(
            "teams", "Teams", "Teams", 80, (column,), rows, needs=(("name",),), each_row=(("name",),), right="accounts"
        )
    )
    before = everything()
    file = b"Team\nEast\nNorth\nNorth\n"

    with pytest.raises(NotAllowedError):
        staged(cast.mei, "teams", file)
    batch = staged(cast.ada, "teams", file)
    with db.read() as session:
        seen = imports.preview(session, cast.ada, batch.id)
    done = bring_in(cast.ada, "teams", file)

    assert wording.kind("teams") == "Teams"
    assert [(line.outcome, line.name) for line in seen.lines] == [
        ("unchanged", "East"),
        ("created", "North"),
        ("duplicate", "North"),
    ]
    assert done.counts == counts(created=1, unchanged=1, duplicate=1)
    with db.read() as session:
        assert "North" in {team.name for team in people.teams(session)}
        [row], total = imports.rows_of(session, cast.ada, done.batch.id)
    assert (row.entity, total) == ("team", 1)
    take_back(cast.ada, done, outcome="created")
    assert everything() == before
