"""Rows that share an address with one another, or with more than one client; several addresses in one cell."""

from sqlmodel import col, select

from crm import clients, db, handover, imports
from crm.clients import Client
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems
from tests.imports.test_clients import client

SHARED = 'uid,name,email\n,"Low, Ann",same@x.example\n99012,Ann Q. Low,same@x.example\n'


def reached(cast: Cast, uid: str) -> set[tuple[str, str]]:
    with db.read() as session:
        return {
            (handle.kind, handle.value)
            for handle in clients.contact_methods.of_client(session, cast.mei, client(uid).id)
        }


def test_a_row_without_uid_is_the_one_with_a_uid_that_shares_its_address(cast: Cast) -> None:
    first, again = (bring_in(cast.mei, "clients", SHARED) for _ in range(2))

    assert first.counts == counts(created=1, duplicate=1)
    assert again.counts == counts(unchanged=1, duplicate=1)
    assert client("99012").name == "Ann Q. Low"


def test_of_two_clients_who_share_an_address_a_row_is_the_one_of_its_name(cast: Cast) -> None:
    bring_in(cast.mei, "clients", "uid,name,email\n,Alder,same@x.example\n")
    bring_in(cast.mei, "clients", "uid,name,email\n12,Birch,other@x.example\n")
    bring_in(cast.mei, "clients", "uid,name,email\n12,Birch,same@x.example\n")

    done = bring_in(cast.mei, "clients", "name,email,tier\nBirch,same@x.example,VIP3\nAlder,same@x.example,VIP2\n")

    assert (done.counts, problems(cast.mei, done)) == (counts(changed=2), [])
    assert client("12").tier == "VIP3"


def test_several_addresses_in_one_cell_are_several(cast: Cast) -> None:
    bring_in(
        cast.mei,
        "clients",
        'uid,name,email,phone\n11,Alder,a@x.example;B@x.example,"+8613800138001, +8613800138002"\n12,Birch,c@x.example,\n',
    )

    assert reached(cast, "11") == {
        ("email", "a@x.example"),
        ("email", "b@x.example"),
        ("phone", "+8613800138001"),
        ("phone", "+8613800138002"),
    }
    assert reached(cast, "12") == {("email", "c@x.example")}


FAMILY = "Name,Phone,E-mail,Notes\nSofia Brandt-Ito,+44 20 7946 0992,office@x.example,head of the office\n"
# Each is called otherwise than all others, or as Sofia is.
OTHERS = ["Lena Ostrowska", "Lukas Brandt-Ito"]
SPELLINGS = ["Brandt, Sofia", "SOFIA BRANDT-ITO", "S. Brandt Ito", "Sophia Brandt", "Sofía M. Brandt-Ito", ""]


def test_an_address_that_two_people_share_does_not_make_them_one(cast: Cast) -> None:
    first = bring_in(cast.mei, "clients", FAMILY)
    rows = [f'"{name}",+44 20 7946 0992,office@x.example,{name[:3]}' for name in OTHERS]
    text = "\n".join(["Name,Phone,E-mail,Notes", *rows, ""])
    others, again = (bring_in(cast.mei, "clients", text) for _ in range(2))

    assert (first.counts, others.counts, again.counts) == (counts(created=1), counts(created=2), counts(unchanged=2))
    assert {reason for *_, reason in problems(cast.mei, others)} == {
        "shares an address or a number with Sofia Brandt-Ito, who is called otherwise; it goes in as a new client"
    }
    assert {"Sofia Brandt-Ito", *OTHERS} <= set(names(cast))


def test_whoever_is_spelled_otherwise_is_the_same(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    bring_in(cast.mei, "clients", FAMILY)

    for spelling in SPELLINGS:
        done = bring_in(cast.mei, "clients", f'Name,Phone,Tags\n"{spelling}",+442079460992,x{len(spelling)}\n')
        assert done.counts == counts(changed=1), spelling


def test_two_people_of_one_list_who_share_an_address_are_two(cast: Cast) -> None:
    text = "name,phone\nAnn Low,+442079460992\nLow Ann,+442079460992\nBea Ruiz,+442079460992\n"

    done = bring_in(cast.mei, "clients", text)

    assert done.counts == counts(created=2, duplicate=1)
    assert {"Ann Low", "Bea Ruiz"} <= set(names(cast))
    assert any(
        "shares +442079460992 with a row that is called otherwise" in reason for *_, reason in problems(cast.mei, done)
    )


def test_a_uid_under_another_name_is_a_new_name_and_said(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", f"uid,name\n{cast.harbour.uid},Quartz Ventures\n")

    assert done.counts == counts(changed=1)
    assert problems(cast.mei, done)[0][2].startswith("is called Harbour Capital here; the UID is the same")


def names(cast: Cast) -> list[str]:
    with db.read() as session:
        return [line.name for line in clients.page(session, cast.mei, clients.ClientFilter()).lines]


def test_whoever_lost_a_client_reads_no_name_of_it_in_what_was_said_of_a_file(cast: Cast) -> None:
    bring_in(cast.mei, "clients", FAMILY)
    done = bring_in(cast.mei, "clients", "Name,Phone,E-mail\nLena Ostrowska,+44 20 7946 0992,office@x.example\n")
    with db.read() as session:
        both = list(session.exec(select(Client.id).where(col(Client.name).in_(("Sofia Brandt-Ito", "Lena Ostrowska")))))
    with db.write(by=cast.nadia) as session:
        handover.reassign(session, cast.nadia, both, to=cast.tomas.id)

    with db.read() as session:
        found = imports.problems_of(session, cast.mei, done.batch.id)

    reason = "shares an address or a number with a client whom you do not look after, who is called otherwise"
    assert [(one.value, str(one.reason).partition(";")[0]) for one in found] == [("", reason)]
