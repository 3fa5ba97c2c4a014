"""Who may write accounts; who it is that writes; and that an admin remains."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import clock
from crm.ground.errors import InvalidError, NotAllowedError
from crm.journal import TOLD, policies
from crm.journal.policies import EVERYTHING, Actor, Kind, Policy, Setup
from crm.people import epochs, proof, rights
from crm.people.models import DESK_ID, OneTimeLink, Person, Role
from crm.people.rights import Right

_OWN = frozenset({"locale", "time_zone", "password_changed_at"})

policies.register(Policy("person", (Right.ACCOUNTS,), own=_OWN, owner="id", setup=Setup.FIRST))
policies.register(Policy("team", (Right.ACCOUNTS,)))
policies.register(Policy("api_token", (Right.ACCOUNTS,), own=EVERYTHING, owner="person_id"))

_ADMINS = (col(Person.role) == Role.ADMIN) & col(Person.is_active)
_ANY_ADMIN = sa.select(col(Person.id)).where(_ADMINS).limit(1)
_MAKER = sa.orm.aliased(Person)
_LINK_OF = (
    sa.select(col(_MAKER.name))
    .join(OneTimeLink, col(OneTimeLink.made_by) == col(_MAKER.id))
    .where(col(OneTimeLink.person_id) == sa.bindparam("by"), col(OneTimeLink.used_at) > sa.bindparam("since"))
    .order_by(col(OneTimeLink.used_at).desc())
    .limit(1)
    .scalar_subquery()
)
_AS_STORED = sa.select(col(Person.role), col(Person.is_active), _LINK_OF.label("link_of")).where(
    col(Person.id) == sa.bindparam("by")
)
# Whoever a change set makes an admin may have no password yet, so one of those who were admins before has to remain.
_LAST_ADMIN = f"""
    WITH was AS (
        SELECT coalesce(c.before->>'name', p.name) AS name, coalesce(p.role = :admin AND p.is_active, FALSE) AS stays
        FROM {TOLD} c LEFT JOIN person p ON CAST(p.id AS VARCHAR) = c.entity_key
        WHERE c.change_set_id = :id AND c.entity = 'person' AND c.before IS NOT NULL
            AND coalesce(c.before->>'role', p.role) = :admin
            AND coalesce(c.before->>'is_active', CAST(p.is_active AS VARCHAR)) = 'true')
    SELECT min(name) FROM was WHERE NOT EXISTS (SELECT 1 FROM was WHERE stays)
        AND NOT EXISTS (SELECT 1 FROM person p WHERE p.role = :admin AND p.is_active AND CAST(p.id AS VARCHAR) NOT IN
            (SELECT entity_key FROM change WHERE change_set_id = :id AND entity = 'person'))"""

# Others' accounts and new tokens; one's own language, zone and password are not among them.
_OPENING = f"""
    SELECT 1 FROM {TOLD} c WHERE c.change_set_id = :id
        AND (c.entity = 'person' AND c.entity_key <> :by OR c.entity = 'api_token' AND c.before IS NULL) LIMIT 1"""
_HOUR = timedelta(hours=1)

_REVIVED = f"""
    SELECT 1 FROM {TOLD} c JOIN api_token t ON CAST(t.id AS VARCHAR) = c.entity_key
    WHERE c.change_set_id = :id AND c.entity = 'api_token' AND c.before->>'revoked_at' IS NOT NULL AND t.revoked_at IS NULL
    LIMIT 1"""


def _actor(session: WriteSession, by: UUID | None) -> Actor:
    if by == DESK_ID:
        return Actor(Kind.DESK, by, frozenset(Right))
    connection = session.connection()
    if by is None:
        return Actor(Kind.PROGRAM if connection.execute(_ANY_ADMIN).first() else Kind.SETUP)
    stored = connection.execute(_AS_STORED, {"by": by, "since": clock.now() - _HOUR}).first()
    if stored is None or not stored.is_active:
        return Actor(Kind.NOBODY)
    return Actor(Kind.PERSON, by, rights.of(stored.role), stored.link_of or "")


def _is_proved(session: WriteSession, change_set_id: UUID) -> None:
    """Whoever opens a door for somebody at a screen has proved lately that it is they who sit there."""
    who = session.author.who
    if not isinstance(who, Person) or proof.is_fresh(session, who):
        return
    if Sql(session).scalar(_OPENING, {"id": change_set_id, "by": str(who.id)}):
        raise proof.ProofNeededError


def _keep_an_admin(session: WriteSession, change_set_id: UUID) -> None:
    last = Sql(session).scalar(_LAST_ADMIN, {"id": change_set_id, "admin": Role.ADMIN.value})
    if last:
        raise InvalidError("{name} is the last admin; make somebody else one first.", name=last)


def _keep_revoked(session: WriteSession, change_set_id: UUID) -> None:
    """An undo of an admin's revocation, too: the row is one's own, the decision was not."""
    is_revived = Sql(session).scalar(_REVIVED, {"id": change_set_id})
    if is_revived and Right.ACCOUNTS not in policies.resolve(session).rights:
        raise NotAllowedError("A revoked token stays revoked; make a new one.")


policies.actors(_actor, rights.refusal)
policies.invariant("person", _keep_an_admin)
policies.invariant("person", _is_proved)
policies.invariant("person", epochs.after_change)
policies.invariant("api_token", _is_proved)
policies.invariant("api_token", _keep_revoked)
