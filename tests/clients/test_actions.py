"""Adding and changing clients: one form of everything, no lost update, numbers that follow the UID."""

from datetime import date

import pytest
from pydantic import ValidationError

from crm import clients, db, journal
from crm.clients import ClientChange, ClientFilter, ContactKind, NewClient, NewContactMethod
from crm.clients.models import Account, Client
from crm.clients.queries import ORDERS
from crm.ground.errors import ConflictError, InvalidError
from tests.cast import Cast

HOSTILE = ["<script>alert(1)</script>", "=HYPERLINK(1)", "\u202egnp.exe", "👩‍👩‍👧‍👦" * 20, "'; DROP TABLE client; --"]


def changed(cast: Cast, **fields: object) -> Client:
    with db.write(by=cast.mei) as session:
        return clients.change(session, cast.mei, cast.harbour.id, ClientChange.model_validate({"version": 1, **fields}))


def test_a_form_brings_everything_into_one_form(cast: Cast) -> None:
    new = NewClient(
        name="  Pearl  ",
        uid=" 00042 ",
        country="越南",
        tier=" VIP9 ",
        time_zone="Asia/Ho_Chi_Minh",
        tags=["Whale", "whale", " "],
        handles=[
            NewContactMethod(kind=ContactKind.PHONE, value="091 234 56 78"),
            NewContactMethod(kind=ContactKind.EMAIL, value="Desk@Pearl.Example"),
            NewContactMethod(kind=ContactKind.TELEGRAM, value="https://t.me/pearl"),
        ],
    )
    with db.write(by=cast.mei) as session:
        pearl = clients.add(session, cast.mei, new)

    with db.read() as session:
        kept = clients.get(session, cast.mei, pearl.id)
        ways = {handle.kind: handle.value for handle in clients.contact_methods.of_client(session, cast.mei, pearl.id)}
    assert (kept.name, kept.uid, kept.country, kept.tier, kept.tags) == ("Pearl", "00042", "VN", "VIP9", ["Whale"])
    assert (kept.venue, kept.number) == ("OKX", 5)
    assert ways == {"phone": "+84912345678", "email": "desk@pearl.example", "telegram": "pearl"}


@pytest.mark.parametrize("written", ["VN", "vn", "Vietnam", "越南", "Ｖｉｅｔｎａｍ"])
def test_a_country_is_known_by_its_letters_and_names(written: str) -> None:
    assert NewClient(name="x", country=written).country == "VN"


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"name": "  "}, "at least 1 character"),
        ({"country": "Atlantis"}, "is not a country"),
        ({"uid": "7.43073E+17"}, "Excel rounded"),
        ({"uid": "7,43073e17"}, "Excel rounded"),
        ({"birthday": date(2026, 3, 17)}, "in the future"),
        ({"birthday": date(1026, 3, 17)}, "cannot be right"),
        ({"time_zone": "Mars/Base"}, "not a time zone"),
        ({"handles": [{"kind": "email", "value": "nobody"}]}, "not an e-mail"),
        ({"tags": ["x" * 61]}, "longer than 60"),
    ],
)
def test_what_cannot_be_right_is_refused_in_a_sentence(database: str, fields: dict[str, object], part: str) -> None:
    with pytest.raises(ValidationError, match=part):
        NewClient.model_validate({"name": "x", **fields})


