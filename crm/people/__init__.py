"""Who we are: managers, leads and admins, their teams and rights, and how they prove who they are."""

from crm.people import drafts, events, links, notices, passwords, proof, rights, second_factor, sign_in, tokens, watch
from crm.people.actions import change, found_team, invite, live_in, settle, speak
from crm.people.models import DESK_ID, Colleague, NewPerson, Person, PersonChange, Role, Team
from crm.people.queries import colleagues, demo_people, find_by_email, get, is_demo, names, teams
from crm.people.rights import Right, acting, machine, may, require
from crm.people.throttle import TooSoonError

__all__ = [
    "DESK_ID", "Colleague", "NewPerson", "Person", "PersonChange", "Right", "Role", "Team", "TooSoonError", "acting", "change",
    "colleagues", "demo_people", "drafts", "events", "find_by_email", "found_team", "get", "invite", "is_demo", "links",
    "live_in", "machine", "may", "names", "notices", "passwords", "proof", "require", "rights", "second_factor", "settle",
    "sign_in", "speak", "teams", "tokens", "watch",
]  # fmt: skip
