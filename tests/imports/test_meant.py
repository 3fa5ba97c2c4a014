"""Lists in a cell, ids of other programs, and long UIDs: what they mean."""

from crm import clients, db
from crm.intake.checking import uids
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts
from tests.imports.test_clients import client

# A cell, and its items.
LISTS = [
    ('"VIP"; "Asia, HK"', ["VIP", "Asia, HK"]),
    ("['a', 'b, c']", ["a", "b, c"]),
    ('["Asia, HK"]', ["Asia, HK"]),
    ('{"Asia, HK",VIP}', ["Asia, HK", "VIP"]),
    ("“VIP”，“Asia，HK”", ["VIP", "Asia，HK"]),
    ("「重要」、「大户」", ["重要", "大户"]),
    ('[{"name": "VIP", "color": "red"}]', ["VIP"]),
    ("VIP; Asia, HK", ["VIP", "Asia, HK"]),
    ("VIP, none, O'Brien", ["VIP", "O'Brien"]),
    ('"say ""hi"", ok"; b', ['say "hi", ok', "b"]),
    ("(VIP), [x]", ["(VIP)", "[x]"]),
    ("none", []),
    ("-", []),
]


def test_items_of_a_list_are_without_their_quotes(cast_on_duckdb: Cast) -> None:
    rows = [f'{8000 + n},"{cell.replace(chr(34), chr(34) * 2)}"' for n, (cell, _) in enumerate(LISTS)]

    bring_in(cast_on_duckdb.mei, "clients", "\n".join(["UID,Tags", *rows, ""]))

    assert [client(str(8000 + n)).tags for n in range(len(LISTS))] == [items for _, items in LISTS]


def test_zeros_at_the_end_are_chance_or_damage() -> None:
    # k of n different UIDs end in so many zeros: whole where that may be chance.
    whole = [(4, 2000, 3), (2, 2000, 3), (1, 50, 3), (1, 3, 1), (2, 10, 1)]
    damaged = [(1, 1, 3), (1, 5, 3), (2, 2, 3), (40, 40, 3), (20, 40, 3), (2, 2, 1), (1000, 2000, 1), (1, 1, 2)]

    assert [uids.at_least(*one) > uids.LIKELY for one in whole] == [True] * len(whole)
    assert [uids.at_least(*one) > uids.LIKELY for one in damaged] == [False] * len(damaged)


def test_a_cell_in_scientific_notation_leaves_nothing_to_chance_and_a_person_may_say_otherwise(
    cast_on_duckdb: Cast,
) -> None:
    whole = [f"7430729179358{n:05d}" for n in range(10001, 10060)]
    text = "\n".join(["UID", *whole, "743072917935777000", ""])

    hurt = bring_in(cast_on_duckdb.mei, "clients", text + "7.43E+17\n")
    fine = bring_in(cast_on_duckdb.mei, "clients", text)
    told = bring_in(cast_on_duckdb.mei, "clients", "UID\n743072917935778000\n", answers={"rounded": "whole"})

    assert hurt.counts.refused == 2
    assert fine.counts == counts(created=1, unchanged=59)
    assert told.counts == counts(created=1)


IDS = [
    "0b1c0c3e-0000-4000-8000-00000000000",
    "0035g00000AbCdEAA",
    "507f1f77bcf86cd79943901",
    "recAbCdEfGhIjKlM",
]


def test_ids_of_other_programs_are_no_uids(cast_on_duckdb: Cast) -> None:
    rows = [f"Id,Name,E-mail\n{stem}{n},Person {n},p{n}@x.example\n" for n, stem in enumerate(IDS)]
    for n, text in enumerate(rows):
        done = bring_in(cast_on_duckdb.mei, "clients", text)
        assert done.counts == counts(created=1), text
        again = bring_in(cast_on_duckdb.mei, "clients", f"E-mail,Name\np{n}@x.example,Person {n}\n")
        assert again.matched == {"email": 1}, text
        with db.read() as session:
            line = clients.page(session, cast_on_duckdb.mei, clients.ClientFilter(text=f"p{n}@x.example")).lines[0]
            assert line.uid is None, text


def test_a_number_called_id_beside_the_columns_of_a_crm_can_be_said_to_be_the_uid(cast_on_duckdb: Cast) -> None:
    text = "ID,First name,Last name,Email,Lead source,Company\n4711,Ann,Low,ann@x.example,web,Low Ltd\n"

    kept = bring_in(cast_on_duckdb.mei, "clients", text)
    told = bring_in(cast_on_duckdb.mei, "clients", text.replace("ann", "bea"), answers={"meaning:ID": "uid"})

    assert (kept.counts, told.counts) == (counts(created=1), counts(created=1))
    assert client("4711").attributes.get("ID") is None
