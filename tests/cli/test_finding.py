"""crm search."""

from tests.cast import Cast
from tests.cli.conftest import Crm


def test_what_is_found_is_said_as_one_list(cast: Cast, crm: Crm) -> None:
    found = crm("search", "harbuor", "--in", "clients", "--json")

    assert (found.code, found.err) == (0, "")
    assert found.result == [
        {
            "kind": "clients",
            "id": str(cast.harbour.id),
            "external_id": cast.harbour.uid,
            "title": "Harbour Capital",
            "score": 1.0,
        }
    ]


def test_the_index_is_made_anew_when_asked(cast: Cast, crm: Crm) -> None:
    assert crm("search", "--rebuild", "--json").result == {"rebuilt": True}
    assert "Harbour Capital" in crm("search", "harbour").out
    assert crm("search", "zzzz").out == "Nothing was found.\n"


def test_a_kind_that_is_none_is_a_sentence(cast: Cast, crm: Crm) -> None:
    wrong = crm("search", "harbour", "--in", "secrets")

    assert (wrong.code, "is none of clients" in wrong.err) == (1, True)
    assert crm("search").code == 2