def test_a_phone_whose_country_cannot_be_told_is_kept_as_given(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        someone = clients.add(session, cast.mei, NewClient(name="Someone"))
        handle = clients.contact_methods.add(
            session, cast.mei, someone.id, NewContactMethod(kind=ContactKind.PHONE, value="912 345")
        )

    assert (handle.value, handle.is_verified) == ("912 345", False)
    with pytest.raises(InvalidError, match="country"), db.write(by=cast.mei) as session:
        clients.contact_methods.verify(session, cast.mei, handle.id)


def test_a_handle_is_there_once_and_goes_with_a_trace(cast: Cast) -> None:
    with pytest.raises(ConflictError, match="already"), db.write(by=cast.mei) as session:
        clients.contact_methods.add(
            session, cast.mei, cast.harbour.id, NewContactMethod(kind=ContactKind.EMAIL, value="DESK@harbour.example")
        )
    with db.read() as session:
        (handle,) = clients.contact_methods.of_client(session, cast.mei, cast.harbour.id)

    with db.write(by=cast.mei) as session:
        clients.contact_methods.remove(session, cast.mei, handle.id)

    with db.read() as session:
        assert clients.contact_methods.of_client(session, cast.mei, cast.harbour.id) == []
        (_, line), *_ = journal.history_of(session, "handle", handle.id)
    assert line.after is None


def test_the_second_of_two_people_sees_both_values_and_nothing_is_lost(cast: Cast) -> None:
    changed(cast, tier="VIP5")

    with pytest.raises(ConflictError) as caught, db.write(by=cast.nadia) as session:
        clients.change(
            session, cast.nadia, cast.harbour.id, ClientChange(version=1, tier="VIP6", name="Harbour Capital")
        )

    assert [(c.field, c.yours, c.theirs) for c in caught.value.clashes] == [("tier", "VIP6", "VIP5")]
    with db.read() as session:
        assert clients.get(session, cast.nadia, cast.harbour.id).tier == "VIP5"


def test_saving_the_same_twice_is_not_a_conflict(cast: Cast) -> None:
    first = changed(cast, tier="VIP5")

    assert changed(cast, tier="VIP5").version == first.version


def test_a_change_is_journalled_and_a_name_cannot_be_emptied(cast: Cast) -> None:
    changed(cast, tier=None, country="Norway")

    with db.read() as session:
        (made, line), *_ = journal.history_of(session, "client", cast.harbour.id)
    assert made.made_by == cast.mei.id
    assert (line.before or {}).items() >= {"tier": "VIP4", "country": "HK", "version": 1}.items()
    assert (line.after or {}).items() >= {"tier": None, "country": "NO", "version": 2}.items()
    for field in ("name", "status", "tags", "notes", "venue"):
        with pytest.raises(InvalidError, match="cannot be empty"), db.write(by=cast.mei) as session:
            clients.change(session, cast.mei, cast.harbour.id, ClientChange.model_validate({"version": 2, field: None}))


def test_a_taken_uid_names_only_a_client_one_may_see(cast: Cast) -> None:
    mine, theirs = str(cast.lotus.uid), str(cast.northlight.uid)

    with pytest.raises(ConflictError, match="莲花资本"), db.write(by=cast.mei) as session:
        clients.add(session, cast.mei, NewClient(name="Twin", uid=mine))
    with pytest.raises(ConflictError) as caught, db.write(by=cast.mei) as session:
        clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=1, uid=theirs))
    with db.write(by=cast.mei) as session:
        elsewhere = clients.add(session, cast.mei, NewClient(name="Twin", uid=mine, venue="Bybit"))

    assert "Northlight" not in str(caught.value)
    assert elsewhere.number != cast.lotus.number


def test_facts_stay_with_the_uid_when_a_client_changes_it(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        unknown = clients.accounts.number_of(session, "OKX", "999")
        assert clients.accounts.number_of(session, "OKX", "999") == unknown
        assert clients.accounts.number_of(session, "OKX", str(cast.harbour.uid)) == cast.harbour.number

    moved = changed(cast, uid="999")

    assert moved.number == unknown
    with db.write(by=cast.mei) as session:
        back = clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=2, uid=cast.harbour.uid))
        assert back.number == cast.harbour.number
        without = clients.change(session, cast.mei, cast.lotus.id, ClientChange(version=1, uid=None))
        assert without.number not in (cast.lotus.number, unknown)
        assert clients.accounts.number_of(session, "OKX", "0001") == cast.lotus.number
        again = clients.change(session, cast.mei, cast.lotus.id, ClientChange(version=2, uid="0001"))
        assert again.number == cast.lotus.number


