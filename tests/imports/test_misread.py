"""Letters and numbers that a program has spoilt on the way, without losing anything of them."""

import pytest
from sqlmodel import select

from crm import db, imports
from crm.clients.models import Client
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, staged

NAMES = ["Jörg Müller", "José Núñez", "陈伟", "Łukasz Żółty"]


def names() -> list[str]:
    with db.read() as session:
        return list(session.exec(select(Client.name).where(Client.source == "list").order_by(Client.uid)))


@pytest.mark.parametrize(("written", "shown"), [("utf-8", "latin-1"), ("gb18030", "latin-1")])
def test_letters_that_were_misread_and_saved_so_are_read_as_meant(
    cast_on_duckdb: Cast, written: str, shown: str
) -> None:
    meant = NAMES if written == "utf-8" else ["陈伟", "欧阳娜娜", "王芳", "李娜"]
    text = "UID,Name,Source\n" + "".join(f"990{n},{name},list\n" for n, name in enumerate(meant))

    batch = staged(cast_on_duckdb.mei, "clients", text.encode(written).decode(shown).encode())
    with db.read() as session:
        guesses = imports.guesses_of(session, cast_on_duckdb.mei, batch.id)
    imports.apply(cast_on_duckdb.mei, batch.id)

    assert names() == meant
    assert [one.guess for one in guesses if one.topic == "encoding"] == [f"{written} once misread as cp1252"]


def test_letters_that_only_look_so_stay(cast_on_duckdb: Cast) -> None:
    meant = ["Ângela São João", "Šárka Ünal", "Zoë £5 Ltd", "Æon Ørsted"]
    text = "UID,Name,Source\n" + "".join(f"990{n},{name},list\n" for n, name in enumerate(meant))

    bring_in(cast_on_duckdb.mei, "clients", text)

    assert names() == meant


def test_a_uid_written_as_a_number_that_is_whole_is_that_uid(cast_on_duckdb: Cast) -> None:
    text = 'UID,Name,Source\n70010001.0,Ann,list\n"70,010,002",Bo,list\n70.010.003,Cy,list\n'

    done = bring_in(cast_on_duckdb.mei, "clients", text)

    assert done.counts == counts(created=3)
    with db.read() as session:
        found = session.exec(select(Client.uid).where(Client.source == "list").order_by(Client.uid)).all()
    assert found == ["70010001", "70010002", "70010003"]


def test_a_birthday_of_which_apple_omits_the_year_refuses_nobody(cast_on_duckdb: Cast) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Low\nEMAIL:ann@x.example\nBDAY;X-APPLE-OMIT-YEAR=1604;value=date:1604-05-06\nEND:VCARD\n"

    done = bring_in(cast_on_duckdb.mei, "clients", card, name="list.vcf")

    assert done.counts == counts(created=1)
    with db.read() as session:
        found = session.exec(select(Client).where(Client.name == "Ann Low")).one()
    assert (found.birthday, found.attributes["Birthday without year"]) == (None, "05-06")
