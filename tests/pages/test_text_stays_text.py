"""What others wrote stands on every page as they wrote it: no sign in it comes alive."""

import re
from collections.abc import Iterator

import pytest
from google.protobuf.message import Message  # type: ignore[import-untyped]
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from tests.foreign import Foreign
from tests.pages import canary
from tests.pages.test_foreign import Browser, looks

ALIVE = re.compile(
    r"(?<!\\)\]\(https|(?<!\\)\*\*kanari|(?<!\\)`kanari|:material/kanari|(?<!\\)\$kanari|(?<!\\)<b>kanari"
)
# Values of fields, cells of tables and addresses are no Markdown; what figures write is HTML.
PLAIN = {
    *(
        "default",
        "value",
        "set_value",
        "options",
        "raw_values",
        "formatted_value",
        "placeholder",
        "id",
        "element_id",
        "key",
    ),
    *(
        "query_params",
        "query_string",
        "columns",
        "form_id",
        "url",
        "page_script_hash",
        "title",
        "column_order",
        "config",
    ),
    *("string_value", "string_array_value", "raw_value", "data"),
}
MARKUP = re.compile(r"<b>kanari")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[ForwardMsg]:
    """What the page that was read last has sent."""
    last: list[ForwardMsg] = []
    forwarded = LocalScriptRunner.forward_msgs

    def forwarding(runner: LocalScriptRunner) -> list[ForwardMsg]:
        last[:] = forwarded(runner)
        return list(last)

    monkeypatch.setattr(LocalScriptRunner, "forward_msgs", forwarding)
    return last


def said(message: Message, above: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a message and where in it it stands."""
    for field, value in message.ListFields():
        place = f"{above}.{field.name}"
        for one in value if field.is_repeated and not hasattr(value, "items") else [value]:
            if isinstance(one, Message):
                yield from said(one, place)
            elif isinstance(one, str):
                yield place, one


def alive(messages: list[ForwardMsg]) -> list[tuple[str, str]]:
    found = []
    for message in messages:
        for place, text in said(message):
            last = place.rsplit(".", 1)[-1]
            pattern = MARKUP if last == "spec" or ".html." in place else None if last in PLAIN else ALIVE
            if pattern and (hit := pattern.search(text)):
                found.append((place, text[max(0, hit.start() - 60) : hit.end() + 40]))
    return found


def test_every_text_is_known_to_be_free_or_a_code() -> None:
    assert canary.CODES - canary.texts() == set()


def test_nothing_that_others_wrote_comes_alive_on_any_page(
    world_on_duckdb: Foreign, monkeypatch: pytest.MonkeyPatch, sent: list[ForwardMsg]
) -> None:
    browser = Browser(monkeypatch)
    canary.fill()
    shown = 0

    for place, _ in looks(browser, world_on_duckdb.keeper, world_on_duckdb, 3):
        assert alive(sent) == [], place
        shown += sum("kanari" in text for message in sent for _, text in said(message))

    assert shown > 100, "the signs are on the pages"
