"""The PostgreSQL database that tests take turns on holds nothing of the test before, whatever that one did to it."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.spare import Spare


@pytest.fixture
def turns(postgresql: str) -> Iterator[Spare]:
    made = Spare(postgresql, "empty")
    yield made
    made.close()


def after(turns: Spare, *statements: str) -> tuple[str, str, list[str], int]:
    """What the next test finds once these were run: its database, the one before, names of people, the first number."""
    before = turns.ready()
    _run(before, *statements)
    url = turns.ready()
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        names = list(connection.exec_driver_sql("SELECT name FROM person").scalars())
        number = connection.exec_driver_sql("SELECT nextval('client_number')").scalar_one()
    engine.dispose()
    return before, url, names, number


def _run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_rows_and_numbers_are_those_of_the_beginning(turns: Spare) -> None:
    before, url, names, number = after(turns, "UPDATE person SET name = 'Somebody'", "SELECT nextval('client_number')")

    assert (url, names, number) == (before, ["Desk"], 1)


def test_a_table_a_column_or_a_version_that_somebody_changed_makes_it_anew(turns: Spare) -> None:
    for change in (
        "CREATE TABLE another (id int)",
        "ALTER TABLE client DROP COLUMN notes",
        "UPDATE alembic_version SET version_num = '0000'",
        "CREATE INDEX another ON client (name)",
    ):
        before, url, *_ = after(turns, change)

        assert url != before, change


def test_whoever_still_holds_it_is_sent_away(turns: Spare) -> None:
    before = turns.ready()
    engine = sa.create_engine(before)
    with engine.connect() as left_open:
        left_open.exec_driver_sql("LOCK TABLE client IN ACCESS EXCLUSIVE MODE")

        url = turns.ready()

        assert url == before
        _run(url, "SELECT 1 FROM client")
        with pytest.raises(sa.exc.OperationalError):
            left_open.exec_driver_sql("SELECT 1")
    engine.dispose()


def test_what_was_entered_in_its_template_is_there_again(postgresql: str) -> None:
    template = Spare(postgresql, "empty")
    _run(template.ready(), "UPDATE person SET name = 'Somebody'", "SELECT nextval('client_number')")
    copy = Spare(postgresql, template.name)

    before, url, names, number = after(copy, "DELETE FROM person", "SELECT setval('client_number', 70)")

    assert (url, names, number) == (before, ["Somebody"], 2)
    copy.close()
    template.close()
