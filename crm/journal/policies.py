"""Who may write which table: each room registers a policy for its tables, and every write asks it.

A policy names rights as plain words; who acts, and which rights that person has, the room of people tells.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from crm.db.sessions import WriteSession
from crm.ground.errors import NotAllowedError
from crm.ground.registry import Registry
from crm.journal import entities


class Act(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


class Kind(StrEnum):
    """Who writes: a person, the desk's command line, or the program itself, before anybody is there or later."""

    PERSON = "person"
    DESK = "desk"
    SETUP = "setup"
    PROGRAM = "program"
    NOBODY = "nobody"


class Setup(StrEnum):
    """When the program itself may write a table: never, while nobody is there yet, or at any time if it only adds."""

    NEVER = "never"
    FIRST = "first"
    ADDS = "adds"


EVERYTHING = frozenset({"*"})
_NOT_COUNTED = {"version"}  # rises with every write, whoever makes it


@dataclass(frozen=True)
class Actor:
    """Who writes, with the rights that stood in the database before this write.

    `link_of`: who made the link by which the person came in, as long as what they do is to carry that name.
    """

    kind: Kind
    id: UUID | None = None
    rights: frozenset[str] = frozenset()
    link_of: str = ""


@dataclass(frozen=True)
class Policy:
    """Who may write a table. Any one of `rights` opens all of its rows; the first one names the refusal.

    `own`: columns of one's own row that need no right; with EVERYTHING such a row may also come and go.
    `owner`: the column that says whose row it is. `columns`: a further right where an update changes that column.
    """

    table: str
    rights: tuple[str, ...]
    own: frozenset[str] = frozenset()
    owner: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    setup: Setup = Setup.NEVER


@dataclass(frozen=True)
class Reach:
    """What some rights open of a table: every row, `but` for changes of these columns; these columns of one's own row."""

    every_row: bool
    but: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rows:
    """What a policy may have to know of the rows that are written; asked only where the answer matters.

    `belong_to(column, person)`: all of them are this person's, before and after. `change(column)`: in one of them at least.
    """

    belong_to: Callable[[str, UUID], bool]
    change: Callable[[str], bool]


Resolve = Callable[[WriteSession, UUID | None], Actor]
Refuse = Callable[[str], NotAllowedError]
Check = Callable[[WriteSession, UUID], None]

_policies: Registry[Policy] = Registry("who may write the table")
_people: list[tuple[Resolve, Refuse]] = []
_invariants: dict[str, list[Check]] = {}


def register(policy: Policy) -> None:
    _policies.add(policy.table, policy)


def actors(resolve: Resolve, refuse: Refuse) -> None:
    """From now on `resolve` tells who acts, and `refuse` words the refusal of somebody who lacks a right."""
    _people[:] = [(resolve, refuse)]


def invariant(table: str, check: Check) -> None:
    """Call `check(session, change_set_id)` at the end of every write that touched a table, before it is committed."""
    _invariants.setdefault(table, []).append(check)


def of(table: str) -> Policy:
    return _policies.require(table)


def every() -> list[Policy]:
    """Room by room."""
    return list(_policies.values())


def missing() -> list[str]:
    """Journalled tables without a policy."""
    return _policies.missing(entity.name for entity in entities.journalled())


def check() -> None:
    """Stop the program at its start where a journalled table has no policy, or a policy names what is not there.

    Raises:
        RuntimeError: with the names.
    """
    if missing():
        raise RuntimeError(f"No room says who may write {', '.join(missing())}; register a policy in its policies.py.")
    unknown = [
        f"{policy.table}.{name}"
        for policy in every()
        for name in {policy.owner, *policy.own, *policy.columns} - {"", *EVERYTHING}
        if name not in entities.table(policy.table).c
    ]
    if unknown:
        raise RuntimeError(f"A policy names columns that are not there: {', '.join(sorted(unknown))}.")


def resolve(session: WriteSession) -> Actor:
    """Who writes in a session. It is the stored role that counts, not that of an object somebody holds."""
    if not _people:
        raise RuntimeError("crm.tables is not loaded: nobody knows who may write.")
    return _people[0][0](session, session.author.by)


def reach(policy: Policy, rights: Collection[str]) -> Reach:
    """What somebody with these rights may write of a table."""
    if not set(policy.rights).intersection(rights):
        return Reach(every_row=False, own=policy.own)
    return Reach(every_row=True, but=tuple(name for name, right in policy.columns.items() if right not in rights))


def ask(actor: Actor, table: str, act: Act, columns: Collection[str], rows: Rows) -> None:
    """Go on only if this actor may do this to these rows.

    Raises:
        NotAllowedError: it names who may.
    """
    lacking = _lacking(actor, of(table), act, frozenset(columns) - _NOT_COUNTED, rows)
    if lacking:
        raise _people[0][1](lacking)


def ask_at_all(actor: Actor, table: str) -> None:
    """Stop early where an actor may write nothing of a table, whatever the rows are."""
    policy = of(table)
    reached = reach(policy, actor.rights)
    if not (reached.every_row or (reached.own and actor.id) or _may_set_up(actor, policy, Act.INSERT)):
        raise _people[0][1](policy.rights[0])


def _lacking(actor: Actor, policy: Policy, act: Act, columns: frozenset[str], rows: Rows) -> str | None:
    """The right that is missing."""
    if _may_set_up(actor, policy, act):
        return None
    reached = reach(policy, actor.rights)
    if reached.every_row:
        barred = (name for name in reached.but if act is Act.UPDATE and name in columns and rows.change(name))
        return next((policy.columns[name] for name in barred), None)
    is_free = reached.own == EVERYTHING or (act is Act.UPDATE and columns <= reached.own)
    if reached.own and is_free and actor.id and rows.belong_to(policy.owner, actor.id):
        return None
    return policy.rights[0]


def _may_set_up(actor: Actor, policy: Policy, act: Act) -> bool:
    if actor.kind is Kind.SETUP and policy.setup is Setup.FIRST:
        return True
    is_program = actor.kind in (Kind.SETUP, Kind.PROGRAM)
    return is_program and policy.setup is Setup.ADDS and act is Act.INSERT


def check_invariants(session: WriteSession, change_set_id: UUID, written: Collection[str]) -> None:
    for table in sorted(_invariants.keys() & set(written)):
        for holds in _invariants[table]:
            holds(session, change_set_id)
