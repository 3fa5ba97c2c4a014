"""History finds its client by whatever is known of the client: e-mail, phone in any form, handle, further UID."""

from sqlmodel import select

from crm import db
from crm.clients.models import Client
from crm.interactions.models import Interaction
from crm.tasks.models import Task
from tests.cast import Cast
from tests.imports.bringing import bring_in, problems
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long

CLIENTS = """uid,name,email,phone,telegram
7001,Iris Vanto,iris@example.org,+44 20 7946 0111,@irisv
7002,Bo Lind,bo@example.org,+49 30 5550123,
7003,Twin One,twins@example.org,,
7004,Twin Two,twins@example.org,,
"""
# Title and cell -> the UID of whom it means.
MEANT = {
    ("Requester email", "IRIS@example.org"): "7001",
    ("Contact email", "Iris V. <iris@example.org>"): "7001",
    ("From", '"Bo, L." <bo@example.org>'): "7002",
    ("Client", "iris@example.org"): "7001",
    ("Customer", "Iris Vanto <iris.private@example.net>"): "7001",
    ("Caller number", "+44 (0)20 7946 0111"): "7001",
    ("Phone", "0044 20 7946 0111"): "7001",
    ("Client", "tel:+442079460111"): "7001",
    ("Phone", "020 7946 0111"): "7001",
    ("Client", "@irisv"): "7001",
    ("Client", "https://t.me/irisv"): "7001",
    ("Client", "7002"): "7002",
    ("客户邮箱", "bo@example.org"): "7002",
}


def test_history_finds_its_client(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    bring_in(cast.nadia, "clients", CLIENTS)

    for n, ((title, cell), uid) in enumerate(MEANT.items()):
        quoted = cell.replace('"', '""')
        done = bring_in(cast.nadia, "interactions", f'when,{title},summary\n2026-02-03,"{quoted}",talk {n}\n')
        also = bring_in(cast.nadia, "tasks", f'title,{title}\ntask {n},"{quoted}"\n')

        with db.read() as session:
            talk = session.exec(select(Interaction.client_id).where(Interaction.summary == f"talk {n}")).first()
            task = session.exec(select(Task.client_id).where(Task.title == f"task {n}")).first()
            meant = session.exec(select(Client.id).where(Client.uid == uid)).one()
        assert (title, cell, talk, task) == (title, cell, meant, meant), (
            problems(cast.nadia, done),
            problems(cast.nadia, also),
        )


def test_an_address_of_two_or_of_another_than_the_name_is_refused(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    bring_in(cast.nadia, "clients", CLIENTS)
    text = (
        "when,client,requester email,summary\n2026-02-03,,twins@example.org,a\n2026-02-03,Bo Lind,iris@example.org,b\n"
    )
    text += "2026-02-03,,nobody@example.org,c\n2026-02-03,Bo Lind,nobody@example.org,d\n2026-02-03,Twin Two,twins@example.org,e\n"

    done = bring_in(cast.nadia, "interactions", text)

    assert [(line, reason) for line, _, reason in problems(cast.nadia, done)] == [
        (2, "means more than one client here; add the UID"),
        (3, "means more than one client here; add the UID"),
        (4, "is not a client here"),
    ]


def test_a_client_out_of_view_is_not_found_by_an_address(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    bring_in(cast.nadia, "clients", CLIENTS)

    done = bring_in(cast.mei, "interactions", "when,requester email,summary\n2026-02-03,iris@example.org,a\n")

    assert [reason for _, _, reason in problems(cast.mei, done)] == ["is not a client here"]
