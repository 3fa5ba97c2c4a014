"""Interactions, tasks and staff lists."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from crm import db, imports, people
from crm.ground.errors import InvalidError
from crm.intake.checking import dates, moments
from crm.interactions.models import Interaction
from crm.people.models import Person, Team
from crm.tasks.models import Task
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything, problems, take_back


def test_talks_from_another_crm_come_with_their_day_and_their_person(cast: Cast) -> None:
    text = f"""external_id,uid,manager,happened_at,channel,summary,mood
A-1,{cast.harbour.uid},Mei Lin,2026-03-01T10:00:00+08:00,call,Fees,4
A-2,555,Mei Lin,2026-03-01,call,Who?,9
"""

    done = bring_in(cast.nadia, "interactions", text)
    again = bring_in(cast.nadia, "interactions", text)

    assert (done.counts, again.counts) == (counts(created=1, refused=1), counts(unchanged=1, refused=1))
    assert (3, "mood", "is not a whole number from 1 to 5") in problems(cast.nadia, done)
    with db.read() as session:
        talk = session.exec(select(Interaction)).one()
    assert (talk.person_id, talk.channel, talk.mood) == (cast.mei.id, "call", 4)
    assert talk.happened_at == datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


def test_tasks_without_an_id_are_known_by_what_they_say(cast: Cast) -> None:
    text = f"title,uid,owner,due_on,status\nCall back,{cast.harbour.uid},mei@desk.example,2026-03-20,open\nClean up,,,,done\n"
    before = everything()

    done = bring_in(cast.mei, "tasks", text)
    again = bring_in(cast.mei, "tasks", text)
    with db.read() as session:
        found = {task.title: task for task in session.exec(select(Task))}

    assert (done.counts, again.counts) == (counts(created=2), counts(unchanged=2))
    assert found["Call back"].client_id == cast.harbour.id
    assert found["Clean up"].owner_id == cast.mei.id
    take_back(cast.mei, done)
    assert everything() == before


def test_a_staff_list_founds_its_teams(cast: Cast) -> None:
    text = "email,name,role,team,languages\nivo@desk.example,Ivo,manager,South,en;bg\nmei@desk.example,Mei Lin,lead,East,zh;en\n"

    done = bring_in(people.machine(), "managers", text)

    assert done.counts == counts(created=1, changed=1)
    with db.read() as session:
        ivo = session.exec(select(Person).where(Person.email == "ivo@desk.example")).one()
        assert session.get_one(Team, ivo.team_id).name == "South"
        assert session.get_one(Person, cast.mei.id).role == "lead"


@pytest.mark.parametrize(
    "said",
    [
        {"time_zone": "UTC' END AS zz FROM texts) SELECT 1 AS line; UPDATE person SET role = 'lead'; --"},
        {"time_zone": "Mars/Base"},
        {"date_order": "'; --"},
    ],
)
def test_a_zone_and_an_order_are_names_and_never_part_of_a_statement(cast: Cast, said: dict[str, str]) -> None:
    text = f"uid,happened_at,summary\n{cast.harbour.uid},2026-03-01 10:00,Fees\n"
    before = everything()

    with pytest.raises(InvalidError):
        bring_in(cast.mei, "interactions", text, **said)

    assert everything() == before
    assert "AT TIME ZONE 'UTC''; --'" in moments.moment_sql("v", dates.Order({}), "UTC'; --")


def test_an_offset_that_a_file_states_may_be_chosen(cast: Cast) -> None:
    text = f"uid,happened_at,summary\n{cast.harbour.uid},2026-03-01 10:00,Fees\n"

    bring_in(cast.mei, "interactions", text, time_zone="GMT+05:30")

    with db.read() as session:
        talk = session.exec(select(Interaction)).one()
    assert talk.happened_at == datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
    assert imports.Options(time_zone="Asia/Shanghai", date_order="dmy")
