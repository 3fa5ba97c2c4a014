"""The list of who works here; the room of people stands below this one."""

from sqlmodel import Session

from crm import people
from crm.exports.registry import listed
from crm.exports.selection import Selection
from crm.exports.sheet import Sheet, types_of
from crm.people import Person


@listed("managers")
def managers(session: Session, viewer: Person, selection: Selection) -> Sheet:  # noqa: ARG001 -- as every list
    columns = ("email", "name", "role", "team", "languages", "time_zone", "locale")
    teams = {team.id: team.name for team in people.teams(session)}
    rows = (
        (p.email, p.name, p.role, teams.get(p.team_id) if p.team_id else None, p.languages, p.time_zone, p.locale)
        for p in people.colleagues(session)
    )
    return Sheet("managers", columns, rows, types_of(Person, "languages"))
