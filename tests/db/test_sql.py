"""What the two engines write differently means the same on both."""

from uuid import UUID

import sqlalchemy as sa

from crm import db
from crm.db.sql import Sql
from crm.ground import keys
from crm.people import machine
from crm.people.models import Draft
from tests.cast import Cast
from tests.conftest import NOON


def test_keys_of_many_rows_are_all_different_and_sort_by_their_time(cast: Cast) -> None:
    before = keys.uuid7()
    with db.read() as session:
        sql = Sql(session)
        made = [UUID(str(key)) for (key,) in sql.rows(f"SELECT {sql.uuid7()} FROM generate_series(1, 500)")]

    assert len(set(made)) == 500
    assert {(key.version, key.variant) for key in made} == {(7, "specified in RFC 4122")}
    assert all(before.int >> 80 <= key.int >> 80 <= keys.uuid7().int >> 80 for key in made)


def test_many_rows_go_in_after_a_result_that_nobody_read_to_its_end(cast: Cast) -> None:
    with db.write(by=machine()) as session:
        session.connection().exec_driver_sql("SELECT * FROM person").first()
        session.connection().execute(
            sa.insert(Draft),
            [{"person_id": cast.mei.id, "form": form, "fields": {}, "saved_at": NOON} for form in "ab"],
        )

    with db.read() as session:
        assert Sql(session).scalar("SELECT count(*) FROM draft") == 2
