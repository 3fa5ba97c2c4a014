"""What is stored is found, however it was typed."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm import clients, db
from crm.clients import ClientFilter, ContactKind, NewClient, NewContactMethod, search
from crm.people import Person
from tests.cast import Cast
from tests.share import examples

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


def found(viewer: Person, text: str) -> list[str]:
    with db.read() as session:
        return [line.name for line in clients.page(session, viewer, ClientFilter(text=text)).lines]


@given(TEXT, TEXT, TEXT)
def test_a_part_of_a_text_folds_to_a_part_of_the_folded_text(before: str, part: str, after: str) -> None:
    assert search.fold(part) in search.fold(before + part + after)
    assert search.fold(search.fold(part)) == search.fold(part)


@pytest.mark.parametrize(
    "text",
    [
        "José",
        "Łódź",
        "Nguyễn Hơn Đức",
        "Ольга Й",
        "ＶＩＰ　９，（Ａ）",
        "Ωμέγα ΟΔΟΣ",
        "你好，世界",
        "e\u0301É",
        "Ա Ḁ Ａ é",
    ],
)
def test_every_table_of_letters_folds_as_python_does(database: str, text: str) -> None:
    with db.read() as session:
        assert session.connection().execute(sa.select(search.folded(sa.literal(text)))).scalar_one() == search.fold(
            text
        )


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXT)
def test_both_engines_fold_and_search_as_python_does(database: str, text: str) -> None:
    with db.read() as session:
        folded = session.connection().execute(sa.select(search.folded(sa.literal(text)))).scalar_one()
        stored = sa.literal(search.search_text("x", text, "y"), sa.String)
        found = session.connection().execute(sa.select(search.matches(stored, text))).scalar_one()

    assert folded == search.fold(text)
    assert found


def test_a_client_is_found_by_name_uid_tag_note_and_handle(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        new = NewClient(
            name="Ｏrchid Ångström",
            uid="00123",
            tags=["Family office"],
            notes="喜欢打高尔夫 100%_sure!",
            handles=[
                NewContactMethod(kind=ContactKind.TELEGRAM, value="@OrchidDesk"),
                NewContactMethod(kind=ContactKind.PHONE, value="+86 138 0013 8000"),
            ],
        )
        clients.add(session, cast.mei, new)

    for text in (
        "orchid",
        "ＡＮＧＳＴＲＯＭ",
        "0123",
        "family ORCHID",
        "高尔夫",
        "100%_sure!",
        "@orchiddesk",
        "13800138",
        "138-0013",
        "",
    ):
        assert "Ｏrchid Ångström" in found(cast.mei, text), text
    for text in ("orchid nobody", "100%sure", "100_", "' OR 1=1 --", "\\"):
        assert found(cast.mei, text) == [], text


def test_chinese_and_mail_are_found_and_a_nul_is_harmless(cast: Cast) -> None:
    assert found(cast.mei, "莲花") == ["莲花资本"]
    assert found(cast.mei, "HARBOUR.example") == ["Harbour Capital"]
    assert found(cast.mei, "harb\0") == ["Harbour Capital"]


def test_search_follows_a_change(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        clients.change(session, cast.mei, cast.harbour.id, clients.ClientChange(version=1, name="Hafen", notes="moved"))

    assert found(cast.mei, "hafen moved") == ["Hafen"]
    assert found(cast.mei, "capital") == []
