"""Ways to be reached in every form in which people write them."""

from crm import clients, db
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems
from tests.imports.test_clients import client

# Country, cell, and what is kept.
NUMBERS = [
    ("", "+44 (0)20 7946 0111", "+442079460111"),
    ("", "+44 020 7946 0222", "+442079460222"),
    ("", "0044 20 7946 0333", "+442079460333"),
    ("DE", "030/5550123", "+49305550123"),
    ("DE", "030 5550124 / 0171 5550125", "+491715550125 +49305550124"),
    ("", "tel:+1-202-555-0123;ext=5", "+12025550123 x5"),
    ("US", "(415) 555-2671 x12", "+14155552671 x12"),
    ("", "86 138 0013 8000", "+8613800138000"),
    ("", "＋８６ １３８００１３８００１", "+8613800138001"),
    ("AE", "٠٥٠١٢٣٤٥٦٧", "+971501234567"),
    ("RU", "8 (916) 123-45-67", "+79161234567"),
    ("", "+14155552672.0", "+14155552672"),
    ("", "4.47E+11", ""),
    ("", "000000", ""),
    ("", "123456789", ""),
    ("", "同上", ""),
    ("DE", "491715550126", "+491715550126"),
    ("HK", "852-9123-4567", "+85291234567"),
    ("IN", "9123456789", "+919123456789"),
    ("HK", "9876 5432", "+85298765432"),
]


def reached(cast: Cast, uid: str) -> str:
    with db.read() as session:
        found = clients.contact_methods.of_client(session, cast.mei, client(uid).id)
        return " ".join(sorted(method.value for method in found))


def test_telephone_numbers_as_people_write_them(cast_on_duckdb: Cast) -> None:
    rows = [f'{9000 + n},N{n},{country},"{cell}"' for n, (country, cell, _) in enumerate(NUMBERS)]

    done = bring_in(cast_on_duckdb.mei, "clients", "\n".join(["UID,Name,Country,Phone", *rows, ""]))

    assert done.counts == counts(created=len(NUMBERS))
    assert [reached(cast_on_duckdb, str(9000 + n)) for n in range(len(NUMBERS))] == [kept for *_, kept in NUMBERS]
    assert len(problems(cast_on_duckdb.mei, done)) == 4
    assert client("9012").attributes == {"Phone": "4.47E+11"}


def test_what_only_fills_its_place_is_no_key(cast_on_duckdb: Cast) -> None:
    people = ["none@none.com,000000", "test@test.com,99999", "noreply@x.example,123456789", "none@none.com,000000"]
    names = ["Ann Low", "Bea Ruiz", "Cy Ott", "Dee Park"]
    rows = [f"{name},{ways}" for name, ways in zip(names, people, strict=True)]

    done = bring_in(cast_on_duckdb.mei, "clients", "\n".join(["Name,E-mail,Phone", *rows, ""]))

    assert done.counts == counts(created=4)
    assert {reason for *_, reason in problems(cast_on_duckdb.mei, done)} == {"says nothing; it is read as unknown"}


def test_the_code_of_the_country_may_stand_in_the_next_column(cast_on_duckdb: Cast) -> None:
    for title, code in [
        ("Country code", "46"),
        ("Phones / Primary Phone Calling Code", "+46"),
        ("Phone country", "SE"),
    ]:
        text = f"UID,Name,Phone,{title if title != 'Phone country' else 'Phone country code'}\n1{len(title)},Greta,0701740605,{code}\n"
        bring_in(cast_on_duckdb.mei, "clients", text)

        assert reached(cast_on_duckdb, f"1{len(title)}") == "+46701740605", title


def test_addresses_and_links(cast_on_duckdb: Cast) -> None:
    text = (
        "UID,Name,E-mail,Telegram,WhatsApp\n"
        "71,Ann,mailto:Ann@X.example,https://t.me/ann_low?start=1,https://wa.me/491715550125\n"
        "72,Bea,Bea Ruiz <Bea@X.example>,@bea,+49 171 5550126\n"
    )
    bring_in(cast_on_duckdb.mei, "clients", text)

    assert reached(cast_on_duckdb, "71") == "+491715550125 ann@x.example ann_low"
    assert reached(cast_on_duckdb, "72") == "+491715550126 bea bea@x.example"
