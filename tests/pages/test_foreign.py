"""Whoever does not see a client finds nothing of it on any page: every byte that a page sends to the browser is looked at."""

from collections.abc import Iterator, Mapping
from itertools import count

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from crm import db, imports
from crm.people import Person
from crm.web.frame import menu
from tests.foreign import PHONE, UID, WORD, Foreign, told_in
from tests.pages.opening import opened
from tests.share import LONG

PARTS = ("sort", "way", "page", "column")  # of the lists of a page that has two
NEVER_FILLED = ("before", "after", "page", "step", "fate", "why", "tier", "country", "tag")


class Browser:
    """What pages sent, and which parts of the address they asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: list[bytes] = []
        self.asked: dict[str, None] = {}
        forwarded, one, every = LocalScriptRunner.forward_msgs, QueryParamsProxy.__getitem__, QueryParamsProxy.get_all

        def forwarding(runner: LocalScriptRunner) -> list[ForwardMsg]:
            messages = forwarded(runner)
            self.sent = [message.SerializeToString() for message in messages]
            return messages

        def asking(address: QueryParamsProxy, name: str) -> str:
            self.asked[name] = None
            return one(address, name)

        def asking_all(address: QueryParamsProxy, name: str) -> list[str]:
            self.asked[name] = None
            return every(address, name)

        monkeypatch.setattr(LocalScriptRunner, "forward_msgs", forwarding)
        monkeypatch.setattr(QueryParamsProxy, "__getitem__", asking)
        monkeypatch.setattr(QueryParamsProxy, "get_all", asking_all)

    def read(self, page: AppTest, file: str, address: Mapping[str, str]) -> bytes:
        page.switch_page(str(menu.PAGES / f"{file}.py"))
        page.query_params.clear()
        page.query_params.update(address)
        page.run()
        assert not page.exception, (file, address, page.exception)
        return b"\n".join(self.sent)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    return Browser(monkeypatch)


def known(reader: Person, world: Foreign) -> dict[str, list[str]]:
    """What a part of an address can be; the n-th look at a page takes the n-th of each, and begins anew where they end."""
    with db.read() as session:
        batches = [batch.id for batch in imports.recent(session, reader)]
    keys = {name: list(map(str, found)) for name, found in world.keys.items()}
    return (
        {
            "id": keys["client"],
            "client": ["", *keys["client"]],
            "clients": [",".join(keys["client"])],
            "set": keys["change_set"],
            "batch": [*keys["batch"], *map(str, batches)],
            "person": keys["person"],
            "by": ["", *keys["person"]],
            "manager": ["", *keys["person"]],
            "owner": ["", *keys["person"]],
            "status": ["done", "withdrawn", "open", "closed"],
            "whose": ["all"],
            "when": ["", "overdue", "today"],
            "q": ["", "6620091337"],
            "show": ["rows", "refused", "noted"],
            "tab": ["timeline", "trading", "tasks", "details", "history"],
            "contacts": ["all"],
            "span": ["", "year"],
            "shown": ["all"],
            "since": ["2026-01-01"],
            "until": ["2026-03-16"],
            "on": ["", "2026-03-16"],
            "sort": ["name", "venue"],
            "way": ["down"],
            "kind": ["", "import", "undo", "export"],
            "column": ["uid"],
            "days": ["90"],
            "sure": ["all"],
        }
        | {name: [""] for name in NEVER_FILLED}
        | {f"{which}_{name}": [""] for which in ("call", "falling") for name in PARTS}
    )


def looks(browser: Browser, reader: Person, world: Foreign, most: int) -> Iterator[tuple[str, bytes]]:
    """Every page that the reader may open: bare, and then under addresses with what it asks for."""
    page, values = opened("profile", reader), known(reader, world)
    for file in (entry.file for entry in menu.visible_to(reader)):
        browser.asked.clear()
        yield file, browser.read(page, file, {})
        for n in count():
            assert set(browser.asked) <= set(values), (
                f"nothing is known to stand for these parts of the address of {file}"
            )
            named = {name: values[name] for name in browser.asked}
            if n >= min(most, max(map(len, named.values()), default=0)):
                break
            address = {name: found[n % len(found)] for name, found in named.items() if found[n % len(found)]}
            yield f"{file} {address}", browser.read(page, file, address)


def test_no_page_tells_a_stranger_of_the_client(browser: Browser, world_on_duckdb: Foreign) -> None:
    world = world_on_duckdb
    for who, person in world.strangers.items():
        most = 1000 if LONG or who == "former manager" else 1
        for place, content in looks(browser, person, world, most):
            assert told_in(content) == [], (who, place)

    read = b"".join(content for _, content in looks(browser, world.keeper, world, 5))
    assert {WORD, UID, PHONE} <= set(told_in(read)), "whoever looks after the client reads all of this"
