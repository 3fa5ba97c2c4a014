"""What rooms have to say about changes: who may read and undo them, how far an undo goes, and what follows from it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from crm.db.sessions import WriteSession
from crm.journal import Change, Undone
from crm.people import Person


@dataclass(frozen=True)
class TakenBack:
    """An undo that was done: of which set, how far it reached. `is_whole`: nobody asked for only some of its rows."""

    change_set_id: UUID
    undone: Undone
    is_whole: bool
    force: bool


Guard = Callable[[Session, Person, UUID], None]
Choice = Callable[[Session, UUID, Collection[str] | None], Collection[str] | None]
Consequence = Callable[[WriteSession, Person, TakenBack], None]
Sight = Callable[[Session, Person, Sequence[Change]], set[tuple[UUID, int]]]
Naming = Callable[[Session, Person, Sequence[Change]], Mapping[str, str]]

guards: list[Guard] = []
choices: list[Choice] = []
consequences: list[Consequence] = []
sights: list[Sight] = []
namings: list[Naming] = []


def guard(check: Guard) -> Guard:
    """Ask this before every undo; it raises where the set must stay."""
    guards.append(check)
    return check


def choice(choose: Choice) -> Choice:
    """Let this say which rows go (None: all of them), given the keys that were asked for."""
    choices.append(choose)
    return choose


def consequence(follow: Consequence) -> Consequence:
    """Do this after every undo, in the same write: what was derived from the rows is made anew."""
    consequences.append(follow)
    return follow


def sight(look: Sight) -> Sight:
    """Let this say which lines, by their set and place, are about what a person does not see."""
    sights.append(look)
    return look


def naming(call: Naming) -> Naming:
    """Let this say what a person calls the rows that some lines name, by their keys."""
    namings.append(call)
    return call
