"""What is written a moment later must not come back after it was dropped."""

import threading

from crm import db, people
from crm.web.kit import write_behind
from tests.cast import Cast


def test_a_draft_on_its_way_into_the_database_does_not_outlive_its_form(cast_on_duckdb: Cast) -> None:
    mei = cast_on_duckdb.mei.id
    write_behind._drafts[mei, "log"] = {"summary": "a sentence"}
    writer = threading.Thread(target=write_behind.flush)

    with db.write():  # nobody else gets in: the draft has been taken, and waits
        writer.start()
        while write_behind._drafts:
            pass
    write_behind.drop(mei, "log")
    writer.join()

    with db.read() as session:
        assert people.drafts.find(session, mei, "log") is None
