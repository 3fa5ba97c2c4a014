"""The frame of every page, and who is let in."""

import pytest
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from crm import db, journal, people
from crm.people import sign_in
from crm.tasks import Task
from crm.web.frame import menu
from tests.cast import Cast
from tests.screen import ROOT, screen

SHELL = "crm/web/frame/shell.py"
OUR_PAGES = ROOT / "tests" / "browser" / "pages"


@pytest.fixture(autouse=True)
def our_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "PAGES", OUR_PAGES)


def titles(session: Session) -> list[str]:
    return list(session.exec(select(Task.title)).all())


def test_the_sidebar_says_who_is_signed_in(cast_on_duckdb: Cast) -> None:
    shown = screen(SHELL, cast_on_duckdb.tomas).run()

    assert not shown.exception
    assert shown.sidebar.markdown[0].value == "**Tomas Berg**  \nAccount manager"
    assert [title.value for title in shown.title] == ["My day"]


def test_each_role_gets_the_pages_it_may_use(monkeypatch: pytest.MonkeyPatch, cast_on_duckdb: Cast) -> None:
    monkeypatch.setattr(menu.Entry, "path", OUR_PAGES / "my_day.py")
    mei, nadia, ada = (
        {entry.file for entry in menu.visible_to(person)}
        for person in (cast_on_duckdb.mei, cast_on_duckdb.nadia, cast_on_duckdb.ada)
    )

    assert {"my_day", "log", "clients", "client", "tasks"} <= mei & nadia
    assert {"leadership", "review", "sign_ins"} == nadia - mei
    assert "people" in ada - mei - nadia
    assert not {"my_day", "log", "clients", "client", "tasks", "leadership"} & ada


def test_a_page_one_may_not_open_is_not_there(cast_on_duckdb: Cast) -> None:
    shown = screen(SHELL, cast_on_duckdb.ada).run()

    assert "Only for" not in str([text.value for text in shown.markdown])
    assert not shown.title


def test_nobody_sees_nothing(cast_on_duckdb: Cast) -> None:
    shown = AppTest.from_file(str(ROOT / SHELL)).run()

    assert not shown.title
    assert "Your session has ended" in shown.info[0].value


def test_an_ended_session_sees_nothing_on_its_next_run(cast_on_duckdb: Cast) -> None:
    shown = screen(SHELL, cast_on_duckdb.mei).run()
    with db.write() as session:
        sign_in.end_all(session, cast_on_duckdb.mei.id)

    shown.run()

    assert not shown.title


def test_the_language_is_chosen_in_the_sidebar_and_journalled(cast_on_duckdb: Cast) -> None:
    shown = screen(SHELL, cast_on_duckdb.tomas).run()
    shown.sidebar.button_group[0].set_value("zh").run()

    assert [button.label for button in shown.sidebar.button] == ["搜索", "退出登录"]
    with db.read() as session:
        assert people.get(session, cast_on_duckdb.tomas, cast_on_duckdb.tomas.id).locale == "zh"
        assert journal.recent(session, limit=1)[0].made_by == cast_on_duckdb.tomas.id


def test_signing_out_ends_the_session(cast_on_duckdb: Cast) -> None:
    shown = screen(SHELL, cast_on_duckdb.tomas).run()
    shown.sidebar.button[-1].click().run()

    with db.read() as session:
        assert sign_in.sessions_of(session, cast_on_duckdb.tomas) == []


def test_what_is_typed_is_kept_and_given_back_to_its_writer_only(cast_on_duckdb: Cast) -> None:
    page = OUR_PAGES / "my_day.py"
    shown = screen(page, cast_on_duckdb.tomas).run()
    shown.text_input[0].set_value("half a sentence").run()

    assert screen(page, cast_on_duckdb.nadia).run().text_input[0].value == ""
    again = screen(page, cast_on_duckdb.tomas).run()
    assert again.text_input[0].value == "half a sentence"
    assert "had not sent yet" in again.info[0].value


def test_what_was_sent_is_no_longer_kept(cast_on_duckdb: Cast) -> None:
    log = OUR_PAGES / "log.py"
    with db.write() as session:
        people.drafts.keep(session, cast_on_duckdb.tomas.id, "log", {"summary": "a sentence"})
    shown = screen(log, cast_on_duckdb.tomas).run()
    shown.button[0].click().run()

    assert shown.text_area[0].value == ""
    assert "Logged" in shown.main.markdown[0].value
    with db.read() as session:
        assert people.drafts.find(session, cast_on_duckdb.tomas.id, "log") is None
        assert titles(session).count("a sentence") == 1


def test_an_error_is_told_in_a_box_and_the_text_stays(cast_on_duckdb: Cast) -> None:
    shown = screen(OUR_PAGES / "log.py", cast_on_duckdb.tomas).run()
    shown.text_area[0].set_value("   ")
    shown.button[0].click().run()

    assert "A task needs a title" in shown.error[0].value
    assert shown.text_area[0].value == "   "


def test_an_expired_session_keeps_the_form_and_writes_nothing(cast_on_duckdb: Cast) -> None:
    shown = screen(OUR_PAGES / "log.py", cast_on_duckdb.tomas).run()
    with db.write() as session:
        sign_in.end_all(session, cast_on_duckdb.tomas.id)
    shown.text_area[0].set_value("wants a lower fee")
    shown.button[0].click().run()

    with db.read() as session:
        kept = people.drafts.find(session, cast_on_duckdb.tomas.id, "log")
        assert "wants a lower fee" not in titles(session)
    assert kept
    assert kept.fields == {"summary": "wants a lower fee"}


@pytest.mark.parametrize(
    ("address", "told"), [("leadership", "Only leads can see the numbers"), ("nowhere", "no page at this address")]
)
def test_an_address_that_is_closed_or_leads_nowhere_says_so_with_a_way_on(
    monkeypatch: pytest.MonkeyPatch, cast_on_duckdb: Cast, address: str, told: str
) -> None:
    monkeypatch.setattr(menu.Entry, "path", OUR_PAGES / "my_day.py")
    shown = screen(SHELL, cast_on_duckdb.tomas)
    shown.session_state["_asked_page"] = address
    shown._page_hash = calc_hash(address)

    shown.run()

    assert not shown.exception
    assert told in shown.info[0].value
    assert [link.proto.label for link in shown.get("page_link")] == ["Go to My day"]
