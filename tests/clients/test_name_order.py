"""Lists by name: Latin letters first, then Chinese names by pinyin, wherever names are sorted."""

from sqlmodel import select

from crm import clients, db, people, tasks
from crm.clients.models import Client
from tests.cast import DESK, Cast

BY_NAME = ["Anna", "bob", "Zoë", "阿明", "陈静", "李雷", "莲花资本", "王芳", "张伟", "赵敏"]


def test_chinese_names_stand_by_pinyin_in_every_list(cast: Cast) -> None:
    with db.write(by=DESK) as session:
        for n, name in enumerate(reversed([name for name in BY_NAME if name != "莲花资本"])):
            found_by = clients.search.search_text(name, "李 notes")
            new = Client(number=5000 + n, venue="OKX", name=name, manager_id=cast.oskar.id, search_text=found_by)
            session.add(new)
            session.flush()
            session.add(tasks.Task(title="Call", client_id=new.id, owner_id=cast.oskar.id))
        session.get_one(Client, cast.lotus.id).manager_id = cast.oskar.id
        session.get_one(Client, cast.fjord.id).status = "closed"
        for one, name in ((cast.mei, "张三"), (cast.tomas, "阿四"), (cast.ada, "Zoe")):
            session.get_one(people.Person, one.id).name = name
    with db.read() as session:
        book = [one.name for one in clients.book_of(session, cast.oskar)]
        page = clients.page(session, cast.oskar, clients.ClientFilter(), descending=True).lines
        owed = tasks.page(session, cast.oskar, tasks.TaskFilter(), order="client").lines
        every = [one.name for one in people.colleagues(session)]
        assert session.exec(select(Client.search_text).where(Client.name == "张伟")).one() == "张伟\n李 notes"

    assert book == BY_NAME
    assert [line.name for line in page if line.name in BY_NAME] == BY_NAME[::-1]
    assert [line.client_name for line in owed] == [name for name in BY_NAME if name != "莲花资本"]
    assert every == ["Nadia Haddad", "Oskar Nowak", "Zoe", "阿四", "张三"]
