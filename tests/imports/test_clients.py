"""Client lists: matched, merged, refused in words, and taken back."""

import pytest
from sqlmodel import select

from crm import clients, db, imports
from crm.clients.models import Client
from crm.ground.errors import ConflictError, InvalidError
from crm.intake import Mode
from crm.tasks.models import Task
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything, problems, take_back


def client(uid: str, venue: str = "OKX") -> Client:
    with db.read() as session:
        return session.exec(select(Client).where(Client.venue == venue, Client.uid == uid)).one()


def test_a_list_with_one_bad_row_still_imports_the_others(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", "uid,name,birthday\n11,Alder,1980-02-03\n12,Birch,1980-02-31\n13,Cedar,\n")

    assert done.counts == counts(created=2, refused=1)
    assert problems(cast.mei, done) == [(3, "birthday", "is not a day that can be")]
    assert client("11").birthday is not None
    assert client("13").manager_id == cast.mei.id


def test_the_same_list_again_changes_nothing(cast: Cast) -> None:
    text = "UID,Client name,Tags,E-mail,Phone,Country,Desk size\n11,Alder,a;b,a@x.example,+49 30 1234567,Germany,4\n"
    bring_in(cast.mei, "clients", text)

    again = bring_in(cast.mei, "clients", text)

    assert again.counts == counts(unchanged=1)
    assert again.batch.change_set_id is None
    with db.read() as session:
        found = client("11")
        assert (found.country, found.tags, found.attributes) == ("DE", ["a", "b"], {"Desk size": "4"})
        reached = {(h.kind, h.value) for h in clients.contact_methods.of_client(session, cast.mei, found.id)}
    assert reached == {("email", "a@x.example"), ("phone", "+49301234567")}


def test_an_empty_cell_says_nothing_and_erases_nothing(cast: Cast) -> None:
    bring_in(cast.mei, "clients", f"uid,name,tier,country\n{cast.harbour.uid},,VIP 5,\n")

    found = client(cast.harbour.uid or "")
    assert (found.name, found.tier, found.country) == ("Harbour Capital", "VIP5", "HK")


def test_tags_are_added_to_those_that_are_there(cast: Cast) -> None:
    bring_in(cast.mei, "clients", f"uid,tags\n{cast.harbour.uid},whale\n")
    bring_in(cast.mei, "clients", f"uid,tags\n{cast.harbour.uid},otc|whale\n")

    assert client(cast.harbour.uid or "").tags == ["whale", "otc"]


def test_a_row_without_uid_is_known_by_its_address(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", "name,email,tier\nHarbour,DESK@harbour.example,VIP6\n")

    assert done.counts == counts(changed=1)
    assert (client(cast.harbour.uid or "").name, client(cast.harbour.uid or "").tier) == ("Harbour", "VIP6")


def test_a_list_of_bare_names_is_matched_by_name(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", "name,notes\nHARBOUR CAPITAL,prefers mornings\nWillow,new here\n")

    assert done.counts == counts(changed=1, created=1)
    assert client(cast.harbour.uid or "").notes == "prefers mornings"


def test_guessed_names_do_not_tell_whom_others_look_after(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", "name,notes\nNorthlight,a guess\n")

    assert (done.counts, problems(cast.mei, done)) == (counts(created=1), [])
    assert client(cast.northlight.uid or "").notes == ""


def test_a_client_without_a_name_is_called_by_its_uid(cast: Cast) -> None:
    bring_in(cast.mei, "clients", "uid\n4711\n")

    assert client("4711").name == "4711"


@pytest.mark.parametrize("uid", ["7.43073E+17", "743072917935893000", "743072917935893796.0"])
def test_a_uid_that_a_spreadsheet_damaged_is_refused(cast: Cast, uid: str) -> None:
    done = bring_in(cast.mei, "clients", f"uid,name\n{uid},Alder\n0007,Birch\n")

    assert done.counts == counts(created=1, refused=1)
    assert "damaged by a spreadsheet" in problems(cast.mei, done)[0][2]
    assert client("0007").name == "Birch"


def test_a_uid_that_stands_twice_in_a_file_counts_once(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", "uid,name\n11,Alder\n11,Alder again\n")

    assert done.counts == counts(created=1, duplicate=1)
    assert client("11").name == "Alder"
    assert problems(cast.mei, done) == [
        (3, "UID", "is the same as line 2, which counts; left out is what it says otherwise: name")
    ]


def test_a_client_of_someone_else_waits_for_a_lead(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", f"uid,name\n{cast.northlight.uid},Stolen\n")

    assert done.counts == counts(held=1)
    assert client(cast.northlight.uid or "").name == "Northlight"
    assert problems(cast.mei, done)[0][2] == "waits for a lead"


def test_only_a_lead_gives_clients_to_others_and_their_tasks_go_along(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        session.add(Task(title="Call", client_id=cast.harbour.id, owner_id=cast.mei.id))
    text = f"uid,manager\n{cast.harbour.uid},tomas@desk.example\n"

    by_mei = bring_in(cast.mei, "clients", text)
    by_nadia = bring_in(cast.nadia, "clients", text)

    assert (by_mei.counts, by_nadia.counts) == (counts(refused=1), counts(changed=1))
    assert client(cast.harbour.uid or "").manager_id == cast.tomas.id
    with db.read() as session:
        held = clients.assignments_of(session, cast.nadia, cast.harbour.id)
        assert [h.person_id for h in held] == [cast.tomas.id, cast.mei.id]
        assert session.exec(select(Task.owner_id)).one() == cast.tomas.id


def test_a_manager_that_nobody_knows_is_said_in_words(cast: Cast) -> None:
    done = bring_in(cast.nadia, "clients", "uid,manager\n11,ghost@desk.example\n")

    assert problems(cast.nadia, done) == [(2, "Manager", "is nobody who works here")]


def test_add_only_leaves_known_clients_alone_and_change_only_refuses_new_ones(cast: Cast) -> None:
    text = f"uid,tier\n{cast.harbour.uid},VIP7\n11,VIP1\n"

    changed = bring_in(cast.mei, "clients", text, mode=Mode.CHANGE)
    added = bring_in(cast.mei, "clients", text.replace("VIP7", "VIP8"), mode=Mode.ADD)

    assert (changed.counts, added.counts) == (counts(changed=1, refused=1), counts(created=1, unchanged=1))
    assert client(cast.harbour.uid or "").tier == "VIP7"


def test_undo_leaves_the_database_as_it_was(cast: Cast) -> None:
    before = everything()
    done = bring_in(
        cast.mei,
        "clients",
        f"uid,name,email,tags,club\n{cast.harbour.uid},Harbor,new@harbour.example,a,gold\n11,Alder,a@x.example,b,\n",
    )
    assert everything() != before

    undone = take_back(cast.mei, done)

    assert everything() == before
    assert undone.conflicts == []


def test_undo_lists_what_somebody_changed_since_and_leaves_it_alone(cast: Cast) -> None:
    done = bring_in(
        cast.mei, "clients", f"uid,name,tier\n{cast.harbour.uid},Harbor,VIP6\n{cast.lotus.uid},Lotus,VIP6\n"
    )
    with db.write(by=cast.nadia) as session:
        session.get_one(Client, cast.harbour.id).name = "Harbour Group"

    undone = take_back(cast.mei, done)

    assert [(c.entity_key, c.reason) for c in undone.conflicts] == [(str(cast.harbour.id), "changed since")]
    assert client(cast.harbour.uid or "").name == "Harbour Group"
    assert client(cast.lotus.uid or "").name == "莲花资本"


def test_some_rows_of_an_import_are_taken_back_and_the_others_stay(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", f"uid,tier\n{cast.harbour.uid},VIP6\n{cast.lotus.uid},VIP6\n")

    take_back(cast.mei, done, only=[str(cast.lotus.id)])

    assert (client(cast.harbour.uid or "").tier, client(cast.lotus.uid or "").tier) == ("VIP6", "VIP1")


def test_a_batch_is_applied_once_however_many_press_the_button(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        batch = imports.stage(session, cast.mei, "clients", "list.csv", b"uid\n11\n")
    imports.apply(cast.mei, batch.id)

    with pytest.raises(ConflictError, match="already been applied"):
        imports.apply(cast.mei, batch.id)


def test_dates_that_could_be_read_both_ways_are_asked_about(cast: Cast) -> None:
    text = "uid,birthday\n11,03/04/1980\n12,05/06/1981\n"

    with pytest.raises(InvalidError, match="dmy or mdy"):
        bring_in(cast.mei, "clients", text)
    done = bring_in(cast.mei, "clients", text, date_order="dmy")

    assert done.counts == counts(created=2)
    assert str(client("11").birthday) == "1980-04-03"


def test_the_question_about_dates_shows_one_that_can_be_a_date(cast: Cast) -> None:
    with pytest.raises(
        InvalidError, match="column “birthday”, such as 03/04/1980, can be read day first or month first"
    ):
        bring_in(cast.mei, "clients", "uid,birthday\n11,00/00/0000\n12,03/04/1980\n13,00/00/0000\n")


def test_a_cell_that_is_no_address_is_kept_as_text_and_said(cast: Cast) -> None:
    done = bring_in(
        cast.mei, "clients", "uid,email,country\n11,a@x.example,Norway\n12,ask Bob,Atlantis\n13,c@x.example,Peru\n"
    )

    assert done.counts == counts(created=3)
    assert done.warnings_total == 2
    assert client("12").attributes == {"E-mail": "ask Bob", "Country": "Atlantis"}


def test_a_new_row_called_like_somebody_is_said_and_not_merged(cast: Cast) -> None:
    done = bring_in(
        cast.mei, "clients", "uid,name\n991,Harbor Capital Ltd\n992,蓮花資本\n993,Northlight\n994,Quite another\n"
    )

    assert done.counts == counts(created=4)
    assert [(line, reason) for line, _, reason in problems(cast.mei, done)] == [
        (2, f"is called like Harbour Capital ({cast.harbour.uid}), who is here already; it goes in as a new client"),
        (3, "is called like 莲花资本 (0001), who is here already; it goes in as a new client"),
    ]
    assert done.warnings_total == 2


def test_a_persons_name_beside_a_companys_is_kept(cast: Cast) -> None:
    bring_in(cast.mei, "clients", "UID,First Name,Last Name,Account Name\n0042,Ina,Low,Low Capital\n")

    found = client("0042")
    assert (found.name, found.attributes) == ("Low Capital", {"First Name": "Ina", "Last Name": "Low"})


def test_what_a_repeated_row_says_otherwise_is_told(cast: Cast) -> None:
    done = bring_in(
        cast.mei, "clients", "UID,Name,VIP Level,Country\n0042,Ann,VIP1,PL\n0042,Ann,VIP3,\n0042,Ann,VIP1,PL\n"
    )

    assert problems(cast.mei, done) == [
        (3, "UID", "is the same as line 2, which counts; left out is what it says otherwise: VIP Level"),
        (4, "UID", "is the same as line 2, which counts"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "name,email,discord\nAnn Q,a@x.example,ann#1\nAnn Q,a@x.example,\n",
        "name,email\nAnn Q,a1@x.example;z1@x.example\nAnn Q,z1@x.example\n",
        "name,email,phone\nAnn Q,a@x.example,+442071234567\nAnn Q,,+442071234567\n",
    ],
)
def test_rows_without_uid_that_share_any_way_to_be_reached_are_one_client(cast: Cast, text: str) -> None:
    first = bring_in(cast.mei, "clients", text)
    again = bring_in(cast.mei, "clients", text)

    assert (first.counts, again.counts) == (counts(created=1, duplicate=1), counts(unchanged=1, duplicate=1))
