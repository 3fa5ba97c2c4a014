"""Whatever is written is found at once, by whoever may see it and by nobody else."""

from uuid import UUID

import pytest

from crm import clients, db, handover, history, interactions, people, search, tasks
from crm.clients import ClientChange, ContactKind, NewClient, NewContactMethod
from crm.ground.errors import InvalidError, NotAllowedError
from crm.interactions import InteractionChange, NewInteraction
from crm.people import Person
from crm.search import Meaning
from crm.tasks import NewTask
from tests.cast import Cast
from tests.imports.bringing import bring_in, take_back


def titles(viewer: Person, text: str, *kinds: str) -> list[str]:
    with db.read() as session:
        return [hit.title for hit in search.find(session, viewer, text, kinds or None)]


def added(by: Person, name: str, **fields: object) -> UUID:
    with db.write(by=by) as session:
        return clients.add(session, by, NewClient.model_validate({"name": name, **fields})).id


def test_a_client_is_found_as_soon_as_it_is_added(cast: Cast) -> None:
    assert titles(cast.mei, "quillfeather") == []

    added(cast.mei, "Quillfeather Trust")

    assert titles(cast.mei, "quillfeather") == ["Quillfeather Trust"]


def test_a_change_is_followed_and_an_undo_of_it_too(cast: Cast) -> None:
    key = added(cast.mei, "Before")
    with db.write(by=cast.mei) as session:
        clients.change(session, cast.mei, key, ClientChange(version=1, name="Afterwards"))
        made = session
    assert titles(cast.mei, "before", "clients") == []
    assert titles(cast.mei, "afterwards") == ["Afterwards"]

    with db.write(by=cast.mei) as session:
        history.undo(session, cast.mei, made.info["journal"].change_set_id)

    assert titles(cast.mei, "afterwards", "clients") == []
    assert titles(cast.mei, "before") == ["Before"]


@pytest.mark.parametrize(
    "typed",
    [
        "张伟",
        "張偉",
        "zhang wei",
        "zhangwei",
        "zw",
        "Zhāng",
        "+86 138-1234-5678",
        "13812345678",
        "0086 138 1234 5678",
        "+86 (0)138 1234 5678",
        "+86（0）138 1234 5678",
        "５５５６６６",
        "@weiwei_z",
    ],
)
def test_a_client_is_found_however_somebody_types_it(cast: Cast, typed: str) -> None:
    phone = NewContactMethod(kind=ContactKind.PHONE, value="+8613812345678")
    telegram = NewContactMethod(kind=ContactKind.TELEGRAM, value="@weiwei_z")
    added(cast.mei, "张伟", uid="90555666001", handles=[phone, telegram])

    assert titles(cast.mei, typed, "clients")[:1] == ["张伟"]


def test_a_slip_in_a_name_is_forgiven(cast: Cast) -> None:
    assert titles(cast.mei, "harbuor captal")[:1] == ["Harbour Capital"]


def test_what_was_said_is_shown_in_its_sentence(cast: Cast) -> None:
    said = "A quiet week. They asked about the Liquidation engine, twice. Nothing else."
    with db.write(by=cast.mei) as session:
        interactions.log(session, cast.mei, NewInteraction(client_id=cast.harbour.id, summary=said, topic="Risk"))

    with db.read() as session:
        (hit,) = search.find(session, cast.mei, "爆仓", ["interactions"])

    assert (hit.kind, hit.title, hit.client_id) == ("interactions", "Risk", cast.harbour.id)
    assert hit.sentence == "They asked about the Liquidation engine, twice."
    assert [hit.sentence[start:end] for start, end in hit.marks] == ["Liquidation"]


def test_a_correction_replaces_what_was_said(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        key = interactions.log(
            session, cast.mei, NewInteraction(client_id=cast.harbour.id, summary="zeppelin", topic="Old")
        ).id
    assert titles(cast.mei, "zeppelin") == ["Old"]

    with db.write(by=cast.mei) as session:
        interactions.change(session, cast.mei, key, InteractionChange(version=1, summary="balloon"))

    assert titles(cast.mei, "zeppelin") == []
    assert titles(cast.mei, "balloon") == ["Old"]


def test_nobody_finds_what_is_not_theirs(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        interactions.log(session, cast.mei, NewInteraction(client_id=cast.harbour.id, summary="zeppelin", topic="Z"))
        tasks.add(session, cast.mei, NewTask(title="Zeppelin papers"))

    seen = {one.name: titles(one, "zeppelin") for one in (cast.mei, cast.tomas, cast.nadia, cast.oskar, cast.ada)}

    assert {name: sorted(found) for name, found in seen.items()} == {
        "Mei Lin": ["Z", "Zeppelin papers"],
        "Tomas Berg": [],
        "Nadia Haddad": ["Z"],
        "Oskar Nowak": [],
        "Ada Admin": [],
    }
    assert titles(cast.tomas, "harbour") == []


def test_a_client_who_moves_is_found_by_the_new_manager_alone(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.tomas.id)

    assert (titles(cast.mei, "harbour"), titles(cast.tomas, "harbour")) == ([], ["Harbour Capital"])


def test_an_import_is_followed_and_so_is_its_undo(cast: Cast) -> None:
    batch = bring_in(cast.mei, "clients", "uid,name\n77001,Pelican Reach\n77002,Pelican Shore\n", name="clients.csv")
    assert sorted(titles(cast.mei, "pelican")) == ["Pelican Reach", "Pelican Shore"]
    assert titles(cast.mei, "clients.csv", "imports") == ["clients.csv"]

    take_back(cast.mei, batch)

    assert titles(cast.mei, "pelican") == []


def test_a_word_that_a_lead_adds_finds_the_other(cast: Cast) -> None:
    added(cast.mei, "Quillfeather Trust")
    with pytest.raises(NotAllowedError), db.write(by=cast.mei) as session:
        search.glossary.add(session, cast.mei, Meaning(words=["羽毛", "quillfeather"]))
    assert titles(cast.mei, "羽毛") == []

    with db.write(by=cast.nadia) as session:
        search.glossary.add(session, cast.nadia, Meaning(words=["羽毛", "quillfeather"]))

    assert titles(cast.mei, "羽毛") == ["Quillfeather Trust"]


def test_an_entry_of_one_word_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="two words"), db.write(by=cast.nadia) as session:
        search.glossary.add(session, cast.nadia, Meaning(words=["ADL", "adl"]))


@pytest.mark.parametrize(
    "typed", ["", "   ", "…", "(", "*", "a:b AND", "\x00", "🦄", "x" * 5_000, "币" * 5_000, '"', "1" * 400]
)
def test_whatever_is_typed_is_no_fault(cast: Cast, typed: str) -> None:
    assert titles(people.machine(), typed) == []


def test_a_kind_that_is_none_is_told(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="is none of clients"), db.read() as session:
        search.find(session, cast.mei, "x", ["secrets"])
