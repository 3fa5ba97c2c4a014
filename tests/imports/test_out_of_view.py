"""A preview never tells of clients of other books: their rows look like those of nobody."""

import json
from collections.abc import Callable

import pytest

from crm import db, imports, journal
from tests.api.conftest import Api, api
from tests.cast import Cast
from tests.imports.bringing import staged
from tests.imports.rich import FOREIGN, UNKNOWN
from tests.pages.opening import opened

__all__ = ["api"]

# What a prober sends of each key: kind, header, and a row.
PROBES: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "clients by UID": ("clients", "venue,uid", lambda k: f"Gate,{k}"),
    "clients by UID alone": ("clients", "uid,name", lambda k: f"{k},"),
    "clients by e-mail": ("clients", "name,email", lambda k: f",c{k}@rich.example"),
    "clients by phone": ("clients", "name,phone", lambda k: f"X,+4479{k}11"),
    "clients by handle": ("clients", "name,telegram", lambda k: f"X,t{k}"),
    "my client's UID": ("clients", "uid,name,email", lambda k: f"{k},Harbour Capital,lotus@desk.example"),
    "trades": (
        "trades",
        "venue,uid,time,symbol,side,price,qty",
        lambda k: f"Gate,{k},2026-03-02T10:00Z,BTCUSDT,buy,1,2",
    ),
    "daily figures": ("daily_activity", "uid,day,volume usd", lambda k: f"{k},2026-03-01,5"),
    "balances": ("balances", "uid,day,equity usd", lambda k: f"{k},2026-03-01,5"),
    "interactions": ("interactions", "uid,date,summary", lambda k: f"{k},2026-03-01T10:00Z,talked"),
    "interactions by ID": ("interactions", "id,uid,date,summary", lambda k: f"i{k},0001,2026-03-01T10:00Z,talked"),
    "tasks": ("tasks", "uid,title", lambda k: f"{k},call"),
    "tasks by ID": ("tasks", "id,uid,title", lambda k: f"t{k},0001,call"),
}


def sent(keys: list[str], header: str, row: Callable[[str], str]) -> bytes:
    return "\n".join([header, *map(row, keys)]).encode()


def without(keys: list[str], answer: str) -> str:
    for n, key in enumerate(keys):
        answer = answer.replace(key, f"key-{n}")
    return answer


@pytest.mark.parametrize("probe", PROBES)
def test_a_preview_answers_for_another_desk_as_for_nobody(rich: Cast, api: Api, probe: str) -> None:
    kind, header, row = PROBES[probe]
    mei, answers = api(rich.mei), []

    for keys in (FOREIGN, UNKNOWN):
        batch = mei.post("/imports", files={"file": ("list.csv", sent(keys, header, row))}, data={"kind": kind}).json()
        pages = [
            mei.get(f"/imports/{batch['id']}/preview?limit=200&{fate}") for fate in ("", "fate=created", "fate=refused")
        ]
        assert {page.status_code for page in pages} == {200}
        answers.append(without(keys, json.dumps([page.json() for page in pages])))

    assert answers[0] == answers[1]
    assert "Rich" not in answers[0]


@pytest.mark.parametrize("probe", ["clients by UID", "daily figures", "tasks by ID"])
def test_the_page_shows_another_desks_rows_as_those_of_nobody(rich: Cast, probe: str) -> None:
    kind, header, row = PROBES[probe]
    shown = []

    for keys in (FOREIGN, UNKNOWN):
        page = opened(
            "imports", rich.mei, batch=str(staged(rich.mei, kind, sent(keys, header, row)).id), step="preview"
        )
        assert not page.exception
        told = [
            element.value
            for part in (page.caption, page.info, page.warning, page.error, page.markdown)
            for element in part
        ]
        told += [button.label for button in page.button] + [page.dataframe[0].value.to_csv()]
        shown.append(without(keys, "\n".join(told)))

    assert shown[0] == shown[1]


def test_a_look_is_written_down_once_with_its_counts(cast: Cast) -> None:
    batch = staged(cast.mei, "clients", f"uid,name\n{cast.harbour.uid},Harbour\n77,New\n".encode())

    with db.read() as session:
        version = journal.data_version(session)
    for offset in (0, 0, 1):
        with db.read() as session:
            imports.preview(session, cast.mei, batch.id, offset=offset)

    with db.read() as session:
        looks = [(one.made_by, str(one.reason)) for one in journal.recent(session, kind="preview")]
        assert journal.data_version(session) == version
    assert looks == [(cast.mei.id, "Preview of list.csv: 2 rows, 1 created, 1 changed")]
