"""Applying: once, by whoever may, all or nothing, and said when there was nothing to do."""

import threading

import pytest
from sqlmodel import col, select

from crm import clients, db, imports, jobs
from crm.clients import ClientChange
from crm.clients.models import Client
from crm.ground import clock
from crm.ground.errors import ConflictError, CrmError, InvalidError, NotAllowedError
from crm.imports import BatchStatus, Options
from crm.people import Person, Role
from tests.cast import DESK, Cast
from tests.conftest import NOON
from tests.imports.bringing import bring_in, counts, everything, staged, take_back
from tests.imports.test_clients import client
from tests.imports.test_mapping_choices import harbours

ROWS = "uid,name\n" + "".join(f"9{n:05d},Client {n}\n" for n in range(500))


def how_many(uids: str) -> int:
    with db.read() as session:
        return len(session.exec(select(Client.id).where(col(Client.uid).like(uids))).all())


def test_of_two_people_who_apply_one_batch_at_once_one_wins_and_the_other_is_told(cast: Cast) -> None:
    batch = staged(cast.mei, "clients", ROWS.encode())
    start, won, told = threading.Barrier(2), [], []

    def press(who: Person) -> None:
        with clock.stopped_at(NOON):
            start.wait()
            try:
                won.append(imports.apply(who, batch.id).counts)
            except CrmError as error:
                told.append(str(error))

    both = [threading.Thread(target=press, args=(who,)) for who in (cast.mei, cast.nadia)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)

    assert won == [counts(created=500)]
    assert told == ["This file has already been applied."]
    assert how_many("9%") == 500


def test_a_batch_that_is_on_its_way_is_not_asked_for_again(cast: Cast) -> None:
    batch = staged(cast.mei, "clients", b"uid\n11\n")
    with db.write(by=cast.mei) as session:
        imports.ask_to_apply(session, cast.mei, batch.id)

    with pytest.raises(ConflictError, match="being applied already"), db.write(by=cast.nadia) as session:
        imports.ask_to_apply(session, cast.nadia, batch.id)
    jobs.run_waiting()

    with db.read() as session:
        assert imports.get(session, cast.mei, batch.id).status == BatchStatus.APPLIED


def test_many_files_are_looked_at_at_once_and_none_is_taken_from_under_another(cast: Cast) -> None:
    batches = [staged(cast.mei, "clients", ROWS.replace("Client", f"File {n}").encode()) for n in range(5)]
    found, wrong = [], []

    def look(batch: imports.Batch) -> None:
        try:
            with clock.stopped_at(NOON):
                for _ in range(4):
                    with db.read() as session:
                        found.append(
                            imports.preview(session, cast.mei, batch.id).lines[0].name[:6]
                            == "File " + str(batches.index(batch))
                        )
        except Exception as error:  # noqa: BLE001 -- whatever it is, it must not be
            wrong.append(repr(error))

    looking = [threading.Thread(target=look, args=(batch,)) for batch in batches]
    for one in looking:
        one.start()
    for one in looking:
        one.join(120)

    assert wrong == []
    assert found == [True] * 20


def test_an_import_by_someone_without_the_right_is_refused_at_each_step(cast: Cast) -> None:
    batch = staged(cast.mei, "clients", b"uid\n11\n")
    with db.write(by=DESK) as session:
        session.get_one(Person, cast.mei.id).role = Role.ADMIN
    without = Person(**cast.mei.model_dump() | {"role": Role.ADMIN})

    with pytest.raises(NotAllowedError, match="import files"):
        imports.apply(without, batch.id)
    with pytest.raises(NotAllowedError, match="import files"):
        bring_in(without, "clients", "uid\n12\n")


def test_the_same_file_under_another_name_is_known_by_its_hash_and_changes_nothing(cast: Cast) -> None:
    bring_in(cast.mei, "clients", "uid\n11\n", name="monday.csv")
    batch = staged(cast.mei, "clients", b"uid\n11\n", "tuesday.csv")

    with db.read() as session:
        seen = imports.preview(session, cast.mei, batch.id)

    assert seen.seen_before is not None
    assert (seen.seen_before.file_name, seen.counts) == ("monday.csv", counts(unchanged=1))
    assert imports.apply(cast.mei, batch.id).batch.change_set_id is None


def test_a_new_client_is_taken_back_alone_with_all_that_hangs_on_it(cast: Cast) -> None:
    before = everything()
    text = "uid,name,email,phone\n11,Alder,a@x.example,+4930123456\n12,Birch,b@x.example,\n"
    done = bring_in(cast.mei, "clients", text)

    some = take_back(cast.mei, done, only=[str(client("11").id)])
    with db.read() as session:
        left, total = imports.rows_of(session, cast.mei, done.batch.id)
    rest = take_back(cast.mei, done)

    assert (some.conflicts, rest.conflicts) == ([], [])
    assert (total, [row.entity_key for row in left]) == (1, [left[0].entity_key])
    assert everything() == before