def test_a_new_client_takes_the_number_its_uid_has(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        number = clients.accounts.number_of(session, "OKX", "777")
        client = clients.add(session, cast.mei, NewClient(name="Late", uid="777"))
        nameless = clients.add(session, cast.mei, NewClient(name="No UID"))
        named = clients.change(session, cast.mei, nameless.id, ClientChange(version=1, uid="778"))

    assert client.number == number
    assert named.number == nameless.number
    with db.read() as session:
        assert session.get(Account, number) is not None


def test_closing_hides_and_reopening_shows_again(cast: Cast) -> None:
    def listed(*statuses: str) -> int:
        with db.read() as session:
            return clients.page(session, cast.mei, ClientFilter(statuses=statuses)).total

    with db.write(by=cast.mei) as session:
        closed = clients.close(session, cast.mei, cast.harbour.id)
    assert closed.closed_at is not None
    assert (listed(), listed("closed")) == (1, 1)

    with db.write(by=cast.mei) as session:
        clients.reopen(session, cast.mei, cast.harbour.id)
    assert (listed(), listed("closed")) == (2, 0)


def test_tags_are_added_once_and_filter_the_list(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        both = [cast.harbour.id, cast.northlight.id]
        assert clients.tag(session, cast.nadia, both, ["Whale", "it's"]) == 2
        assert clients.tag(session, cast.nadia, both, ["whale"]) == 0

    with db.read() as session:
        page = clients.page(session, cast.nadia, ClientFilter(tags=("Whale", "other")))
        assert {line.name for line in page.lines} == {"Harbour Capital", "Northlight"}
        assert clients.page(session, cast.nadia, ClientFilter(tags=("it's",))).total == 2
        assert clients.page(session, cast.nadia, ClientFilter(tags=("hale",))).total == 0
        assert clients.tags_of(session, cast.mei) == ["it's", "Whale"]


def test_attributes_are_declared_then_changed_one_by_one(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        clients.attributes.declare(session, cast.mei, "golf", label="Golf handicap", kind="number")
        clients.attributes.declare(session, cast.mei, "wine")

    changed(cast, attributes={"golf": 12, "wine": "red"})
    with db.write(by=cast.mei) as session:
        client = clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=2, attributes={"wine": None}))

    assert client.attributes == {"golf": 12}
    with pytest.raises(InvalidError, match="declare"), db.write(by=cast.mei) as session:
        clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=3, attributes={"tennis": 1}))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_given(cast: Cast, text: str) -> None:
    changed(cast, name=text, notes=text, tags=[text[:60]])

    with db.read() as session:
        kept = clients.get(session, cast.mei, cast.harbour.id)
        assert (kept.name, kept.notes, kept.tags) == (text, text, [text[:60]])
        assert clients.page(session, cast.mei, ClientFilter(text=text)).total == 1


@pytest.mark.parametrize("field", ["name", "notes", "tier"])
def test_a_nul_and_half_a_sign_are_refused_in_a_sentence(cast: Cast, field: str) -> None:
    for text in ("a\0b", "a\ud800b"):
        with pytest.raises((InvalidError, ValidationError), match=r"cannot be stored|unicode"):
            changed(cast, **{field: text})


def test_lists_are_sorted_and_turned_over_without_losing_anyone(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        for n in range(7):
            clients.add(session, cast.mei, NewClient(name="Same", tier="VIP1" if n % 2 else None))
    for order in ORDERS:
        for descending in (False, True):
            seen = []
            with db.read() as session:
                for offset in (0, 4, 8):
                    page = clients.page(
                        session, cast.mei, ClientFilter(), order=order, descending=descending, limit=4, offset=offset
                    )
                    seen += [line.id for line in page.lines]
            assert len(set(seen)) == len(seen) == page.total == 9
    with pytest.raises(InvalidError, match="sorted by"), db.read() as session:
        clients.page(session, cast.mei, ClientFilter(), order="name; DROP TABLE client")


def test_filters_narrow_together(cast: Cast) -> None:
    def total(**fields: object) -> int:
        with db.read() as session:
            return clients.page(session, cast.nadia, ClientFilter(**fields)).total  # type: ignore[arg-type]

    assert total(manager_ids=(cast.mei.id,)) == 2
    assert total(countries=("NO", "CN"), manager_ids=(cast.mei.id,)) == 1
    assert total(tiers=("VIP4",), venue="OKX") == 1
    assert total(venue="Bybit") == 0


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (10**3999, "The number in “golf” is too large to be kept; write it as text."),
        (-(10**20), "The number in “golf” is too large"),
        ("x" * 1_000_001, "The field “golf” holds .* letters at most."),
    ],
)
def test_a_field_holds_what_every_program_can_read_again(cast: Cast, value: object, sentence: str) -> None:
    with db.write(by=cast.mei) as session:
        clients.attributes.declare(session, cast.mei, "golf")

    with pytest.raises(InvalidError, match=sentence):
        changed(cast, attributes={"golf": value})
