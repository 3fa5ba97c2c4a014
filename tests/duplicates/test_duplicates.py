"""Who may be one client: found by what they share and by what they are called, in any writing."""

import random
import time
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from crm import clients, db, duplicates
from crm.clients import Client, ContactKind, NewClient, NewContactMethod
from crm.clients.models import NotDuplicate
from crm.ground.errors import InvalidError, NotAllowedError, NotFoundError
from crm.people import Person
from tests.cast import Cast
from tests.share import long_only


def add(by: Person, name: str, *handles: tuple[str, str], **fields: Any) -> Client:
    ways = [NewContactMethod(kind=ContactKind(kind), value=value) for kind, value in handles]
    with db.write(by=by, why="add") as session:
        return clients.add(session, by, NewClient(name=name, handles=ways, **fields))


def found(by: Person) -> list[tuple[set[str], list[str]]]:
    """The names of each pair and what they share, the likeliest first."""
    with db.read() as session:
        seen = duplicates.candidates(session, by)
    return [({seen.lines[i].name for i in pair.ids}, [reason.shared for reason in pair.reasons]) for pair in seen.pairs]


def test_a_shared_address_phone_or_handle_is_a_reason(cast: Cast) -> None:
    add(cast.mei, "Kestrel", ("email", "desk@harbour.example"), ("phone", "+49301234567"))
    add(cast.mei, "Magpie", ("whatsapp", "+49 30 1234567"), ("telegram", "@Magpie"))
    add(cast.mei, "Rook", ("telegram", "https://t.me/magpie"))

    assert found(cast.mei) == [
        ({"Kestrel", "Harbour Capital"}, ["email"]),
        ({"Kestrel", "Magpie"}, ["phone"]),
        ({"Magpie", "Rook"}, ["handle"]),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbour Capital", "Harbor Capital Ltd."),
        ("Harbour Capital", "CAPITAL, Harbour"),
        ("Ångström Fonds GmbH", "Angstrom Fonds"),
        ("Katarzyna Wójcik", "Katarzyna Wojcik"),
        ("張偉", "张伟"),
        ("王大錘", "王大锤"),
        ("深圳市腾讯科技有限公司", "深圳騰訊科技"),
        ("Ｈａｒｂｏｕｒ　Capital", "harbour capital"),
    ],
)
def test_names_that_are_alike(one: str, other: str) -> None:
    names = [duplicates.plain(one), duplicates.plain(other)]

    assert duplicates.likeness(*names) >= 90
    assert [pair[:2] for pair in duplicates.alike(names)] == [(0, 1)]
    assert [pair[:2] for pair in duplicates.alike(names[:1], names[1:])] == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"), [("Wei Zhang", "Wen Zhang"), ("张伟", "张炜"), ("Li Na", "Li An"), ("", ""), ("Ltd", "Inc")]
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert duplicates.likeness(duplicates.plain(one), duplicates.plain(other)) == 0


def test_a_uid_at_two_venues_counts_with_the_same_name_only(cast: Cast) -> None:
    add(cast.mei, "Harbour Capital Ltd", venue="Bybit", uid=cast.harbour.uid)
    add(cast.mei, "Somebody Else", venue="CoinEx", uid=cast.harbour.uid)

    assert found(cast.mei) == [({"Harbour Capital", "Harbour Capital Ltd"}, ["uid", "name"])]


def test_two_birthdays_are_two_people_and_one_country_makes_it_surer(cast: Cast) -> None:
    add(cast.mei, "Jonas Falkenberg", birthday=date(1980, 1, 1), country="DE")
    add(cast.mei, "Jonas Falkenberg", birthday=date(1981, 1, 1), country="DE")
    third = add(cast.mei, "Falkenberg Jonas", country="DE")

    with db.read() as session:
        pairs = duplicates.candidates(session, cast.mei).pairs
    assert len(pairs) == 2
    assert all(third.id in pair.ids for pair in pairs)
    assert [pair.score for pair in pairs] == [72, 72]


def test_everybody_finds_only_among_the_clients_they_see(cast: Cast) -> None:
    add(cast.tomas, "Harbour Capital", ("email", "desk@harbour.example"))

    assert found(cast.mei) == found(cast.tomas) == found(cast.oskar) == found(cast.ada) == []
    assert found(cast.nadia) == [({"Harbour Capital"}, ["email", "name"])]