def test_what_was_changed_since_is_left_alone_until_somebody_insists(cast: Cast) -> None:
    done = bring_in(cast.mei, "clients", harbours(cast, tier="VIP6"))
    with db.write(by=cast.nadia) as session:
        session.get_one(Client, cast.harbour.id).tier = "VIP7"

    first = take_back(cast.mei, done)
    between = client(cast.harbour.uid or "").tier
    take_back(cast.mei, done, force=True)

    assert [c.reason for c in first.conflicts] == ["changed since"]
    assert (between, client(cast.harbour.uid or "").tier) == ("VIP7", "VIP4")
    with pytest.raises(ConflictError, match="nothing of this file left"):
        take_back(cast.mei, done)


@pytest.mark.parametrize(("outcome", "left"), [("created", ("VIP6", 0)), ("changed", ("VIP4", 1))])
def test_only_the_new_or_only_the_changed_rows_are_taken_back(cast: Cast, outcome: str, left: tuple[str, int]) -> None:
    done = bring_in(cast.mei, "clients", f"uid,tier,email\n{cast.harbour.uid},VIP6,\n11,VIP1,a@x.example\n")

    undone = take_back(cast.mei, done, outcome=outcome)

    assert undone.conflicts == []
    assert (client(cast.harbour.uid or "").tier, how_many("11")) == left


def test_a_mapping_that_is_kept_is_known_again_by_its_name_and_by_its_header(cast: Cast) -> None:
    batch = staged(cast.mei, "clients", b"uid,who\n11,Alder\n", values={"tier": "VIP1"})
    with db.write(by=cast.mei) as session:
        imports.remap(session, cast.mei, batch.id, version=batch.version, fields={1: "name"}, options=Options())
        kept = imports.keep_mapping(session, cast.mei, batch.id, "Weekly")
        imports.rename_mapping(session, cast.mei, kept.id, version=kept.version, name="Monthly")

    bring_in(cast.mei, "clients", "UID,WHO\n12,Birch\n")
    bring_in(cast.mei, "clients", "uid,who\n13,Cedar\n", mapping_name="Monthly")

    assert [(client(uid).name, client(uid).tier) for uid in ("12", "13")] == [("Birch", None), ("Cedar", None)]
    with pytest.raises(CrmError, match="no mapping called “Weekly”"):
        bring_in(cast.mei, "clients", "uid,who\n14,Elm\n", mapping_name="Weekly")


def test_a_kept_mapping_is_kept_anew_for_its_own_header_and_never_replaced_by_that_of_another(cast: Cast) -> None:
    first = staged(cast.mei, "clients", b"uid,who\n11,Alder\n")
    other = staged(cast.tomas, "clients", b"uid,called\n12,Birch\n")
    with db.write(by=cast.mei) as session:
        imports.keep_mapping(session, cast.mei, first.id, "Weekly")
        imports.remap(session, cast.mei, first.id, version=first.version, fields={1: "name"}, options=Options())
        imports.keep_mapping(session, cast.mei, first.id, "Weekly")

    with (
        pytest.raises(InvalidError, match="another mapping called “Weekly”, for files of another header"),
        db.write(by=cast.tomas) as session,
    ):
        imports.keep_mapping(session, cast.tomas, other.id, "Weekly")

    bring_in(cast.mei, "clients", "uid,who\n13,Cedar\n")
    assert client("13").name == "Cedar"


def test_a_preview_that_is_looked_at_again_shows_what_was_changed_meanwhile(cast: Cast) -> None:
    batch = staged(cast.mei, "clients", f"uid,name\n{cast.harbour.uid},Alder\n".encode())
    with db.read() as session:
        before = imports.preview(session, cast.mei, batch.id).lines
    with db.write(by=cast.mei) as session:
        clients.change(
            session, cast.mei, cast.harbour.id, ClientChange(version=cast.harbour.version, name="Harbour Two")
        )

    with db.read() as session:
        after = imports.preview(session, cast.mei, batch.id).lines

    assert [[(d.old, d.new) for d in line.differences] for line in (before[0], after[0])] == [
        [(cast.harbour.name, "Alder")],
        [("Harbour Two", "Alder")],
    ]


def test_rows_say_the_same_on_the_page_that_settles_the_file_and_on_every_later_one(cast: Cast) -> None:
    rows = [
        f"{cast.harbour.uid},Alder,harbour-new@desk.example",
        "910001,New Client,new@desk.example",
        "910001,New Client,new@desk.example",
        "9.10002E+17,Broken,broken@desk.example",
        "910003,Other Client,other@desk.example;second@desk.example",
    ]
    batch = staged(cast.mei, "clients", "\n".join(["uid,name,email", *rows]).encode())

    with db.read() as session:
        first = imports.preview(session, cast.mei, batch.id, limit=3).lines
    with db.read() as session:
        every = imports.preview(session, cast.mei, batch.id, limit=50).lines

    assert [line.outcome for line in every] == ["changed", "created", "duplicate", "refused", "created"]
    assert first == every[:3]
    told = [[(d.label, d.old, d.new) for d in line.differences] for line in every]
    assert {("name", cast.harbour.name, "Alder"), ("email", None, "harbour-new@desk.example")} <= set(told[0])
    assert [len([d for d in differences if d[0] == "email"]) for differences in told] == [1, 1, 0, 0, 2]
