"""Whatever is dropped on the page by mistake: one red sentence in the reader's language, and nothing of it kept."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.clients.models import Client
from crm.people import Person, Role, sign_in
from tests.cast import DESK, Cast
from tests.imports.bringing import everything
from tests.pages.opening import opened

SIGNED_IN: dict[str, list[str]] = {"web_session": []}
FILES = {
    "list.csv": (b"", "is empty"),
    "holiday.csv": (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "picture"),
    "cut.json": (b'[{"uid": "1"}, {"ui', "not whole JSON"),
    "locked.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "page.xls": (b"<!DOCTYPE html><html><body>Please sign in</body></html>", "web page without a table"),
    "colours.csv": (b"colour,size\nred,9\nblue,8\n", "fits no kind"),
}


def dropped(who: Person, name: str, content: bytes) -> AppTest:
    page = opened("imports", who)
    page.file_uploader(key="import_file").upload(name, content, "application/octet-stream")
    return page.run()


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_list_gets_one_red_sentence(cast_on_duckdb: Cast, name: str) -> None:
    content, words = FILES[name]
    before = everything()

    page = dropped(cast_on_duckdb.tomas, name, content)

    [error] = page.error
    assert not page.exception
    assert words in error.value
    assert everything() | SIGNED_IN == before | SIGNED_IN


def test_the_sentence_is_in_the_readers_language(cast_on_duckdb: Cast) -> None:
    page = dropped(cast_on_duckdb.mei, "holiday.csv", FILES["holiday.csv"][0])

    assert "图片（PNG）" in page.error[0].value


def test_whoever_may_not_import_gets_a_sentence_and_nothing_is_kept(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = dropped(cast.tomas, "list.csv", b"uid,name\n0900,Juniper\n")
    with db.write(by=DESK) as session:
        session.get_one(Person, cast.tomas.id).role = Role.ADMIN

    page.button(key="apply").click().run()

    assert not page.exception
    assert not page.button or not [button for button in page.button if button.key == "apply" and not button.disabled]
    with db.read() as session:
        assert not session.exec(select(Client).where(Client.uid == "0900")).first()


def test_a_session_that_ended_between_drop_and_apply_writes_nothing(cast_on_duckdb: Cast) -> None:
    who = cast_on_duckdb.tomas
    page = dropped(who, "list.csv", b"uid,name,tier\n0900,Juniper,VIP1\n")
    before = everything()
    with db.write() as session:
        sign_in.end_all(session, who.id)

    page.button(key="apply").click().run()

    assert not page.exception
    assert "session has ended" in page.info[0].value.lower()
    assert everything()["client"] == before["client"]


def test_a_picture_is_refused_in_words_that_say_what_is_taken(cast_on_duckdb: Cast) -> None:
    page = opened("imports", cast_on_duckdb.tomas)

    page.file_uploader(key="import_file").upload("holiday.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "image/png").run()

    assert "is a picture" in page.error[0].value
    assert any("csv, tsv, txt, xlsx" in one.value for one in page.caption)
    assert not any("Reading the file" in one.value for one in page.markdown)
