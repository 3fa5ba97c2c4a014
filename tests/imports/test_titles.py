"""Lists whose titles and words are of other languages, or say in which order their days are written."""

from datetime import date

import pytest
from sqlmodel import select

from crm import db
from crm.clients.models import Client
from crm.ground.errors import InvalidError
from crm.imports.certificate import Certificate
from crm.interactions.models import Interaction
from crm.tasks.models import Task
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts

LISTS = {
    "German": ("Nachname;Vorname;Geburtsdatum;Land", "Müller;Jörg;03.04.1990;Deutschland", "Jörg Müller"),
    "German, one name": ("Kunde;Geburtstag;Wohnsitzland", "Jörg Müller;03.04.90;Deutschland", "Jörg Müller"),
    "French": ("Nom;Prénom;Date de naissance;Pays", "Müller;Jörg;03.04.1990;Allemagne", "Jörg Müller"),
    "Spanish": ("Apellidos;Nombre;Fecha de nacimiento;País", "Müller;Jörg;03.04.1990;Alemania", "Jörg Müller"),
    "Russian": ("ФИО;Дата рождения;Страна", "Йорг Мюллер;03.04.1990;Германия", "Йорг Мюллер"),
    "Japanese": ("氏名;生年月日;国", "ミュラー;1990年4月3日;ドイツ", "ミュラー"),
}


@pytest.mark.parametrize("language", LISTS)
def test_client_lists_of_other_languages(cast_on_duckdb: Cast, language: str) -> None:
    header, row, name = LISTS[language]

    bring_in(cast_on_duckdb.mei, "clients", f"UID;{header}\n9901;{row}\n")

    with db.read() as session:
        found = session.exec(select(Client).where(Client.uid == "9901")).one()
    assert (found.name, found.birthday, found.country) == (name, date(1990, 4, 3), "DE")


def test_calls_and_tasks_of_other_languages(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    calls = "Datum;Uhrzeit;Kunde;Richtung;Dauer;Notiz\n03.02.2026;14:05;Harbour Capital;eingehend;00:12:00;Rabatt\n"
    bring_in(cast.mei, "interactions", calls, time_zone="UTC")
    bring_in(
        cast.mei, "tasks", "Aufgabe;Fällig am;Status;Priorität\nLimits;16.10.26;offen;hoch\nRabatt;;erledigt;mittel\n"
    )

    with db.read() as session:
        talk = session.exec(select(Interaction).where(Interaction.summary == "Rabatt")).one()
        tasks = {task.title: (task.status, task.priority, task.due_on) for task in session.exec(select(Task))}
    assert (talk.client_id, talk.direction, talk.minutes) == (cast.harbour.id, "inbound", 12)
    assert tasks["Limits"] == ("open", "high", date(2026, 10, 16))
    assert tasks["Rabatt"] == ("done", "normal", None)


@pytest.mark.parametrize(
    ("title", "yes", "no"), [("Done", "x", ""), ("Completed", "TRUE", "FALSE"), ("完成", "是", "否")]
)
def test_a_tick_says_which_tasks_are_done(cast_on_duckdb: Cast, title: str, yes: str, no: str) -> None:
    bring_in(cast_on_duckdb.mei, "tasks", f"{title},Task\n{yes},Write\n{no},Call\n")

    with db.read() as session:
        found = {task.title: str(task.status) for task in session.exec(select(Task))}
    assert (found["Write"], found["Call"]) == ("done", "open")


def days(text: str, cast: Cast) -> tuple[Certificate, list[date | None]]:
    done = bring_in(cast.mei, "clients", text)
    with db.read() as session:
        found = session.exec(select(Client).where(Client.source == "list").order_by(Client.uid)).all()
    return done, [client.birthday for client in found]


ORDERS = {
    "its title says month first": ("DOB (MM/DD/YYYY),Joined", "03/04/1990,2024-01-25", date(1990, 3, 4)),
    "its title says day first": ("Birthday [dd/mm/yyyy],Joined", "03/04/1990,2024-01-25", date(1990, 4, 3)),
    "its title says it in German": ("Geburtsdatum (TT/MM/JJJJ),Joined", "03/04/1990,2024-01-25", date(1990, 4, 3)),
    "the other days are day first": ("Birthday,Joined", "03/04/1990,25/01/2024", date(1990, 4, 3)),
    "the other days are month first": ("Birthday,Joined", "03/04/1990,01/25/2024", date(1990, 3, 4)),
}


@pytest.mark.parametrize("why", ORDERS)
def test_the_order_of_day_and_month_is_told_by_titles_and_other_columns(cast_on_duckdb: Cast, why: str) -> None:
    header, cells, birthday = ORDERS[why]

    done, found = days(f"UID,Name,Source,{header}\n9901,Ann Low,list,{cells}\n", cast_on_duckdb)

    assert (done.counts, found) == (counts(created=1), [birthday])


def test_columns_that_differ_tell_no_order(cast_on_duckdb: Cast) -> None:
    text = "UID,Name,Birthday,Joined,KYC expires\n9901,Ann Low,03/04/1990,25/01/2024,01/25/2027\n"

    with pytest.raises(InvalidError, match="day first or month first"):
        bring_in(cast_on_duckdb.mei, "clients", text)


@pytest.mark.parametrize(
    "written",
    [
        '"Tuesday, April 3, 1990"',
        "3rd April 1990",
        "1990年4月3日 星期二",
        '"April 3, 1990 2:00 PM (GMT+8)"',
        "1719792000000",
    ],
)
def test_days_as_programs_write_them(cast_on_duckdb: Cast, written: str) -> None:
    _, found = days(f"UID,Name,Source,Birthday\n9901,Ann Low,list,{written}\n", cast_on_duckdb)

    assert found == [date(2024, 7, 1) if written.isdigit() else date(1990, 4, 3)]


def test_a_year_of_two_digits_stands_before_a_clock(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    text = f"UID,Date,Notes\n{cast.harbour.uid},13/02/26 10:00,Fees\n{cast.harbour.uid},01/03/26 11:00,Limits\n"

    bring_in(cast.mei, "interactions", text, time_zone="UTC")

    with db.read() as session:
        found = {talk.summary: talk.happened_at.isoformat()[:16] for talk in session.exec(select(Interaction))}
    assert (found["Fees"], found["Limits"]) == ("2026-02-13T10:00", "2026-03-01T11:00")
