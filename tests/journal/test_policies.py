"""Table x role x door: what everybody may write is what the map says, on both engines."""

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import crm.tables
from crm import db
from crm.db.sessions import Who, WriteSession
from crm.ground import registry, rows
from crm.ground.errors import NotAllowedError
from crm.journal import entities, policies
from crm.journal.policies import EVERYTHING, Act, Kind, Policy, Setup
from crm.journal.recorder import actor_of
from crm.people import Person, Role, rights
from tests import share
from tests.cast import DESK, Cast
from tests.journal import doors, samples
from tests.journal.doors import Target

DOORS = doors.WRITING | doors.UNDOING
UPDATES = (doors.orm_update, doors.bulk_update)
NOBODY = ("nobody", "somebody unknown", *(f"disabled {role}" for role in Role))
ROLES = tuple(str(role) for role in Role)
ACTORS = (*ROLES, *NOBODY, "desk", "demoted in this write")


@dataclass(frozen=True)
class Case:
    """Somebody writes a row of a table, their own or another's, by a door; an update changes one column."""

    table: str
    who: str
    door: str
    column: str
    is_own: bool = False

    @property
    def act(self) -> Act:
        return DOORS[self.door][0]


def cases(actors: Sequence[str], ways: Sequence[str]) -> Iterator[Case]:
    for table in samples.ROWS:
        policy = policies.of(table)
        named = sorted({*policy.columns, *policy.own - EVERYTHING})
        for who in actors:
            for door in ways:
                changed = samples.CHANGED[table][0]
                columns = [changed, *named] if DOORS[door][0] is Act.UPDATE else [changed]
                for column in columns:
                    for is_own in (False, True) if policy.owner and who in ROLES else (False,):
                        yield Case(table, who, door, column, is_own)


def expected(case: Case) -> bool:
    """What the map says."""
    policy = policies.of(case.table)
    if case.who == "desk":
        return True
    if case.who in NOBODY:
        return case.who == "nobody" and policy.setup is Setup.ADDS and case.act is Act.INSERT
    role = Role.ADMIN if case.who == "demoted in this write" else Role(case.who)
    reached = policies.reach(policy, rights.of(role))
    if reached.every_row:
        return case.act is not Act.UPDATE or case.column not in reached.but
    changes_own = case.act is Act.UPDATE and case.column in reached.own
    return case.is_own and (reached.own == EVERYTHING or changes_own)


@dataclass
class Stage:
    """The people of the cases, and a row for each."""

    cast: Cast
    people: dict[str, Person]
    places: Iterator[int]

    def by(self, case: Case) -> Who | None:
        return DESK if case.who == "desk" else self.people.get(case.who)

    def target(self, case: Case) -> Target:
        row = samples.ROWS[case.table](self.cast, next(self.places))
        if case.is_own and case.table == "person":
            row = self.people[case.who]
        elif case.is_own:
            setattr(row, policies.of(case.table).owner, self.people[case.who].id)
        return Target(row, case.column, samples.other_value(self.cast, case.table, case.column))

    def passes(self, case: Case) -> bool:
        target, is_there = self.target(case), case.is_own and case.table == "person"
        if not is_there and case.door not in ("orm insert", "bulk insert", "undo of an insert"):
            doors.put(target)
        try:
            return self._verdict(case, target)
        finally:
            doors.take_back(target, stays=is_there)

    def _verdict(self, case: Case, target: Target) -> bool:
        door = DOORS[case.door][1]
        if case.door in doors.UNDOING:
            return doors.passes(self.by(case), doors.undo(doors.done_by_the_desk(door, target)))

        def trial(session: WriteSession) -> None:
            if case.who == "demoted in this write":
                session.get_one(Person, self.people[case.who].id).role = Role.MANAGER
                session.flush()
            door(session, target)

        return doors.passes(self.by(case), trial)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    known: dict[str, Person] = {"demoted in this write": cast.ada}
    for role in Role:
        known[role] = Person(email=f"{role}@x.example", name=str(role), role=role)
        known[f"disabled {role}"] = Person(email=f"no.{role}@x.example", name=str(role), role=role, is_active=False)
    with db.write(by=DESK) as session:
        session.add_all(known.values())
    known["somebody unknown"] = Person(email="nowhere", name="Nowhere", role=Role.ADMIN)
    return Stage(cast, known, count(1))


def wrong(stage: Stage, chosen: Sequence[Case], says: Callable[[Case], bool]) -> list[Case]:
    return [case for case in chosen if _tried(stage, case) != says(case)]


def _tried(stage: Stage, case: Case) -> bool:
    try:
        return stage.passes(case)
    except Exception as error:
        error.add_note(str(case))
        raise


