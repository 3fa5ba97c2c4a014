"""Contact cards of phones and mail programs, of every version, as a list of clients."""

from pathlib import Path

from sqlmodel import select

from crm import db
from crm.clients.models import Client, ContactMethod
from crm.reading import Table
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts
from tests.reading.lists import read_one

CARDS = {
    "version 3": """VERSION:3.0
N:Hale;Ana;;;
FN:Ana Hale
ORG:Hale Capital;Trading
item1.EMAIL;TYPE=INTERNET,WORK:ana@example.org
EMAIL;TYPE=HOME:ana.home@example.org
TEL;TYPE=CELL:+49 30 5550101
TEL;TYPE=FAX:+49 30 5550199
BDAY:1958-04-12
NOTE:likes tea\\, not coffee\\; a long note that is
  folded\\nand has a second line
CATEGORIES:VIP,Asia
ADR;TYPE=HOME:;;Weg 1;Ulm;;89073;Germany
X-TELEGRAM:anahale
a line that is none""",
    "version 2.1 of a telephone": """VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E8=8A=B3;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B=
=E8=8A=B3
TEL;CELL:13900001234
PHOTO;ENCODING=BASE64;JPEG:AAAA
 BBBB""",
    "version 4": """VERSION:4.0
KIND:individual
FN:Bo "B" Hale
BDAY:--0412
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+49-30-5550102;ext=5
IMPP;X-SERVICE-TYPE=Telegram:telegram:bohale
IMPP:whatsapp:+49305550102
URL:https://t.me/bo_hale
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
LANG:en
TZ:-0500
ADR:;;;Lyon;;;France
ADR:;;;Ulm;;;Germany""",
    "a company": "VERSION:3.0\nN:;;;;\nORG:Hale Trust;\nBDAY:19700101",
}
SAID = [
    {
        "Full name": "Ana Hale",
        "Company": "Hale Capital",
        "Department": "Trading",
        "Email": "ana@example.org; ana.home@example.org",
        "Phone": "+49 30 5550101",
        "Fax": "+49 30 5550199",
        "Birthday": "1958-04-12",
        "Notes": "likes tea, not coffee; a long note that is folded\nand has a second line",
        "Tags": "VIP; Asia",
        "Street": "Weg 1",
        "City": "Ulm",
        "Postal code": "89073",
        "Country": "Germany",
        "Telegram": "anahale",
        "Other lines": "a line that is none",
    },
    {"Full name": "王芳", "Phone": "13900001234"},
    {
        "Full name": 'Bo "B" Hale',
        "Kind": "individual",
        "Birthday without year": "04-12",
        "Phone": "+49-30-5550102",
        "Telegram": "bohale; https://t.me/bo_hale",
        "WhatsApp": "+49305550102",
        "Card ID": "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        "Language": "en",
        "UTC offset": "-0500",
        "City": "Lyon",
        "City 2": "Ulm",
        "Country": "France",
        "Country 2": "Germany",
    },
    {"Full name": "Hale Trust", "Company": "Hale Trust", "Birthday": "1970-01-01"},
]


def written(*cards: str, end: str = "\r\n") -> bytes:
    return "".join(f"BEGIN:VCARD\n{card}\nEND:VCARD\n\n" for card in cards).replace("\n", end).encode()


def said(table: Table) -> list[dict[str, str]]:
    return [{title: cell for title, cell in zip(table.header, row, strict=True) if cell} for row in table.rows()]


def test_cards_are_rows_whatever_the_name_of_the_file_and_the_ends_of_its_lines(tmp_path: Path) -> None:
    tables = [read_one(tmp_path, written(*CARDS.values(), end=end), "list.csv") for end in ("\n", "\r\n")]

    assert [said(table) for table in tables] == [SAID, SAID]
    assert list(map(str, tables[0].notes)) == ["Pictures, sounds and keys in the cards are not read."]


def test_cards_in_the_letters_of_chinese_windows_and_one_that_is_cut_off(tmp_path: Path) -> None:
    content = written("VERSION:2.1\nFN:王芳\nTEL:1").decode().encode("gb18030") + b"BEGIN:VCARD\nFN:Half"

    table = read_one(tmp_path, content, "list.vcf")

    assert [row.cells[0] for row in table.numbered()] == ["王芳", "Half"]
    assert ["cut off" in row.fault for row in table.numbered()] == [False, True]


def test_cards_are_clients_and_each_can_be_reached(cast_on_duckdb: Cast) -> None:
    done = bring_in(cast_on_duckdb.mei, None, written(*CARDS.values()), name="contacts.vcf")

    assert done.counts == counts(created=4)
    with db.read() as session:
        found = session.exec(select(Client).where(Client.name == "Ana Hale")).one()
        ways = session.exec(
            select(ContactMethod.kind, ContactMethod.value).join(Client).where(Client.name == 'Bo "B" Hale')
        ).all()
    assert (str(found.birthday), found.country, found.tags) == ("1958-04-12", "DE", ["VIP", "Asia"])
    assert {kind: value for kind, value in ways if "bo_" not in value} == {
        "phone": "+49305550102",
        "telegram": "bohale",
        "whatsapp": "+49305550102",
    }
