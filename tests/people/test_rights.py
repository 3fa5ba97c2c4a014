"""The matrix of rights, walked."""

import pytest

from crm import people
from crm.ground.errors import NotAllowedError
from crm.people import Right, Role, rights
from tests.cast import Cast

ALLOWED = {
    Role.MANAGER: {Right.LOG, Right.PLAN, Right.CHANGE_CLIENTS, Right.IMPORT, Right.EXPORT},
    Role.LEAD: set(Right) - {Right.ACCOUNTS, Right.SETTINGS},
    Role.ADMIN: {Right.ACCOUNTS, Right.SETTINGS, Right.SIGN_INS},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_each_role_may_exactly_what_the_design_says(role: Role, right: Right) -> None:
    person = people.Person(email="x@desk.example", name="X", role=role)

    assert people.may(person, right) == (right in ALLOWED[role])


@pytest.mark.parametrize("right", Right)
def test_a_disabled_person_and_the_desk_may_nothing(right: Right) -> None:
    left = people.Person(email="x@desk.example", name="X", role=Role.LEAD, is_active=False)
    desk = people.Person(email="y@desk.example", name="Y", role="desk", is_active=False)

    assert not people.may(left, right)
    assert not people.may(desk, right)


def test_the_machine_may_everything_and_sees_as_a_lead_without_a_team() -> None:
    machine = people.machine()

    assert all(people.may(machine, right) for right in Right)
    assert (machine.role, machine.team_id, machine.id) == (Role.LEAD, None, people.DESK_ID)


def test_a_refusal_says_what_it_is_and_who_may() -> None:
    manager = people.Person(email="x@desk.example", name="X")

    with pytest.raises(NotAllowedError, match=r"^Only admins can invite, change or disable people\.$"):
        people.require(manager, Right.ACCOUNTS)


def test_the_help_text_has_one_line_for_each_right() -> None:
    lines = rights.help_text().splitlines()

    assert len(lines) == len(Right) + 2
    assert "| export lists | yes | yes |  |" in lines


def test_the_help_text_and_the_checks_come_from_one_table(cast_on_duckdb: Cast) -> None:
    assert set(rights.MATRIX) == set(Right)
