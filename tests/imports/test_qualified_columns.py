"""“Contact Email” is the client's e-mail, “Account manager email” is somebody else's."""

from sqlmodel import select

from crm import db
from crm.clients.importing.columns import COLUMNS
from crm.clients.models import Client, ContactMethod
from crm.imports.recognise import called
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts

OWN = {
    "email": [
        "Contact Email",
        "客户 邮箱",
        "用户邮箱",
        "Work email",
        "Email (work)",
        "contact_email",
        "Person - Email",
    ],
    "phone": ["Client Phone number", "客户手机号", "Office phone"],
    "name": ["Client Full name", "联系人姓名", "profile.name", "Company name"],
    "tier": ["Account VIP Level", "Trading tier"],
    "uid": ["Account UID"],
    "manager": ["Client manager"],
}
OTHERS = [
    "Account manager email",
    "Manager / Email",
    "manager.email",
    "Referrer UID",
    "推荐人UID",
    "客户经理邮箱",
    "Parent account id",
    "Emergency contact phone",
    "Previous tier",
    "Last contact",
    "Contact date",
    "联系时间",
    "Contact ID",
    "Contact person",
    "Partner name",
]


def meant(title: str, *groups: str) -> list[str]:
    return [column.field for column in COLUMNS if called(column, [title], groups)]


def test_words_before_a_name_leave_it_what_it_is_unless_they_name_somebody_else() -> None:
    assert {title: meant(title) for titles in OWN.values() for title in titles} == {
        title: [field] for field, titles in OWN.items() for title in titles
    }
    assert {title: meant(title) for title in OTHERS if meant(title)} == {}
    assert (meant("Key people Email", "Key people"), meant("Relationship manager Email", "Relationship manager")) == (
        ["email"],
        [],
    )


def test_an_address_under_the_heading_of_a_manager_is_not_the_clients(cast_on_duckdb: Cast) -> None:
    done = bring_in(
        cast_on_duckdb.mei,
        "clients",
        "Client,,,,Manager,\nUID,Name,Email,VIP level,Name,Email\n"
        "5001,Ana Hale,ana@example.org,VIP2,Mei,mei@desk.example\n5002,Bo Hale,bo@example.org,VIP1,Mei,mei@desk.example\n",
    )

    assert done.counts == counts(created=2)
    with db.read() as session:
        found = session.exec(
            select(Client.name, Client.tier, ContactMethod.value)
            .join(ContactMethod)
            .where(Client.name.endswith(" Hale"))
        ).all()
    assert sorted(found) == [("Ana Hale", "VIP2", "ana@example.org"), ("Bo Hale", "VIP1", "bo@example.org")]
