"""The people and clients that every test knows."""

from dataclasses import dataclass
from typing import Any

from crm import clients, db, people
from crm.clients.models import Client, ContactMethod
from crm.people.models import Person, Role, Team

DESK = people.machine()  # writes what nobody of the cast would


@dataclass(frozen=True)
class Cast:
    """Mei and Tomas manage, Nadia leads them, Oskar is new in another team, Ada keeps the accounts."""

    mei: Person
    tomas: Person
    nadia: Person
    oskar: Person
    ada: Person
    harbour: Client  # Mei's
    northlight: Client  # Tomas's
    lotus: Client  # Mei's too, written in Chinese
    fjord: Client  # Oskar's


def enter() -> Cast:
    east, west = Team(name="East"), Team(name="West")
    mei = _person("mei", "Mei Lin", Role.MANAGER, east, languages=["zh", "en"], locale="zh")
    tomas = _person("tomas", "Tomas Berg", Role.MANAGER, east, languages=["en", "de"], zone="Europe/Berlin")
    nadia = _person("nadia", "Nadia Haddad", Role.LEAD, east, languages=["en", "ar"], zone="Asia/Dubai")
    oskar = _person("oskar", "Oskar Nowak", Role.MANAGER, west, languages=["en", "pl"], zone="Europe/Warsaw")
    ada = _person("ada", "Ada Admin", Role.ADMIN, None, languages=["en"])
    harbour = _client(1, "743072917935893796", "Harbour Capital", mei, kind="institution", tier="VIP4", country="HK")
    northlight = _client(2, "743072917935893797", "Northlight", tomas, tier="VIP2", country="NO")
    lotus = _client(3, "0001", "莲花资本", mei, kind="institution", tier="VIP1", country="CN", language="zh")
    fjord = _client(4, "0002", "Fjord Trading", oskar, tier="VIP1", country="NO")
    with db.write(by=DESK, why="the cast enters") as session:
        session.add_all([east, west])
        session.add_all([mei, tomas, nadia, oskar, ada])
        session.add_all([harbour, northlight, lotus, fjord])
        session.add(ContactMethod(client_id=harbour.id, kind="email", value="desk@harbour.example"))
        session.connection().exec_driver_sql("SELECT nextval('client_number') FROM generate_series(1, 4)").all()
    return Cast(mei, tomas, nadia, oskar, ada, harbour, northlight, lotus, fjord)


def _person(
    login: str,
    name: str,
    role: Role,
    team: Team | None,
    *,
    languages: list[str],
    zone: str = "Asia/Shanghai",
    locale: str = "en",
) -> Person:
    return Person(
        email=f"{login}@desk.example",
        name=name,
        role=role,
        team_id=team.id if team else None,
        languages=languages,
        time_zone=zone,
        locale=locale,
    )


def _client(number: int, uid: str, name: str, manager: Person, **fields: Any) -> Client:
    return Client(
        number=number,
        venue="OKX",
        uid=uid,
        name=name,
        manager_id=manager.id,
        search_text=clients.search.search_text(name, uid),
        **fields,
    )


def give_alone(client: Client, to: Person) -> None:
    """The client stands in another book, and what somebody owes it stays theirs: where their task was not its manager's."""
    with db.write(by=people.machine()) as session:
        session.get_one(Client, client.id).manager_id = to.id
