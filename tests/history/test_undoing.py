"""The one door of undo: rooms are asked before, choose the rows, and follow afterwards."""

import ast
from uuid import UUID

import pytest
from sqlmodel import Session

from crm import clients, db, history, journal
from crm.clients import ClientChange
from crm.ground.errors import NotAllowedError
from crm.history import registry
from crm.people import Person
from tests.cast import Cast
from tests.test_house import FILES, ROOT


def raised(cast: Cast) -> UUID:
    with db.write(by=cast.mei) as session:
        now = clients.get(session, cast.mei, cast.harbour.id)
        clients.change(session, cast.mei, now.id, ClientChange(version=now.version, tier="VIP9"))
        return journal.notes(session).change_set_id


def tier(cast: Cast) -> str | None:
    with db.read() as session:
        return clients.get(session, cast.mei, cast.harbour.id).tier


def test_what_one_room_forbids_is_not_taken_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = raised(cast)

    def never(_session: Session, _by: Person, _change_set_id: UUID) -> None:
        raise NotAllowedError("This stays.")

    monkeypatch.setattr(registry, "guards", [*registry.guards, never])
    with pytest.raises(NotAllowedError, match="This stays"), db.write(by=cast.mei, kind="undo") as session:
        history.undo(session, cast.mei, made)

    assert tier(cast) == "VIP9"


def test_what_follows_from_an_undo_is_written_with_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made, told = raised(cast), []
    monkeypatch.setattr(
        registry, "consequences", [*registry.consequences, lambda _s, by, taken: told.append((by.name, taken))]
    )

    with db.write(by=cast.mei, kind="undo") as session:
        history.undo(session, cast.mei, made)

    [(who, taken)] = told
    assert (who, taken.change_set_id, taken.undone.rows, taken.is_whole) == ("Mei Lin", made, 1, True)
    assert tier(cast) == "VIP4"


def test_nothing_in_the_house_goes_past_the_door() -> None:
    past = []
    for path in (p for p in FILES if p.is_relative_to(ROOT / "crm") or p.is_relative_to(ROOT / "pages")):
        calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
        undoing = [
            f for f in calls if isinstance(f, ast.Attribute) and f.attr == "undo" and ast.unparse(f.value) == "journal"
        ]
        if undoing and not path.is_relative_to(ROOT / "crm" / "history"):
            past.append(str(path.relative_to(ROOT)))

    assert past == []
