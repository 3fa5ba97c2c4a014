"""Whatever stands in a list, in every kind and format: it comes back unchanged, and an empty desk gets the same rows."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from crm import db, exports, imports, people
from crm.clients.models import Account, AttributeDefinition
from crm.exports import Layout, cells
from crm.imports import Certificate
from tests.cast import DESK, enter
from tests.exports import odd_rows
from tests.exports.test_round_trips import empty
from tests.imports.bringing import problems, staged
from tests.share import examples

TABLES = {
    "managers": ["person", "team"],
    "clients": ["handle", "client", "trading_account", "attribute_definition"],
    "trades": ["fill", "daily_activity", "trading_profile"],
    "daily_activity": ["daily_activity", "trading_profile"],
    "balances": ["balance", "trading_profile"],
    "interactions": ["interaction"],
    "tasks": ["task"],
}
WAY = re.compile(r"(?<=[a-z])_\d$")


def few(count: int) -> hypothesis_settings:
    """Drawn anew each time; what fails is not made smaller, for each try takes half a second."""
    return hypothesis_settings(
        max_examples=examples(count),
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


LISTS = st.sampled_from(sorted(odd_rows.ROWS)).flatmap(lambda kind: st.tuples(st.just(kind), odd_rows.rows(kind)))


@pytest.mark.parametrize("kind", odd_rows.ROWS)
@few(2)
@given(data=st.data(), layout=st.sampled_from(list(Layout)))
def test_every_list_comes_back_as_it_was(
    duckdb_only: str, tmp_path: Path, kind: str, data: st.DataObject, layout: Layout
) -> None:
    _comes_back(tmp_path / f"{kind}.{layout}", kind, data.draw(odd_rows.rows(kind)), layout)


@few(4)
@given(drawn=LISTS, layout=st.sampled_from(list(Layout)))
def test_and_on_postgresql_too(
    postgresql_only: str, tmp_path: Path, drawn: tuple[str, list[odd_rows.Row]], layout: Layout
) -> None:
    kind, rows = drawn
    _comes_back(tmp_path / f"{kind}.{layout}", kind, rows, layout)


def _comes_back(path: Path, kind: str, drawn: list[odd_rows.Row], layout: Layout) -> None:
    _fill(kind, drawn)
    count = exports.write_file(people.machine(), kind, path, layout=layout)
    wanted = _told(kind)

    again, is_certain = _bring_in(kind, path)

    assert (again.counts.rows, again.counts.unchanged, is_certain) == (count, count, True), _why(again)
    assert _told(kind) == wanted

    empty(TABLES[kind])
    anew, _ = _bring_in(kind, path)

    assert (anew.counts.rows, anew.counts.created) == (count, count), _why(anew)
    assert _told(kind) == wanted


def _fill(kind: str, drawn: list[odd_rows.Row]) -> None:
    empty()
    cast = enter()
    with db.write(by=DESK) as session:
        session.add_all(AttributeDefinition(name=name, label=name) for name in odd_rows.ATTRIBUTES)
        clients = (cast.harbour, cast.northlight, cast.lotus)
        session.add_all(Account(number=one.number, venue=one.venue, uid=str(one.uid)) for one in clients)
        session.add_all(odd_rows.stored(cast, kind, drawn))


def _bring_in(kind: str, path: Path) -> tuple[Certificate, bool]:
    """And whether the file was understood without a question."""
    batch = staged(people.machine(), kind, path, path.name)
    with db.read() as session:
        is_certain = imports.is_certain(session, people.machine(), batch.id)
    return imports.apply(people.machine(), batch.id), is_certain


def _told(kind: str) -> list[str]:
    """Every row by what it says; which of two addresses is the first is not told by an import, nor an id of our own."""
    with db.read() as session:
        sheet = exports.export(session, people.machine(), kind)
        return sorted(map(str, (_said(sheet.columns, row) for row in sheet.rows)))


def _said(columns: Sequence[str], row: Sequence[object]) -> list[tuple[str, str]]:
    said = ((WAY.sub("", name), cells.text(cell).strip()) for name, cell in zip(columns, row, strict=True))
    return sorted((name, text) for name, text in said if text and name != "external_id")


def _why(done: Certificate) -> tuple[object, object]:
    return done.counts, problems(people.machine(), done)[:4]
