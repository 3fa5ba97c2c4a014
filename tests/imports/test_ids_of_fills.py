"""An id of a trade is unique within its market only: which fill a row is, in one file, across files, again and after undo."""

from decimal import Decimal

from sqlmodel import col, select

from crm import db, exports, imports
from crm.trading.models import Fill
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything, problems, take_back
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long

HEADER = "UID,Trade ID,Time(UTC),Symbol,Side,Price,Quantity\n"
COIN = "{uid},7001,2026-02-05 10:00:00,SOLUSDT,BUY,150.5,2\n"
OTHER = "{uid},7001,2026-02-05 11:30:00,XRPUSDT,SELL,2.25,400\n"
LATER = "{uid},7001,2026-02-19 08:00:00,SOLUSDT,SELL,140,3\n"


def volumes(cast: Cast) -> list[tuple[str, Decimal]]:
    with db.read() as session:
        query = select(Fill).where(Fill.number == cast.harbour.number).order_by(col(Fill.traded_at))
        return [(fill.instrument, fill.volume_usd) for fill in session.exec(query)]


def file(cast: Cast, *rows: str) -> str:
    return HEADER + "".join(rows).format(uid=cast.harbour.uid)


def test_one_id_in_two_markets_is_two_fills_in_any_order(cast: Cast) -> None:
    both = [("SOLUSDT", Decimal(301)), ("XRPUSDT", Decimal(900))]
    together = bring_in(cast.mei, "trades", file(cast, COIN, OTHER))
    assert (together.counts, volumes(cast)) == (counts(created=2), both)
    with db.read() as session:
        (guess,) = [g for g in imports.guesses_of(session, cast.mei, together.batch.id) if g.topic == "same_row"]
    assert (guess.column, guess.sure, list(guess.others)) == ("Trade ID", True, ["first counts"])

    again = [bring_in(cast.mei, "trades", file(cast, *rows)) for rows in ([OTHER], [COIN, OTHER], [COIN])]
    assert [one.counts.unchanged for one in again] == [1, 2, 1]
    take_back(cast.mei, together)

    first = bring_in(cast.mei, "trades", file(cast, COIN))
    second = bring_in(cast.mei, "trades", file(cast, OTHER))
    assert [line for line, _, reason in problems(cast.mei, second) if "another row here has this id" in reason] == [2]
    assert volumes(cast) == both
    assert bring_in(cast.mei, "trades", file(cast, COIN, OTHER)).counts == counts(unchanged=2)
    take_back(cast.mei, first)
    bring_in(cast.mei, "trades", file(cast, COIN, OTHER))
    assert volumes(cast) == both


def test_a_market_may_use_an_id_again_later(cast: Cast) -> None:
    bring_in(cast.mei, "trades", file(cast, COIN))
    corrected = bring_in(cast.mei, "trades", file(cast, COIN.replace("150.5", "151")))
    respelled = bring_in(cast.mei, "trades", file(cast, COIN.replace("150.5", "151").replace("SOLUSDT", "SOL-USDT")))
    later = bring_in(cast.mei, "trades", file(cast, LATER))

    assert [one.counts for one in (corrected, respelled, later)] == [counts(changed=1)] * 2 + [counts(created=1)]
    assert [volume for _, volume in volumes(cast)] == [Decimal(302), Decimal(420)]
    assert bring_in(cast.mei, "trades", file(cast, LATER)).counts == counts(unchanged=1)


def test_parts_of_an_order_are_fills_of_their_own(cast: Cast) -> None:
    parts = [f"{{uid}},O-1,2026-02-05 10:00:00,SOLUSDT,BUY,150,{quantity}\n" for quantity in (1, 2, 4)]

    first = bring_in(cast.mei, "trades", file(cast, parts[0]))
    whole = bring_in(cast.mei, "trades", file(cast, *parts, parts[0]))

    assert (first.counts, whole.counts) == (counts(created=1), counts(created=2, unchanged=1, duplicate=1))
    assert sum(volume for _, volume in volumes(cast)) == Decimal(1050)
    before = everything()
    assert bring_in(cast.mei, "trades", file(cast, *parts[1:])).counts == counts(unchanged=2)
    assert everything() == before
    others = [part.replace("O-1", "O-2") for part in parts]
    said = bring_in(cast.mei, "trades", file(cast, *others), answers={"same_row": "first counts"})
    assert said.counts == counts(created=1, duplicate=2)


def test_what_is_exported_under_one_id_comes_back_unchanged(cast: Cast) -> None:
    bring_in(cast.mei, "trades", file(cast, COIN, OTHER, LATER))
    _, content = exports.download(cast.mei, "trades", layout=exports.Layout.CSV)
    before = everything()

    assert bring_in(cast.mei, "trades", content).counts == counts(unchanged=3)
    assert everything() == before