@pytest.mark.parametrize("door", DOORS)
def test_everybody_may_write_what_the_map_says_by_every_door(stage: Stage, door: str) -> None:
    every = [
        case
        for case in cases(ACTORS, [door])
        # An undo is a write of its own; and of an own row of people only an update is a case.
        if not (case.who == "demoted in this write" and door in doors.UNDOING)
        and not (case.is_own and case.table == "person" and case.act is not Act.UPDATE)
    ]

    assert wrong(stage, share.tenth(every, seed=len(door)), expected) == []


@pytest.mark.parametrize("door", doors.WRITING)
def test_before_there_is_an_admin_the_program_writes_only_what_a_set_up_needs(stage: Stage, door: str) -> None:
    with db.engine().begin() as connection:
        connection.execute(sa.update(entities.table("person")).values(is_active=False))

    def says(case: Case) -> bool:
        setup = policies.of(case.table).setup
        return setup is Setup.FIRST or (setup is Setup.ADDS and case.act is Act.INSERT)

    assert wrong(stage, list(cases(["nobody"], [door])), says) == []


def test_every_journalled_table_has_a_policy_and_a_sample() -> None:
    journalled = {entity.name for entity in entities.journalled()}

    assert policies.missing() == []
    assert {policy.table for policy in policies.every()} == journalled
    assert set(samples.ROWS) == set(samples.CHANGED) == journalled


@pytest.fixture
def forgotten() -> Iterator[str]:
    """A table of which no room has said who may write it."""
    made = sa.Table("forgotten", SQLModel.metadata, sa.Column("id", sa.Uuid, primary_key=True))
    yield made.name
    SQLModel.metadata.remove(made)


def test_the_program_does_not_start_with_a_table_that_has_no_policy(forgotten: str) -> None:
    assert policies.missing() == [forgotten]
    with pytest.raises(RuntimeError, match=r"^No room says who may write forgotten; register a policy"):
        importlib.reload(crm.tables)


def test_a_derived_table_needs_none(forgotten: str) -> None:
    entities.table(forgotten).info.update(rows.UNJOURNALLED["info"])

    importlib.reload(crm.tables)


def test_a_policy_names_columns_that_are_there_and_a_table_has_one() -> None:
    known = policies.of("team")

    with pytest.raises(RuntimeError, match="Two rooms say who may write the table team"):
        policies.register(replace(known, rights=("log",)))
    policies.register(known)


def test_a_policy_of_a_column_that_is_not_there_is_told_at_the_start(forgotten: str) -> None:
    policies.register(Policy(forgotten, ("log",), columns={"nmae": "log"}))
    try:
        with pytest.raises(RuntimeError, match=r"columns that are not there: forgotten\.nmae"):
            policies.check()
    finally:
        del policies._policies._things[forgotten]


def test_rooms_are_found_by_walking_the_packages() -> None:
    models, said = set(registry.found("models")), set(registry.found("policies"))

    assert models >= {"crm.clients.models", "crm.people.models", "crm.jobs.models"}
    assert said >= {"crm.clients.policies", "crm.people.policies", "crm.trading.policies"}


def test_the_stored_role_counts_and_not_the_one_that_somebody_holds(cast: Cast) -> None:
    held = Person(**cast.mei.model_dump() | {"role": Role.ADMIN})

    team = Target(samples.ROWS["team"](cast, 1), "name", "another")

    assert not doors.passes(held, partial(doors.orm_insert, target=team))
    with (
        pytest.raises(NotAllowedError, match=r"^Only admins can invite, change or disable people\.$"),
        db.write(by=held) as session,
    ):
        session.add(samples.ROWS["person"](cast, 1))


def test_nobody_gives_their_own_row_or_another_column_to_somebody_else(cast: Cast) -> None:
    token = samples.ROWS["api_token"](cast, 1)
    mine = Target(token, "person_id", cast.mei.id)
    doors.put(mine)

    taken = [doors.passes(who, partial(door, target=mine)) for who in (cast.tomas, cast.mei) for door in UPDATES]

    assert taken == [False] * 4


def test_an_update_that_leaves_the_manager_as_it_was_needs_no_right_to_move(cast: Cast) -> None:
    client = Target(cast.harbour, "manager_id", cast.mei.id)

    assert [doors.passes(cast.mei, partial(door, target=client)) for door in UPDATES] == [True, True]


def test_who_acts_is_told_once_and_by_the_right_kind(cast: Cast) -> None:
    kinds = []
    for by in (cast.mei, DESK, None):
        with db.write(by=by) as session:
            kinds.append(actor_of(session).kind)
            assert actor_of(session) is actor_of(session)

    assert kinds == [Kind.PERSON, Kind.DESK, Kind.PROGRAM]
