"""A column that says the same over and over is understood once for each spelling, and each row as if it stood alone."""

import csv
import io
from datetime import date
from typing import Any

from crm.imports import Certificate
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems
from tests.imports.test_clients import client

# Texts with blanks, quotes and faults; `None` in what is expected is a fault that refuses the row.
SPELLINGS: list[tuple[Any, ...]] = [
    ("Germany", "VIP 3", "1980-04-03", "whale; otc", ("DE", "VIP3", date(1980, 4, 3), ["whale", "otc"])),
    (" germany\u00a0", "vip-3", " 1980/04/03", "otc;", ("DE", "VIP3", date(1980, 4, 3), ["otc"])),
    ("Atlantis", "Gold", "", "", (None, "Gold", None, [])),
    ("", "VIP 99", "1980-04-03", "otc", None),
    ("DE", "Gold", "1980-02-31", "otc", None),
    ("'=Germany", "", "19800403", "", ("DE", None, date(1980, 4, 3), [])),
]
TIMES = 20


def brought_in(cast: Cast) -> tuple[Certificate, list[str]]:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["uid", "name", "country", "tier", "birthday", "tags"])
    uids = [f"{7000 + i}" for i in range(TIMES * len(SPELLINGS))]
    rows.writerows([uid, f"Client {uid}", *SPELLINGS[i % len(SPELLINGS)][:4]] for i, uid in enumerate(uids))
    return bring_in(cast.mei, "clients", file.getvalue()), uids


def test_repeated_cells_are_understood_in_each_of_their_rows(cast: Cast) -> None:
    done, uids = brought_in(cast)

    assert done.counts == counts(created=4 * TIMES, refused=2 * TIMES)
    for i, uid in enumerate(uids):
        expected = SPELLINGS[i % len(SPELLINGS)][-1]
        if expected is not None:
            found = client(uid)
            assert (found.country, found.tier, found.birthday, found.tags) == expected


def test_problems_of_repeated_cells_are_said_of_each_of_their_rows(cast: Cast) -> None:
    done, _ = brought_in(cast)

    assert sorted(problems(cast.mei, done)) == sorted(
        (len(SPELLINGS) * again + line, column, reason)
        for again in range(TIMES)
        for line, column, reason in (
            (4, "country", "is not a country that is known here; it is kept as text"),
            (5, "tier", "is not a tier of any venue"),
            (6, "birthday", "is not a day that can be"),
        )
    )
