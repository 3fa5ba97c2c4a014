"""What a person chooses on the mapping: lists that replace or remove, cells that erase, values for all rows, orders."""

import pytest

from crm import clients, db, imports
from crm.clients.models import Client
from crm.ground.errors import InvalidError
from crm.intake import Lists
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything, problems, staged, take_back
from tests.imports.test_clients import client
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long


def reached(cast: Cast, found: Client) -> set[tuple[str, str]]:
    with db.read() as session:
        return {(h.kind, h.value) for h in clients.contact_methods.of_client(session, cast.nadia, found.id)}


def harbours(cast: Cast, **cells: str) -> str:
    return f"uid,{','.join(cells)}\n{cast.harbour.uid},{','.join(cells.values())}\n"


@pytest.mark.parametrize(
    ("lists", "tags"), [(Lists.APPEND, ["a", "b", "c"]), (Lists.REPLACE, ["b", "c"]), (Lists.REMOVE, ["a"])]
)
def test_tags_of_a_file_are_added_take_the_place_or_go_and_the_second_time_nothing_changes(
    cast: Cast, lists: Lists, tags: list[str]
) -> None:
    bring_in(cast.mei, "clients", harbours(cast, tags="a;b"))
    before = everything()

    done = bring_in(cast.mei, "clients", harbours(cast, tags="b;c"), lists=lists)
    after = client(cast.harbour.uid or "").tags
    again = bring_in(cast.mei, "clients", harbours(cast, tags="b;c"), lists=lists)
    take_back(cast.mei, done)

    assert (done.counts, again.counts) == (counts(changed=1), counts(unchanged=1))
    assert after == tags
    assert everything() == before


def test_removing_all_tags_that_stand_there_is_a_change(cast: Cast) -> None:
    bring_in(cast.mei, "clients", harbours(cast, tags="a;b"))

    done = bring_in(cast.mei, "clients", harbours(cast, tags="a;b"), lists=Lists.REMOVE)

    assert done.counts == counts(changed=1)
    assert client(cast.harbour.uid or "").tags == []


def test_addresses_take_the_place_of_those_of_their_kind(cast: Cast) -> None:
    bring_in(cast.mei, "clients", harbours(cast, email="old@harbour.example", phone="+49 30 1234567"))
    before = everything()
    text = harbours(cast, email="desk@harbour.example", phone="")

    done = bring_in(cast.mei, "clients", text, lists=Lists.REPLACE)
    left = reached(cast, cast.harbour)
    again = bring_in(cast.mei, "clients", text, lists=Lists.REPLACE)
    take_back(cast.mei, done)

    assert left == {("email", "desk@harbour.example"), ("phone", "+49301234567")}
    assert (done.counts, again.counts) == (counts(changed=1), counts(unchanged=1))
    assert everything() == before


def test_an_address_by_which_alone_a_row_is_known_is_not_removed(cast: Cast) -> None:
    bring_in(cast.mei, "clients", harbours(cast, phone="+49 30 1234567"))
    text = "email,phone\ndesk@harbour.example,+49 30 1234567\nnobody@x.example,\n"

    done = bring_in(cast.mei, "clients", text, lists=Lists.REMOVE)
    again = bring_in(cast.mei, "clients", text, lists=Lists.REMOVE)

    assert (done.counts, again.counts) == (counts(changed=1, refused=1), counts(unchanged=1, refused=1))
    assert reached(cast, cast.harbour) == {("email", "desk@harbour.example")}
    assert "only known rows" in problems(cast.mei, done)[0][2]


def test_empty_cells_erase_where_it_is_chosen_and_undo_brings_back(cast: Cast) -> None:
    full = {"tier": "VIP 4", "country": "HK", "notes": "calls early", "tags": "a", "email": "x@h.example", "Desk": "4"}
    bring_in(cast.mei, "clients", harbours(cast, **full))
    before = everything()
    text = harbours(cast, **dict.fromkeys(full, ""))
    names = ("Tier", "notes", "tags", "email", "Desk")

    untouched = bring_in(cast.mei, "clients", text)
    done = bring_in(cast.mei, "clients", text, erasing=names)
    found = client(cast.harbour.uid or "")
    left = reached(cast, found)
    again = bring_in(cast.mei, "clients", text, erasing=names)
    take_back(cast.mei, done)

    assert (untouched.counts, done.counts, again.counts) == (
        counts(unchanged=1),
        counts(changed=1),
        counts(unchanged=1),
    )
    assert (found.tier, found.country, found.notes, found.tags, found.attributes) == (None, "HK", "", [], {})
    assert "early" not in found.search_text
    assert left == set()
    assert everything() == before


def test_a_cell_that_is_not_understood_does_not_erase(cast: Cast) -> None:
    text = f"uid,country\n{cast.harbour.uid},Atlantis\n{cast.lotus.uid},Peru\n77,Norway\n"

    bring_in(cast.mei, "clients", text, erasing=("country",))

    assert client(cast.harbour.uid or "").country == "HK"


