"""Finding anything: what somebody typed, among what they may see, the likeliest first."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
import tantivy
from sqlmodel import Session, col

from crm import clients, db, people
from crm.ground.errors import InvalidError
from crm.people import Person, Right
from crm.search import follower, glossary, parsing, sentences
from crm.search.asking import Question
from crm.search.parsing import Clause, Terms
from crm.search.sources import SOURCES, Shown

MOST, SPARE = 50, 10
_LOOKS = 4  # times as many are asked for where what was found may not be seen


@dataclass(frozen=True)
class Hit:
    """A thing that was found. `sentence`: where in it, `marks`: spans of letters; `score`: of the best one's, which has 1.

    `about`: what its client is called, "" where it is about none.
    """

    kind: str
    id: UUID
    external_id: str | None
    title: str
    sentence: str
    marks: tuple[sentences.Mark, ...]
    score: float
    client_id: UUID | None
    about: str = ""


class Hits(list[Hit]):
    """The likeliest first; `is_complete` is False where what was written last may be missing yet."""

    is_complete: bool = True


_Row = tuple[str, Shown, float]  # of which kind, the row, how well it fits


@dataclass(frozen=True)
class _Wanted:
    """Who looks for what."""

    viewer: Person
    clauses: Sequence[Clause]
    kinds: Collection[str] | None
    limit: int


@dataclass(frozen=True)
class _Reach:
    """Whose things a viewer sees: of which clients (None: all), and whose own."""

    client_ids: Sequence[UUID] | None
    person_ids: Sequence[UUID]


def find(session: Session, viewer: Person, text: str, kinds: Collection[str] | None = None, limit: int = 5) -> Hits:
    """What the viewer may see of what holds the text; `kinds` are names of sources, `limit` at most 50.

    Raises:
        InvalidError: there is no such kind.
    """
    _check(kinds)
    hits = Hits()
    moment = db.moment(session)
    clauses = parsing.clauses(text, _terms(session, moment))
    if not clauses:
        return hits
    wanted = _Wanted(viewer, clauses, kinds, min(max(limit, 1), MOST))
    rows, hits.is_complete = _asked(session, wanted, moment)
    words = [part for clause in clauses for phrase in clause.phrases for part in phrase]
    best = rows[0][2] if rows else 0.0
    called = _called(session, viewer, {row.client_id for _, row, _ in rows if row.client_id})
    hits.extend(_hit(row, best, words, called) for row in rows)
    return hits


def _called(session: Session, viewer: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """What the viewer calls these clients."""
    named = clients.named(viewer)
    return dict(session.execute(sa.select(named.c.id, named.c.name).where(named.c.id.in_(ids))).tuples().all())


def _asked(session: Session, wanted: _Wanted, moment: Hashable) -> tuple[list[_Row], bool]:
    """The answers, and whether nothing is missing; an index that turns out to be damaged is made anew and asked again."""
    with follower.guarded() as fault:
        found, is_complete = follower.searcher(moment)
        return _Looking(session, wanted, found).first(), is_complete
    follower.mend(fault[0])
    found, is_complete = follower.searcher(moment)
    return _Looking(session, wanted, found).first(), is_complete


class _Looking:
    """One search, first for all that was typed, then for half of it."""

    def __init__(self, session: Session, wanted: _Wanted, found: tantivy.Index) -> None:
        self._session, self._wanted = session, wanted
        self._question, self._searcher = Question(found.schema, wanted.clauses), found.searcher()
        self._reach = _reach(session, wanted.viewer)

    def first(self) -> list[_Row]:
        rows: dict[str, _Row] = {}
        for asked in (self._question.strict, self._question.loose):
            reach = self._reach
            query = self._question.narrowed(asked(), self._wanted.kinds, reach.client_ids, reach.person_ids)
            for row in self._seen(query, rows):
                rows[f"{row[0]}:{row[1].id}"] = row
                if len(rows) >= self._wanted.limit:
                    return _falling(rows.values())
        return _falling(rows.values())

    def _seen(self, query: tantivy.Query, known: Collection[str]) -> Iterator[_Row]:
        """What the viewer sees of the answers; more are asked for as long as too few of them are."""
        wanted, offset = self._wanted.limit + SPARE, 0
        for _ in range(_LOOKS):
            answers = self._searcher.search(query, wanted, count=False, offset=offset).hits
            keys = {str(self._searcher.doc(address)["key"][0]): score for score, address in answers}
            shown = _shown(self._session, self._wanted.viewer, keys)
            for key, score in keys.items():
                if key in shown and key not in known:
                    yield key.partition(":")[0], shown[key], score
            if len(answers) < wanted:
                return
            offset, wanted = offset + wanted, wanted * 4


def _falling(rows: Collection[_Row]) -> list[_Row]:
    """What holds only half stands below what holds all, with no higher score."""
    lowest, told = float("inf"), []
    for kind, shown, score in rows:
        lowest = min(lowest, score)
        told.append((kind, shown, lowest))
    return told


def _shown(session: Session, viewer: Person, keys: Collection[str]) -> Mapping[str, Shown]:
    """The rows as the viewer may see them, by the rule of each room."""
    ids: dict[str, list[UUID]] = {}
    for key in keys:
        kind, _, one = key.partition(":")
        ids.setdefault(kind, []).append(UUID(one))
    rows = ((kind, SOURCES[kind].shown(session, viewer, some)) for kind, some in ids.items() if kind in SOURCES)
    return {f"{kind}:{key}": row for kind, found in rows for key, row in found.items()}


def _reach(session: Session, viewer: Person) -> _Reach:
    if clients.sees_all(viewer):
        return _Reach(None, ())
    own = session.exec(clients.visible_ids(viewer)).all()
    team = sa.select(col(Person.id)).where(col(Person.team_id) == viewer.team_id)
    leads = viewer.team_id is not None and people.may(viewer, Right.UNDO_OTHERS)
    colleagues = session.execute(team).scalars().all() if leads else ()
    return _Reach(own, [viewer.id, *colleagues])


def _hit(found: _Row, best: float, words: Sequence[str], called: Mapping[UUID, str]) -> Hit:
    kind, row, score = found
    sentence, marks = sentences.best(row.texts or (row.title,), words)
    share = round(score / best, 3) if best else 1.0
    about = called.get(row.client_id, "") if row.client_id else ""
    return Hit(kind, row.id, row.external_id, row.title, sentence, marks, share, row.client_id, about)


def _check(kinds: Collection[str] | None) -> None:
    for kind in kinds or ():
        if kind not in SOURCES:
            raise InvalidError("“{kind}” is none of {kinds}.", kind=kind, kinds=", ".join(sorted(SOURCES)))


_kept: dict[Hashable, Terms] = {}


def _terms(session: Session, moment: Hashable) -> Terms:
    """The glossary, read again after anything was written; what several processes write, at every search."""
    if moment is None or moment not in _kept:
        terms = parsing.terms(one.words for one in glossary.entries(session))
        _kept.clear()
        _kept[moment] = terms
    return _kept[moment]
