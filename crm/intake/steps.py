"""What rooms have to do with the rows of a kind that is not their own."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.messages import Message
from crm.intake.upsert import Target

Remark = tuple[int, str, Message]
RemarkStep = Callable[[Sql], Iterable[Remark]]
ChangeStep = Callable[[WriteSession, Target], None]

_remarks: defaultdict[str, list[RemarkStep]] = defaultdict(list)
_changes: defaultdict[str, list[ChangeStep]] = defaultdict(list)
_dependents: defaultdict[str, list[str]] = defaultdict(list)


def on_remarks(kind: str, step: RemarkStep) -> None:
    """Ask this for line, what the row calls itself and remark on rows that go in, once `linked` and `outcomes` stand in the session."""
    _remarks[kind].append(step)


def on_change(kind: str, step: ChangeStep) -> None:
    """Do this before known rows are changed, while they still hold what they held."""
    _changes[kind].append(step)


def goes_along(kind: str, condition: str) -> None:
    """Rows that go when chosen ones of the same file are taken back: SQL over a change `c`, with the keys of the others in `:only`."""
    _dependents[kind].append(condition)


def remarks(sql: Sql, kind: str) -> list[Remark]:
    return [remark for step in _remarks[kind] for remark in step(sql)]


def before_change(session: WriteSession, kind: str, target: Target) -> None:
    for step in _changes[kind]:
        step(session, target)


def dependents(kind: str) -> str:
    """SQL over a change `c`; empty where nothing goes along."""
    return " OR ".join(f"({condition})" for condition in _dependents[kind])