def test_what_can_never_be_empty_cannot_be_erased(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="Empty cells of manager cannot erase"):
        bring_in(cast.mei, "clients", "uid,manager\n11,\n", erasing=("manager",))


def test_the_preview_shows_what_would_go(cast: Cast) -> None:
    bring_in(cast.mei, "clients", harbours(cast, tags="a;b", notes="calls early"))
    batch = staged(
        cast.mei,
        "clients",
        harbours(cast, tags="c", notes="", email="n@h.example").encode(),
        lists=Lists.REPLACE,
        erasing=("notes",),
    )

    with db.read() as session:
        [line] = imports.preview(session, cast.mei, batch.id).lines

    shown = {(d.label, str(d.old), str(d.new)) for d in line.differences}
    assert {("tags", "['a', 'b']", "['c']"), ("notes", "calls early", "")} <= shown
    assert {("email", "desk@harbour.example", "None"), ("email", "None", "n@h.example")} <= shown
    assert line.name == "Harbour Capital"
    assert line.matched_by == "uid"


def test_a_file_with_fewer_attributes_than_a_client_has_changes_nothing(cast: Cast) -> None:
    bring_in(cast.mei, "clients", harbours(cast, tier="VIP4", Club="gold", Desk="4"))

    fewer = bring_in(cast.mei, "clients", harbours(cast, tier="VIP4", Club="gold"))
    empty = bring_in(cast.mei, "clients", harbours(cast, tier="VIP4", Club="", Desk=""))
    turned = bring_in(cast.mei, "clients", harbours(cast, Desk="4", Club="gold"))

    assert (fewer.counts, empty.counts, turned.counts) == (counts(unchanged=1),) * 3


def test_one_value_is_given_for_all_rows_that_say_none(cast: Cast) -> None:
    done = bring_in(
        cast.mei,
        "clients",
        "uid,tier\n11,\n12,VIP3\n",
        values={"tier": "vip 1", "country": "Norway", "tags": "spring;otc"},
    )

    assert done.counts == counts(created=2)
    assert [(client(uid).tier, client(uid).country) for uid in ("11", "12")] == [("VIP1", "NO"), ("VIP3", "NO")]
    assert client("11").tags == ["spring", "otc"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"tier": "VIP 99"}, "is not a tier of any venue"),
        ({"country": "Atlantis"}, "is not a country"),
        ({"birthday": "03/04/1980"}, "day first or month first"),
        ({"name": "All"}, "No value for all rows can be given for name"),
    ],
)
def test_a_value_for_all_rows_that_cannot_be_is_said_in_words(
    cast: Cast, values: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InvalidError, match=sentence):
        bring_in(cast.mei, "clients", "uid\n11\n", values=values)


def test_balances_without_a_day_are_given_one(cast: Cast) -> None:
    done = bring_in(cast.mei, "balances", f"uid,equity\n{cast.harbour.uid},10.5\n", values={"day": "2026-03-01"})

    assert done.counts == counts(created=1)
    assert [(str(s.in_file), str(s.before.normalize()), str(s.after.normalize())) for s in done.sums] == [
        ("10.50000000", "0", "10.5")
    ]


def test_one_answer_about_dates_does_not_turn_a_column_that_plainly_says_otherwise(cast: Cast) -> None:
    text = "uid,birthday,joined\n11,03/04/1980,12/31/2024\n12,05/06/1981,01/02/2025\n"

    done = bring_in(cast.mei, "clients", text, date_order="dmy")

    assert done.counts == counts(created=2)
    assert (str(client("11").birthday), str(client("12").joined_on)) == ("1980-04-03", "2025-01-02")


def test_three_times_of_a_file_are_shown_in_the_zone_that_is_thought_of(cast: Cast) -> None:
    times = "".join(f"11,2026-03-0{n} 23:30:00,1,1,{n}\n" for n in range(1, 6))
    batch = staged(cast.mei, "trades", f"uid,time,price,quantity,trade id\n{times}".encode())

    with db.read() as session:
        utc = imports.conversions(session, cast.mei, batch.id)
        shanghai = imports.conversions(session, cast.mei, batch.id, time_zone="Asia/Shanghai")

    assert [(c.raw, f"{c.at:%d %H:%M}", str(c.day)) for c in utc][:1] == [
        ("2026-03-01 23:30:00", "01 23:30", "2026-03-02")
    ]
    assert [(f"{c.at:%d %H:%M}", str(c.day)) for c in shanghai] == [
        ("01 15:30", "2026-03-01"),
        ("02 15:30", "2026-03-02"),
        ("03 15:30", "2026-03-03"),
    ]


def test_an_import_with_an_open_question_cannot_be_asked_for(cast: Cast) -> None:
    batch = staged(cast.mei, "clients", b"uid,birthday\n11,03/04/1980\n")

    with pytest.raises(InvalidError, match="dmy or mdy"), db.write(by=cast.mei) as session:
        imports.ask_to_apply(session, cast.mei, batch.id)
