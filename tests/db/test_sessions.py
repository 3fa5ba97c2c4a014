"""A change is kept whole or not at all, and a refusal of the database is a sentence."""

import threading

import pytest
from sqlmodel import Session, func, select

from crm import db, journal
from crm.db.sessions import WriteSession
from crm.ground.errors import BusyError, ConflictError
from crm.people import Team
from tests.cast import Cast


def teams() -> set[str]:
    with db.read() as session:
        return set(session.exec(select(Team.name)).all())


def test_the_same_name_twice_is_one_sentence(cast: Cast) -> None:
    with pytest.raises(ConflictError, match="There is one with the same key already"), db.write(by=cast.ada) as session:
        session.add_all([Team(name="North"), Team(name="North")])

    assert "North" not in teams()


def test_an_error_half_way_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(ConflictError), db.write(by=cast.ada) as session:
        _found_and_fail(session)

    assert "North" not in teams()


def test_many_writers_at_once_all_get_their_turn(cast: Cast) -> None:
    failures: list[Exception] = []

    def found(name: str) -> None:
        try:
            with db.write(by=cast.ada) as session:
                session.add(Team(name=name))
        except (BusyError, ConflictError) as error:
            failures.append(error)

    writers = [threading.Thread(target=found, args=(f"Team {number}",)) for number in range(12)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert failures == []
    assert {f"Team {number}" for number in range(12)} <= teams()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_team_that_people_are_in_stays(cast: Cast) -> None:
    with pytest.raises(ConflictError, match="still refers to this"), db.write(by=cast.ada) as session:
        session.delete(session.get_one(Team, cast.mei.team_id))

    assert len(teams()) == 2


def _found_and_fail(session: WriteSession) -> None:
    session.add(Team(name="North"))
    session.flush()
    raise ConflictError("Somebody was faster.")


def test_a_look_sees_the_data_version_of_its_moment_and_the_next_one_the_new(cast: Cast) -> None:
    with db.read() as early:
        before = journal.data_version(early)
        with db.write(by=cast.ada) as session:
            session.add(Team(name="North"))
        assert journal.data_version(early) in {before, before + 1}  # PostgreSQL reads what is committed
    with db.read() as late:
        assert journal.data_version(late) == before + 1


def test_a_question_is_asked_once_in_a_look_and_anew_while_writing(cast: Cast) -> None:
    asked: list[int] = []

    def question(session: Session) -> int:
        asked.append(1)
        return session.exec(select(func.count()).select_from(Team)).one()

    with db.read() as session:
        assert db.once(session, question) == db.once(session, question) == 2
    assert len(asked) == 1
    with db.write(by=cast.ada) as session:
        assert db.once(session, question) == 2
        session.add(Team(name="North"))
        session.flush()
        assert db.once(session, question) == 3