def test_closed_clients_and_those_said_to_be_two_are_left_out(cast: Cast) -> None:
    twin = add(cast.mei, "Harbour Capital")
    closed = add(cast.mei, "Harbour Capital Ltd")
    with db.write(by=cast.mei) as session:
        clients.close(session, cast.mei, closed.id)
        assert duplicates.not_duplicates(session, cast.mei, [twin.id, cast.harbour.id]) == 1

    assert found(cast.mei) == []
    with db.write(by=cast.mei) as session:
        assert duplicates.not_duplicates(session, cast.mei, [cast.harbour.id, twin.id]) == 0
        (kept,) = session.exec(select(NotDuplicate)).all()
    assert kept.said_by == cast.mei.id
    with pytest.raises(NotFoundError), db.write(by=cast.mei) as session:
        duplicates.not_duplicates(session, cast.mei, [twin.id, cast.northlight.id])
    with pytest.raises(NotAllowedError), db.write(by=cast.ada) as session:
        duplicates.not_duplicates(session, cast.ada, [twin.id, cast.harbour.id])


def test_what_hangs_together_is_one_group_and_the_fullest_record_stays(cast: Cast) -> None:
    a, b, c, d, e = (UUID(int=n) for n in range(5))
    assert duplicates.grouped([(a, b), (c, d), (e, b), (d, c)]) == [(a, b, e), (c, d)]

    bare = add(cast.mei, "Harbour Capital")
    with db.read() as session:
        (merge,) = duplicates.merges_of(session, cast.mei, [(bare.id, cast.harbour.id)])
        with pytest.raises(InvalidError, match="at most 20"):
            duplicates.merges_of(session, cast.mei, [tuple(UUID(int=n) for n in range(21))])
    assert (merge.keep_id, merge.other_ids) == (cast.harbour.id, [bare.id])


def test_whom_a_new_client_resembles(cast: Cast) -> None:
    typed = NewClient(
        name="harbor capital",
        venue="Bybit",
        uid="0001",
        handles=[NewContactMethod(kind=ContactKind.EMAIL, value="Desk@Harbour.example")],
    )
    with db.read() as session:
        seen = duplicates.resembling(session, cast.mei, typed)
        foreign = duplicates.resembling(session, cast.tomas, typed)
        chinese = duplicates.resembling(session, cast.mei, NewClient(name="蓮花資本"))
        nothing = duplicates.resembling(session, cast.mei, NewClient(name="Quite another"))

    assert [(one.name, sorted(reason.shared for reason in one.reasons)) for one in seen] == [
        ("莲花资本", ["uid"]),
        ("Harbour Capital", ["email", "name"]),
    ]
    assert (foreign, nothing) == ([], [])
    assert [one.name for one in chinese] == ["莲花资本"]


@long_only
def test_twenty_thousand_clients_take_seconds(cast_on_duckdb: Cast) -> None:
    dice = random.Random(7)  # noqa: S311 -- a test's dice
    parts = (
        "ka",
        "lo",
        "mi",
        "ren",
        "ta",
        "su",
        "vo",
        "bel",
        "dor",
        "fin",
        "gar",
        "hal",
        "ist",
        "jon",
        "kor",
        "mer",
        "nor",
        "zen",
    )
    words = ["".join(dice.choices(parts, k=dice.randint(2, 4))).title() for _ in range(6000)]
    names = [f"{dice.choice(words)} {dice.choice(words)}" for _ in range(20_000)]
    names[1::100] = [f"{name[:-2]}{name[-1]}" for name in names[::100]]
    with db.write(by=cast_on_duckdb.mei, why="many", kind="import") as session:
        rows = [
            Client(
                number=100 + n,
                venue="OKX",
                uid=f"u{n}",
                name=name,
                manager_id=cast_on_duckdb.mei.id,
                search_text=name.lower(),
            )
            for n, name in enumerate(names)
        ]
        session.add_all(rows)

    started = time.perf_counter()
    with db.read() as session:
        seen = duplicates.candidates(session, cast_on_duckdb.mei)
    looked = time.perf_counter() - started
    started = time.perf_counter()
    with db.read() as session:
        hinted = duplicates.resembling(session, cast_on_duckdb.mei, NewClient(name=names[5000]))
    hint = time.perf_counter() - started

    print(f"candidates among 20,000: {looked:.2f} s, {seen.total} pairs; the hint: {hint * 1000:.0f} ms")  # noqa: T201
    planted = {frozenset((rows[n].id, rows[n + 1].id)) for n in range(0, 20_000, 100)}
    assert len(planted & {frozenset(pair.ids) for pair in seen.pairs}) > 185
    assert names[5000] in {one.name for one in hinted}
    assert looked < 15
