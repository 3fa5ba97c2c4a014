"""What only fills a place says nothing: it leads to nobody, overwrites nothing and refuses no row."""

import pytest
from sqlmodel import select

from crm import db
from crm.clients.models import Client, ContactMethod
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems
from tests.imports.test_clients import client
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long


@pytest.mark.parametrize("nothing", ["-", "--", "N/A", "无", "null", "/"])
def test_two_clients_without_telegram_are_two_clients(cast: Cast, nothing: str) -> None:
    first = bring_in(cast.mei, "clients", f"Name,Telegram,Phone,Email,Tier\nAnn,{nothing},{nothing},{nothing},VIP1\n")
    second = bring_in(cast.mei, "clients", f"Name,Telegram,Phone,Email,Tier\nBob,{nothing},{nothing},{nothing},VIP9\n")

    assert (first.counts, second.counts) == (counts(created=1), counts(created=1))
    with db.read() as session:
        tiers = {one.name: one.tier for one in session.exec(select(Client)) if one.name in ("Ann", "Bob")}
        reached = set(session.exec(select(ContactMethod.value)).all())
    assert tiers == {"Ann": "VIP1", "Bob": "VIP9"}
    assert nothing not in reached


def test_a_place_that_is_only_filled_refuses_no_row_and_is_told(cast: Cast) -> None:
    done = bring_in(
        cast.mei,
        "clients",
        "UID,Name,Status,Birthday,Joined,Tier,Country,Manager,Venue\n0042,Ann,-,N/A,无,-,-,-,-\n0043,Bob,active,1980-05-06,2025-01-02,VIP1,PL,,\n",
    )

    assert done.counts == counts(created=2)
    assert {(line, reason) for line, _, reason in problems(cast.mei, done)} == {
        (2, "says nothing; it is read as unknown")
    }
    found = client("0042")
    assert (found.tier, found.birthday, found.joined_on, found.country) == (None, None, None, None)
    assert found.attributes == {}


def test_a_row_must_still_say_what_it_cannot_do_without(cast: Cast) -> None:
    done = bring_in(cast.mei, "daily_activity", f"uid,day,volume\n{cast.harbour.uid},2026-03-14,-\n-,2026-03-14,5\n")

    assert done.counts == counts(refused=2)
    assert [line for line, _, reason in problems(cast.mei, done) if reason.startswith("is missing")] == [2, 3]


@pytest.mark.parametrize(
    "written",
    ["'743073123456789125", "''743073123456789125", "743073123456789125\u200b", "\u202a743073123456789125\u202c"],
)
def test_a_uid_is_the_same_with_what_kept_it_a_text_and_with_what_nobody_sees(cast: Cast, written: str) -> None:
    bring_in(cast.mei, "clients", "uid,name\n743073123456789125,Alder\n")

    again = bring_in(cast.mei, "clients", f"uid,name\n{written},Alder\n")

    assert again.counts == counts(unchanged=1)
