"""The story of one client, and the list of all of them with numbers beside the names."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from crm import db, timeline
from crm.clients import ClientFilter
from crm.clients.models import Client
from crm.ground import clock
from crm.ground.errors import NotFoundError
from crm.ground.messages import Message
from crm.insights import book
from crm.interactions.models import Interaction
from crm.people import Person
from crm.tasks.models import Task, TaskStatus
from crm.timeline import Entry
from tests.cast import DESK, Cast
from tests.trading.make import ago, balance, day, put

START = datetime(2026, 3, 16, 4, tzinfo=UTC)


def later(hours: int) -> datetime:
    return START + timedelta(hours=hours)


def live(cast: Cast) -> None:
    """A call, a task that is done, two changes and an import, an hour apart."""
    with clock.stopped_at(later(1)), db.write(by=cast.mei) as session:
        session.add(
            Interaction(
                client_id=cast.harbour.id, person_id=cast.mei.id, happened_at=later(1), topic="Fees", summary="Too high"
            )
        )
    with clock.stopped_at(later(2)), db.write(by=cast.mei) as session:
        session.add(
            Task(
                title="Ask desk",
                client_id=cast.harbour.id,
                owner_id=cast.mei.id,
                created_by=cast.mei.id,
                due_on=ago(-3),
            )
        )
    with clock.stopped_at(later(3)), db.write(by=cast.nadia, why="review") as session:
        session.get_one(Client, cast.harbour.id).tier = "VIP5"
    with clock.stopped_at(later(4)), db.write(by=cast.nadia) as session:
        session.get_one(Client, cast.harbour.id).manager_id = cast.tomas.id
    with clock.stopped_at(later(5)), db.write(by=cast.nadia, kind="import", why="activity.csv") as session:
        session.add_all(
            [day(cast.harbour, ago(0), "5"), day(cast.lotus, ago(0), "5"), balance(cast.harbour, ago(0), equity="1")]
        )
    with clock.stopped_at(later(6)), db.write(by=cast.mei) as session:
        task = session.query(Task).one()
        task.status, task.done_at, task.outcome = TaskStatus.DONE, later(6), "Agreed"


def read(viewer: Person, client: Client, **options: object) -> list[Entry]:
    with db.read() as session:
        return timeline.of_client(session, viewer, client.id, **options)  # type: ignore[arg-type]


def test_everything_about_a_client_newest_first(cast: Cast) -> None:
    live(cast)

    found = read(cast.nadia, cast.harbour)

    assert [(str(entry.said), entry.person) for entry in found] == [
        ("Task done", "Mei Lin"),
        ("2 rows of trading came in or changed", "Nadia Haddad"),
        ("Handed over from Mei Lin to Tomas Berg", "Nadia Haddad"),
        ("Tier changed from VIP4 to VIP5", "Nadia Haddad"),
        ("Task planned for 18 Mar 2026", "Mei Lin"),
        ("Consultation", "Mei Lin"),
        ("Client added", "Desk"),
    ]
    assert found[0].text == "Ask desk\nAgreed"
    assert found[3].text == Message("review")
    assert [(f.field, f.before, f.after) for f in found[3].fields] == [("tier", "VIP4", "VIP5")]
    assert found[5].text == "Fees\nToo high"


def test_the_timeline_is_filtered_by_kind_and_turned_by_moment(cast: Cast) -> None:
    live(cast)

    changes = read(cast.nadia, cast.harbour, only=["change", "task"], limit=2)
    next_page = read(cast.nadia, cast.harbour, only=["change", "task"], limit=2, before=changes[-1].at)

    assert [entry.at for entry in changes] == [later(6), later(4)]
    assert [entry.at for entry in next_page] == [later(3), later(2)]


def test_a_timeline_is_for_those_who_see_the_client(cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        read(cast.oskar, cast.harbour)


def test_the_list_shows_numbers_beside_names_and_nothing_where_nothing_is_known(cast: Cast) -> None:
    put(day(cast.harbour, ago(0), "15800000"), policies=True)
    with db.write(by=DESK) as session:
        session.add(Interaction(client_id=cast.lotus.id, person_id=cast.mei.id, happened_at=later(-2), summary="x"))
        session.add(Task(title="Second", client_id=cast.harbour.id, owner_id=cast.mei.id, due_on=ago(-2)))
        session.add(Task(title="First", client_id=cast.harbour.id, owner_id=cast.mei.id, due_on=ago(-1)))

    with db.read() as session:
        page = book.page(session, cast.mei, ClientFilter())

    harbour, lotus = page.lines
    assert page.total == 2
    assert (harbour.volume_30d_usd, harbour.earned_tier, str(harbour.gap)) == (
        Decimal(15_800_000),
        "VIP1",
        "$4.2M of 30-day spot volume to VIP2",
    )
    assert (harbour.open_tasks, harbour.next_task, harbour.next_due_on) == (2, "First", ago(-1))
    assert (lotus.volume_30d_usd, lotus.gap, lotus.next_task, lotus.last_contact_at) == (None, None, None, later(-2))


def test_the_list_is_sorted_by_volume_with_the_unknown_last_and_by_contact_with_never_first(cast: Cast) -> None:
    put(day(cast.harbour, ago(0), "5"), day(cast.northlight, ago(0), "9"), balance(cast.lotus, ago(0), equity="1"))
    with db.write(by=DESK) as session:
        session.add(Interaction(client_id=cast.lotus.id, person_id=cast.mei.id, happened_at=later(-2), summary="x"))

    def names(order: str, *, descending: bool) -> list[str]:
        with db.read() as session:
            return [
                line.line.name
                for line in book.page(session, cast.nadia, ClientFilter(), order=order, descending=descending).lines
            ]

    assert names("volume_30d", descending=True) == ["Northlight", "Harbour Capital", "莲花资本"]
    assert names("volume_30d", descending=False) == ["Harbour Capital", "Northlight", "莲花资本"]
    assert names("last_contact", descending=False)[-1] == "莲花资本"


def test_a_list_is_sorted_by_how_volume_moved_and_by_what_is_owed_next_with_the_unknown_last(cast: Cast) -> None:
    before = [day(cast.harbour, ago(40), "10"), day(cast.northlight, ago(40), "10")]
    put(*before, day(cast.harbour, ago(0), "5"), day(cast.northlight, ago(0), "40"), day(cast.lotus, ago(0), "1"))
    with db.write(by=DESK) as session:
        for client, due_on in (
            (cast.northlight, ago(-9)),
            (cast.northlight, ago(-2)),
            (cast.harbour, ago(-3)),
            (cast.lotus, None),
        ):
            session.add(Task(title="Call", client_id=client.id, owner_id=client.manager_id, due_on=due_on))

    def names(order: str, *, descending: bool = False) -> list[str]:
        with db.read() as session:
            found = book.page(session, cast.nadia, ClientFilter(), order=order, descending=descending)
        return [line.line.name for line in found.lines]

    assert names("change") == ["Harbour Capital", "Northlight", "莲花资本"]
    assert names("change", descending=True) == ["Northlight", "Harbour Capital", "莲花资本"]
    assert names("next_due_on") == ["Northlight", "Harbour Capital", "莲花资本"]
    assert names("next_due_on", descending=True) == ["Harbour Capital", "Northlight", "莲花资本"]


def test_a_tier_that_trading_gave_is_sorted_as_it_is_shown(cast: Cast) -> None:
    put(day(cast.harbour, ago(0), "15800000"), policies=True)
    with db.write(by=DESK) as session:
        session.get_one(Client, cast.harbour.id).tier = None

    with db.read() as session:
        lines = book.page(session, cast.nadia, ClientFilter(), order="tier", descending=True).lines

    assert [line.line.tier or line.earned_tier for line in lines] == ["VIP2", "VIP1", "VIP1"]


def test_every_page_of_the_list_is_another(cast: Cast) -> None:
    with db.read() as session:
        first = book.page(session, cast.nadia, ClientFilter(), order="volume_30d", limit=2)
        second = book.page(session, cast.nadia, ClientFilter(), order="volume_30d", limit=2, offset=2)

    assert (first.total, second.total) == (3, 3)
    assert len({line.line.id for line in [*first.lines, *second.lines]}) == 3
