"""To whom clients can be given is offered as it is checked."""

import pytest

from crm import clients, db, people
from crm.ground.errors import CrmError
from crm.people import Person
from tests.cast import Cast


@pytest.mark.parametrize("who", ["mei", "nadia", "ada"])
def test_whoever_is_offered_is_accepted_and_nobody_else(cast: Cast, who: str) -> None:
    by: Person = getattr(cast, who)

    with db.read() as session:
        offered = clients.assignees.offered(session, by)
        accepted = []
        for person in people.colleagues(session):
            try:
                accepted.append(clients.assignees.check(session, by, person.id))
            except CrmError:
                continue

    assert [person.name for person in offered] == [person.name for person in accepted]
    assert cast.ada.name not in [person.name for person in offered]
