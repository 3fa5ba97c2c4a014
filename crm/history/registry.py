"""What rooms have to say about an undo: whether it may be, how far it goes, and what follows from it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from crm.db.sessions import WriteSession
from crm.journal import Undone
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

guards: list[Guard] = []
choices: list[Choice] = []
consequences: list[Consequence] = []


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
