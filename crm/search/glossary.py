"""Words of one meaning, as a lead keeps them: what is looked for beside what was typed."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from crm import clients, journal, people
from crm.db.sessions import WriteSession
from crm.ground import limits
from crm.ground.errors import InvalidError, NotFoundError
from crm.people import Person, Right
from crm.search import folding
from crm.search.models import GlossaryEntry, Meaning


def entries(session: Session) -> Sequence[GlossaryEntry]:
    """All of them, the oldest first; whoever is signed in may read them."""
    return session.exec(select(GlossaryEntry).order_by(col(GlossaryEntry.id))).all()


def add(session: WriteSession, by: Person, meaning: Meaning) -> GlossaryEntry:
    people.require(by, Right.GLOSSARY)
    found = GlossaryEntry(words=_checked(meaning))
    session.add(found)
    session.flush()
    return found


def change(session: WriteSession, by: Person, entry_id: UUID, meaning: Meaning) -> GlossaryEntry:
    """Give an entry other words.

    Raises:
        ConflictError: somebody changed it since `version`.
    """
    people.require(by, Right.GLOSSARY)
    found = _get(session, entry_id)
    moved = journal.versions.moved(found, {"words": _checked(meaning)}, meaning.version or found.version, "this entry")
    for name, value in moved.items():
        setattr(found, name, value)
    session.flush()
    return found


def remove(session: WriteSession, by: Person, entry_id: UUID) -> None:
    people.require(by, Right.GLOSSARY)
    session.delete(_get(session, entry_id))
    session.flush()


def _get(session: Session, entry_id: UUID) -> GlossaryEntry:
    found = session.get(GlossaryEntry, entry_id)
    if not found:
        raise NotFoundError("There is no such entry in the glossary.")
    return found


def _checked(meaning: Meaning) -> list[str]:
    """Each word once, however it is written."""
    kept: dict[str, str] = {}
    for word in meaning.words:
        clients.check_text("words", word, limits.CODE)
        plain = " ".join(folding.PARTS.findall(folding.folded(word)))
        if plain:
            kept.setdefault(plain, " ".join(word.split()))
    if len(kept) < 2:  # noqa: PLR2004 -- one word alone says nothing
        raise InvalidError("An entry of the glossary needs two words or more that mean the same.", at="words")
    return list(kept.values())
