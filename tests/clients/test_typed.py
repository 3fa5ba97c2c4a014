"""What somebody types finds the client in whatever form it is typed."""

from crm import clients, db
from crm.clients import ClientFilter
from tests.cast import Cast
from tests.imports.bringing import bring_in

LIST = (
    "UID,Name,Country,Phone,Telegram,E-mail\n"
    "743072917935893796,Heinz Muster,DE,030 5550123,@Heinz_M,Heinz@X.example\n"
    "0042,Gwen Ashdown,GB,+44 20 7946 0111,,\n"
    "43,Mo Adler,,138 0013 8000,,\n"
)
TYPED = {
    "Heinz Muster": [
        "030 5550123",
        "0305550123",
        "030/5550123",
        "(030) 555-0123",
        "+49 (0)30 5550123",
        "0049 30 5550123",
        "heinz 030 5550123",
        "tel:+49-30-5550123",
        "０３０　５５５０１２３",
        "٠٣٠ ٥٥٥٠١٢٣",
        "+49 30 5550123 x12",
        "5550123",
        "@heinz_m",
        "https://t.me/Heinz_M",
        "t.me/heinz_m?start=1",
        "mailto:HEINZ@x.example",
        "<heinz@x.example>",
        "7430 7291 7935 893796",
        "UID: 743072917935893796",
        "７４３０７２９１７９３５８９３７９６",
    ],
    "Gwen Ashdown": ["020 7946 0111", "+44 (0)20 7946 0111", "0044 20 7946 0111", "7946 0111", "0042 ashdown"],
    "Mo Adler": ["13800138000", "138-0013-8000", "138 0013 8000"],
}


def test_every_form_finds_its_client(cast: Cast) -> None:
    bring_in(cast.mei, "clients", LIST)

    with db.read() as session:
        for name, forms in TYPED.items():
            for text in forms:
                found = [line.name for line in clients.page(session, cast.mei, ClientFilter(text=text)).lines]
                assert found == [name], text
        assert clients.page(session, cast.mei, ClientFilter(text="030 5550199")).lines == []
