"""Accounts that an admin imported, and somebody who would take them back though accounts are not theirs to write."""

from collections.abc import Callable
from dataclasses import dataclass

from crm import db, people
from crm.imports import Certificate
from crm.people import NewPerson, Person, PersonChange, Role
from tests.cast import Cast
from tests.imports.bringing import bring_in


@dataclass(frozen=True)
class Scene:
    """Who comes to the door, and the staff list that they would take back."""

    who: Person
    done: Certificate


def demoted(cast: Cast) -> Scene:
    """Eve imports a list that makes Sleeper a manager; then Ada makes Eve one."""
    with db.write(by=cast.ada) as session:
        eve = people.invite(session, cast.ada, NewPerson(email="eve@desk.example", name="Eve", role=Role.ADMIN))
        people.invite(session, cast.ada, NewPerson(email="sleeper@desk.example", name="Sleeper", role=Role.ADMIN))
    done = bring_in(eve, "managers", "email,role\nsleeper@desk.example,manager\n")
    with db.write(by=cast.ada) as session:
        people.change(session, cast.ada, eve.id, PersonChange(version=1, role=Role.MANAGER))
    with db.read() as session:
        return Scene(session.get_one(Person, eve.id), done)


def lead_of_all(cast: Cast) -> Person:
    with db.write(by=cast.ada) as session:
        return people.invite(session, cast.ada, NewPerson(email="lea@desk.example", name="Lea", role=Role.LEAD))


def without_a_team(cast: Cast) -> Scene:
    """Ada imports a new colleague; Lea, who leads everybody, sees it."""
    lea = lead_of_all(cast)
    return Scene(lea, bring_in(cast.ada, "managers", "email,role\nsleeper@desk.example,manager\n"))


SCENES: dict[str, Callable[[Cast], Scene]] = {"a demoted admin": demoted, "a lead without a team": without_a_team}


def sleeper() -> str | None:
    """The role that the list gave, as long as nobody has taken it back."""
    with db.read() as session:
        found = people.find_by_email(session, "sleeper@desk.example")
    return found.role if found else None
