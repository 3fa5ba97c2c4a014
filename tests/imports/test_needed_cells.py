"""What a row cannot do without: it is refused by itself, in words, and the others go in."""

import pytest
import sqlalchemy as sa

from crm import db
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long


@pytest.mark.parametrize(
    ("kind", "header", "good", "lacking", "column"),
    [
        (
            "interactions",
            "uid,when,type,summary",
            "0001,2026-01-07 10:00,call,spoke",
            "0001,2026-01-05 10:00,call,",
            "summary",
        ),
        ("interactions", "uid,when,type,summary", "0001,2026-01-07 10:00,call,spoke", "0001,,call,spoke", "when"),
        ("tasks", "uid,title,priority", "0001,Call,high", "0001,,high", "title"),
        ("trades", "uid,time,price,quantity", "0001,2026-01-07 10:00,2,3", "0001,2026-01-08 10:00,,3", "price"),
        ("trades", "uid,time,price,quantity", "0001,2026-01-07 10:00,2,3", "0001,2026-01-08 10:00,2,", "quantity"),
        ("trades", "uid,time,volume usd", "0001,2026-01-07 10:00,6", "0001,,6", "time"),
        ("daily_activity", "uid,day,volume", "0001,2026-01-07,6", "0001,2026-01-08,", "volume"),
        ("balances", "uid,day,equity,deposits", "0001,2026-01-07,,0", "0001,2026-01-08,,", "equity"),
    ],
)
def test_a_row_that_lacks_what_it_needs_is_refused_and_the_others_go_in(
    cast: Cast, kind: str, header: str, good: str, lacking: str, column: str
) -> None:
    done = bring_in(cast.mei, kind, f"{header}\n{good}\n{lacking}\n")

    assert done.counts == counts(created=1, refused=1)
    assert problems(cast.mei, done) == [(3, column, "is missing")]


def test_what_is_given_for_all_rows_is_not_missing(cast: Cast) -> None:
    done = bring_in(cast.mei, "interactions", "uid,summary\n0001,spoke\n", values={"happened_at": "2026-01-07 10:00"})

    assert done.counts == counts(created=1)


def test_an_amount_that_is_unknown_is_not_nought(cast: Cast) -> None:
    bring_in(cast.mei, "balances", "uid,day,equity,deposits\n0001,2026-01-07,5,\n")

    with db.read() as session:
        assert session.connection().execute(sa.text("SELECT deposits_usd FROM balance")).scalar_one() is None
