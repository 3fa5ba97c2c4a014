"""The rows behind a number sum to that number, for every tile, line and bar."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import pytest

from crm import db
from crm.clients.models import Client
from crm.ground.errors import NotAllowedError, NotFoundError
from crm.insights import ChartStyle, Period, charts, charts_leadership, client_summary, desk_review, rows
from crm.insights.rows import Listing, Wanted
from crm.interactions.models import Interaction
from crm.people import Person
from crm.tasks.models import Task, TaskKind
from crm.trading import balances_of, daily_of
from tests.cast import DESK, Cast
from tests.trading.make import AS_OF, ago, balance, day, put

MARCH = Period.ending(AS_OF, 30)
STYLE = ChartStyle("t", "n")


def of(viewer: Person, name: str, **about: Any) -> Listing:
    with db.read() as session:
        return rows.listing(session, viewer, Wanted(name, **{"since": MARCH.since, "until": MARCH.until} | about))


def pressed(viewer: Person, told: str) -> Listing:
    """What a click on a mark opens."""
    about: dict[str, Any] = dict(parse_qsl(told))
    days = {name: datetime.fromisoformat(about.pop(name)).date() for name in ("since", "until", "day") if name in about}
    ids = {f"{name}_id": UUID(about.pop(name)) for name in ("client", "manager") if name in about}
    beyond = tuple(value for name, value in parse_qsl(told) if name == "beyond")
    about.pop("beyond", None)
    return of(viewer, about.pop("of"), **days, **ids, **about, beyond=beyond)


def marks(figure: Any, axis: str = "y") -> Iterator[tuple[str, float]]:
    """Every mark of a figure that opens rows, and how high it is drawn."""
    for trace in figure.data:
        yield from ((told, height) for told, height in zip(trace.ids or (), getattr(trace, axis), strict=False) if told)


def busy(cast: Cast) -> None:
    """A desk on which something of everything happens."""
    facts: list[Any] = []
    for back in range(75):
        facts.append(day(cast.harbour, ago(back), "4000000" if back > 12 else "100000", fees="2000", rebates="7"))
        facts.append(day(cast.harbour, ago(back), "5", "perpetual", maker_volume="2"))
    facts += [day(cast.northlight, ago(back), "3000000", fees="900") for back in range(20, 60)]
    facts += [day(cast.lotus, ago(3), "11", fees="-2"), day(cast.fjord, ago(1), "1000", fees="9")]
    facts += [balance(cast.harbour, ago(back), "500", into="10", out="4") for back in range(40)]
    facts.append(balance(cast.lotus, ago(2), out="3"))
    put(*facts, policies=True)
    early = datetime(2026, 3, 1, tzinfo=UTC)
    with db.write(by=DESK) as session:
        lately = datetime(2026, 3, 13, tzinfo=UTC)
        session.add(Interaction(client_id=cast.harbour.id, person_id=cast.mei.id, happened_at=early, summary="x"))
        session.add(Interaction(client_id=cast.northlight.id, person_id=cast.mei.id, happened_at=lately, summary="y"))
        for place, client in enumerate((cast.harbour, cast.harbour, cast.northlight)):
            session.add(
                Task(
                    title=f"t{place}",
                    client_id=client.id,
                    owner_id=client.manager_id,
                    kind=TaskKind.PROMISE,
                    due_on=ago(2 + place),
                    created_at=early,
                )
            )


def test_every_tile_of_the_desk_opens_rows_that_sum_to_it(cast: Cast) -> None:
    busy(cast)
    with db.read() as session:
        found = desk_review.review(session, cast.nadia, "30").summary

    for figure in found.headline:
        assert figure.value, figure.key
        assert of(cast.nadia, figure.key).number == figure.value, figure.key
        assert of(cast.nadia, figure.key).total > 0


def test_every_bar_of_the_desk_opens_rows_that_sum_to_it(cast: Cast) -> None:
    busy(cast)
    with db.read() as session:
        found = desk_review.review(session, cast.nadia, "30").summary

    drawn = {
        "volume": marks(charts_leadership.volume_by_tier(found, STYLE)),
        "books": marks(charts_leadership.revenue_by_manager(found.revenue_by_manager, STYLE, found.period), "x"),
        "growth": marks(charts_leadership.growth(found.growth, STYLE, found.period)),
        "falling": marks(charts_leadership.falling(found.falling, STYLE)),
        "top": marks(charts_leadership.top_clients(found.top, STYLE, found.period)),
        "coverage": marks(charts_leadership.coverage_by_manager(found.books, STYLE, found.period), "x"),
    }

    for name, points in drawn.items():
        seen = 0
        for told, height in points:
            number = pressed(cast.nadia, told).number
            assert abs(float(number or 0)) == pytest.approx(abs(height)), (name, told)
            seen += bool(height)
        assert seen, name


def test_every_call_opens_the_rows_of_its_manager(cast: Cast) -> None:
    busy(cast)
    with db.read() as session:
        found = desk_review.review(session, cast.nadia, "30")

    assert found.calls
    for call in found.calls:
        falling = of(cast.nadia, "falling", manager_id=call.manager_id, until=found.soon_until)
        assert (falling.total, falling.number) == (call.falling, call.revenue_usd)
        assert of(cast.nadia, "late_tasks", manager_id=call.manager_id).number == call.overdue
        assert of(cast.nadia, "coverage", manager_id=call.manager_id).number == call.coverage
    for book in found.summary.books:
        assert of(cast.nadia, "clients", manager_id=book.manager_id).number == book.clients
        assert of(cast.nadia, "open_tasks", manager_id=book.manager_id).number == book.open_tasks
        assert of(cast.nadia, "volume", manager_id=book.manager_id).number == book.volume_usd


def test_every_number_of_a_client_opens_its_days(cast: Cast) -> None:
    busy(cast)
    with db.read() as session:
        found = client_summary.summary_of(session, cast.mei, cast.harbour.id)

    about = {"client_id": cast.harbour.id}
    assert of(cast.mei, "volume", **about).number == found.volume_30d_usd
    assert of(cast.mei, "volume", **about, since=ago(6)).number == found.volume_7d_usd
    assert of(cast.mei, "volume", **about, since=ago(59), until=ago(30)).number == found.volume_previous_30d_usd
    assert of(cast.mei, "revenue", **about).number == found.net_fees_30d_usd
    assert of(cast.mei, "net_deposits", **about).number == found.net_deposits_30d_usd
    assert of(cast.mei, "equity", **about).number == found.equity_usd == Decimal(500)
    assert of(cast.mei, "fee", **about).number == found.effective_fee_bps
    assert of(cast.mei, "maker", **about).number == found.maker_share


@pytest.mark.parametrize("most", [1, 8])
def test_every_bar_of_a_client_opens_its_days(cast: Cast, most: int) -> None:
    busy(cast)
    put(*(day(cast.harbour, ago(n), "7", "futures") for n in range(3)))
    with db.read() as session:
        daily = daily_of(session, cast.mei, cast.harbour.id, MARCH.since, MARCH.until)
        held = balances_of(session, cast.mei, cast.harbour.id, MARCH.since, MARCH.until)
    client = cast.harbour.id

    drawn = (
        *marks(charts.volume(daily, MARCH, STYLE, client)),
        *marks(charts.mix(daily, "product", STYLE, charts.OfClient(client, MARCH), most=8), "x"),
        *marks(charts.mix(daily, "instrument", STYLE, charts.OfClient(client, MARCH), most=most), "x"),
    )

    assert len(drawn) > 60
    for told, height in drawn:
        assert float(pressed(cast.mei, told).number or 0) == pytest.approx(height), told
    for told, height in marks(charts.deposits(held, STYLE, client)):
        assert float(pressed(cast.mei, told).number or 0) == pytest.approx(abs(height)), told


def test_rows_are_turned_over_and_their_sum_is_that_of_all_pages(cast: Cast) -> None:
    busy(cast)
    with db.read() as session:
        wanted = Wanted("volume", MARCH.since, MARCH.until)
        first, second = (
            rows.listing(session, cast.nadia, wanted, order="volume", descending=True, limit=1, offset=n)
            for n in (0, 1)
        )

    assert (first.total, first.number) == (second.total, second.number)
    assert first.lines[0].client_id == cast.harbour.id != second.lines[0].client_id


def test_the_numbers_of_the_desk_and_of_strangers_stay_closed(cast: Cast) -> None:
    busy(cast)

    with pytest.raises(NotAllowedError):
        of(cast.mei, "volume")
    with pytest.raises(NotAllowedError):
        of(cast.mei, "falling", client_id=cast.harbour.id)
    with pytest.raises(NotFoundError):
        of(cast.mei, "volume", client_id=cast.northlight.id)
    with pytest.raises(NotFoundError):
        of(cast.nadia, "nothing")
    assert of(cast.nadia, "volume", manager_id=cast.oskar.id).total == 0


def test_more_clients_than_the_radar_once_showed_are_all_counted(cast: Cast) -> None:
    many = 205
    facts: list[Any] = [day(cast.fjord, ago(0), "1")]
    with db.write(by=DESK, kind="import") as session:
        made = [
            Client(number=100 + n, venue="OKX", uid=f"u{n}", name=f"C{n}", manager_id=cast.mei.id, search_text=f"c{n}")
            for n in range(many)
        ]
        session.add_all(made)
    for client in made:
        facts += [day(client, ago(20), "90000000", fees="10")]
    put(*facts, policies=True)
    with db.read() as session:
        found = desk_review.review(session, cast.nadia, "30").summary

    assert len(found.falling) == of(cast.nadia, "falling", until=ago(-40)).total == many


def test_a_click_on_a_stack_means_the_part_that_is_clicked(cast: Cast) -> None:
    """Where the hover unites all marks of a day, Plotly tells of the first of them only."""
    busy(cast)
    with db.read() as session:
        found = desk_review.review(session, cast.nadia, "30").summary
        daily = daily_of(session, cast.mei, cast.harbour.id, MARCH.since, MARCH.until)
        held = balances_of(session, cast.mei, cast.harbour.id, MARCH.since, MARCH.until)

    stacked = [
        charts_leadership.volume_by_tier(found, STYLE),
        charts_leadership.top_clients(found.top, STYLE, MARCH),
        charts.volume(daily, MARCH, STYLE, cast.harbour.id),
        charts.deposits(held, STYLE, cast.harbour.id),
    ]

    assert {figure.layout.hovermode for figure in stacked} == {"closest"}
