"""Columns that stand for others, and those that say of whom a row is: companies, contacts, handles, numbers at home."""

import pytest
from sqlmodel import col, select

from crm import db
from crm.clients.models import Client, ContactMethod
from crm.interactions.models import Interaction
from crm.tasks.models import Task
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts

CONTACTS = {
    "the company where nobody is named": (
        "UID,Company,Contact email",
        "9901,Harbour Fund,ann@x.example",
        "Harbour Fund",
        "9901",
    ),
    "a contact of a company": (
        "Contact ID,First Name,Last Name,Account Name,Email",
        "003Z,Ann,Low,Low Lda,ann@x.example",
        "Ann Low",
        None,
    ),
    "an id of another CRM": (
        "Person - ID,Person - Name,Person - Email - Work,Person - Owner,Person - Organization",
        "1204,Ann Low,ann@x.example,,Low Lda",
        "Ann Low",
        None,
    ),
}


@pytest.mark.parametrize("what", CONTACTS)
def test_who_is_meant_by_a_row(cast_on_duckdb: Cast, what: str) -> None:
    header, row, name, uid = CONTACTS[what]

    bring_in(cast_on_duckdb.mei, "clients", f"{header}\n{row}\n")

    with db.read() as session:
        of_ann = select(ContactMethod.client_id).where(ContactMethod.value == "ann@x.example")
        found = session.exec(select(Client).where(col(Client.id).in_(of_ann))).one()
    assert (found.name, found.uid) == (name, uid)


def test_a_column_says_which_clients_are_companies(cast_on_duckdb: Cast) -> None:
    bring_in(cast_on_duckdb.mei, "clients", "UID,Display Name,Is a Company\n9901,Low Lda,True\n9902,Ann Low,False\n")

    with db.read() as session:
        found = {c.uid: str(c.kind) for c in session.exec(select(Client))}
    assert (found["9901"], found["9902"]) == ("institution", "person")


TALKS = {
    "a handle": "Date,Telegram,Message\n2026-02-03 10:00,@ann_low,Fees\n",
    "a number at home": "Date,Phone,Subject\n2026-02-03 10:00,6123 4567,Fees\n",
    "a Chinese log": "呼叫类型,对方号码,起始时间,通话时长,备注\n被叫,00852 6123 4567,2026-02-03 10:00:00,12分30秒,Fees\n",
}


@pytest.mark.parametrize("what", TALKS)
def test_whom_a_conversation_was_with(cast_on_duckdb: Cast, what: str) -> None:
    cast = cast_on_duckdb
    bring_in(cast.mei, "clients", "UID,Name,Phone,Telegram\n9901,Ann Low,+85261234567,@ann_low\n")

    done = bring_in(cast.mei, "interactions", TALKS[what], time_zone="UTC")

    assert done.counts == counts(created=1)
    with db.read() as session:
        talk = session.exec(select(Interaction).where(Interaction.summary == "Fees")).one()
        client = session.get(Client, talk.client_id)
    assert client is not None
    assert client.name == "Ann Low"
    if "Chinese" in what:
        assert (talk.direction, talk.minutes, str(talk.channel)) == ("inbound", 13, "call")


def test_a_log_of_calls_without_words_says_what_they_were(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    bring_in(cast.mei, "clients", "UID,Name,Phone\n9901,Ann Low,+85261234567\n")
    rows = "主叫,85261234567,2026-02-03 10:00:00,00:00:45\n未接,85261234567,2026-02-04 10:00:00,0秒\n"

    bring_in(cast.mei, "interactions", f"通话类型,对方号码,通话开始时间,通话时长\n{rows}", time_zone="UTC")

    with db.read() as session:
        talks = session.exec(select(Interaction).order_by(col(Interaction.happened_at))).all()
    found = [(talk.direction, talk.minutes, talk.summary) for talk in talks if talk.happened_at.month == 2]
    assert found == [("outbound", 1, "Outgoing call"), ("inbound", 0, "Missed call")]


def test_the_cards_of_a_board_are_found_among_its_lists(cast_on_duckdb: Cast) -> None:
    card = '{"id":"65f1","name":"Write","desc":"","due":null,"dueComplete":true,"closed":false,"idList":"65aa"}'
    lists = '[{"id":"65aa","name":"Done"},{"id":"65ab","name":"To do"}]'
    board = f'{{"name":"VIP","lists":{lists},"cards":[{card}]}}'

    bring_in(cast_on_duckdb.mei, "tasks", board, name="board.json")

    with db.read() as session:
        assert str(session.exec(select(Task).where(Task.title == "Write")).one().status) == "done"


def test_every_month_of_todoist_is_no_monday(cast_on_duckdb: Cast) -> None:
    text = "TYPE,CONTENT,PRIORITY,INDENT,RESPONSIBLE,DATE\ntask,Write,1,1,,every month\ntask,Call,1,1,,every monday\n"

    bring_in(cast_on_duckdb.mei, "tasks", text)

    with db.read() as session:
        found = {task.title: str(task.repeat) for task in session.exec(select(Task))}
    assert (found["Write"], found["Call"]) == ("monthly", "weekly")
