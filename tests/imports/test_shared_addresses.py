"""Rows that share an address with one another, or with more than one client; several addresses in one cell."""

from crm import clients, db
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems
from tests.imports.test_clients import client

SHARED = "uid,name,email\n,Mail One,same@x.example\n99012,Mail Two,same@x.example\n"


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
    assert client("99012").name == "Mail Two"


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
