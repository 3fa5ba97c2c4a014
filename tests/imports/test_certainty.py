"""A file of which nothing has to be asked is previewed at once; a person looks first at whatever could be meant otherwise."""

import pytest

from crm import db, imports
from tests.cast import Cast
from tests.imports.bringing import staged, zipped
from tests.imports.test_layouts import OKX
from tests.imports.test_layouts_chosen import BARE

CERTAIN = {
    "every column by its name": "uid,name,tier\n11,Alder,VIP1\n",
    "as many columns that are kept as they are": "uid,name,Shelf,Locker\n11,Alder,4,7\n",
    "decimals that one cell tells": "uid,day,product,volume usd\n11,2026-03-02,spot,1.234\n11,2026-03-03,spot,12.5\n",
    "days with the year first": "uid,name,birthday\n11,Alder,1980-04-03\n",
    "a layout that is known": OKX,
    "figures of days": "uid,day,product,volume usd\n11,2026-03-02,spot,5\n",
}
OPEN = {
    "more columns unknown than known": "uid,name,Locker,Shelf,Drawer\n11,Alder,7,8,9\n",
    "a column that would be left out": "uid,day,product,volume usd,Locker\n11,2026-03-02,spot,5,7\n",
    "a name with a number behind it": "uid,name,tier2\n11,Alder,VIP1\n",
    "a column called like another": "uid,name,birthday\n11,Alder,in spring\n12,Birch,in autumn\n",
    "days of two readings": "uid,name,birthday\n11,Alder,03/04/1980\n",
    "days with the day first": "uid,name,birthday\n11,Alder,25/12/1980\n",
    "times without a zone": "uid,time,symbol,side,price,quantity,trade id\n11,2026-03-01 10:00:00,BTC-USDT,buy,1,1,t1\n",
    "times of tasks without a zone": "title,uid,due at\nCall,0001,2026-03-20 10:00\n",
    "a thousand or one": "uid,day,product,volume usd\n11,2026-03-02,spot,1.234\n11,2026-03-03,spot,2.500\n",
    "decimals in two ways": 'uid,day,product,volume usd\n11,2026-03-02,spot,"1.234,5"\n11,2026-03-03,spot,2500.75\n',
    "two columns for a tier": "UID,Name,VIP Level,Tier\n11,Alder,VIP1,VIP2\n",
    "two columns for a manager": "uid,name,Manager,Owner\n11,Alder,mei@desk.example,tomas@desk.example\n",
    "lines above the header": "Clients of the East desk\n\nuid,name,tier\n11,Alder,VIP1\n",
    "a layout that names no account": BARE,
    "nothing to tell a client by": "tier,country\nVIP1,NO\n",
}


def is_certain(cast: Cast, content: str | bytes, kind: str | None = None) -> bool:
    file = content.encode() if isinstance(content, str) else content
    batch = staged(cast.nadia, kind, file)
    with db.read() as session:
        return imports.is_certain(session, cast.nadia, batch.id)


@pytest.mark.parametrize("what", CERTAIN)
def test_a_file_that_says_all_itself_needs_no_look(cast_on_duckdb: Cast, what: str) -> None:
    assert is_certain(cast_on_duckdb, CERTAIN[what])


@pytest.mark.parametrize("what", OPEN)
def test_a_file_that_could_be_meant_otherwise_is_looked_at_first(cast_on_duckdb: Cast, what: str) -> None:
    assert not is_certain(cast_on_duckdb, OPEN[what], "clients" if what.startswith("nothing") else None)


def test_a_file_of_several_tables_is_looked_at_first(cast_on_duckdb: Cast) -> None:
    assert not is_certain(cast_on_duckdb, zipped(clients="uid,name\n11,Alder\n", tasks="title,uid\nCall,0001\n"))


def test_what_somebody_kept_is_certain_the_next_time(cast_on_duckdb: Cast) -> None:
    cast, content = cast_on_duckdb, OPEN["more columns unknown than known"]
    batch = staged(cast.nadia, None, content.encode())
    with db.write(by=cast.nadia) as session:
        imports.keep_mapping(session, cast.nadia, batch.id, "Lockers")

    again = staged(cast.nadia, None, content.replace("Alder", "Birch").encode())

    with db.read() as session:
        assert imports.is_certain(session, cast.nadia, again.id)
        said = imports.recognised_by(session, cast.nadia, again.id)
    assert list(map(str, said)) == [
        "The columns are read as Nadia Haddad kept them under “Lockers”; it was changed last by Nadia Haddad."
    ]
