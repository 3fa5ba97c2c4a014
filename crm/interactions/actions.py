"""Logging what was said, and correcting it."""

from datetime import datetime
from uuid import UUID

from crm import clients, tasks
from crm.clients.models import ClientStatus
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import InvalidError
from crm.interactions import authors, queries
from crm.interactions.models import Channel, Interaction, InteractionChange, NewInteraction
from crm.people import Person, Right, require
from crm.tasks import NewTask, TaskKind

FIRST_YEAR = 2000
LONGEST_TOPIC = 200


def log(session: WriteSession, by: Person, new: NewInteraction) -> Interaction:
    """Write down what was said, now or some days ago. A day to follow up on becomes a task, or a promise."""
    require(by, Right.LOG)
    person_id = new.person_id or by.id
    clients.check(new.model_copy(update={"person_id": person_id}), Interaction)
    clients.assignees.check_as(session, by, person_id)
    client = clients.get(session, by, new.client_id)
    if client.status == ClientStatus.CLOSED:
        raise InvalidError("{name} is closed; reopen the client, then log.", name=client.name)
    if new.is_promise and not new.follow_up_on:
        raise InvalidError("A promise needs a day: say until when.")
    happened_at = _happened(new.happened_at or clock.now())
    fields = new.model_dump(exclude={"person_id", "happened_at", "follow_up_on", "is_promise"})
    interaction = Interaction(**fields, person_id=person_id, happened_at=happened_at)
    _check(interaction)
    interaction.search_text = found_by(interaction)
    session.add(interaction)
    session.flush()
    if new.follow_up_on:
        kind = TaskKind.PROMISE if new.is_promise else TaskKind.FOLLOW_UP
        title = new.next_steps.strip() or "Follow up"
        task = NewTask(title=title, client_id=client.id, kind=kind, due_on=new.follow_up_on)
        tasks.add(session, by, task, origin="interaction", origin_id=interaction.id)
    return interaction


def finish_task(session: WriteSession, by: Person, task_id: UUID, *, outcome: str, channel: Channel) -> Interaction:
    """Finish a task by having talked to its client: what came of it is what was said, about the task's title."""
    task = tasks.done(session, by, task_id, outcome=outcome)
    if not task.client_id:
        raise InvalidError("This task is about no client; finish it without logging a conversation.")
    topic = task.title[:LONGEST_TOPIC]
    return log(session, by, NewInteraction(client_id=task.client_id, summary=outcome, channel=channel, topic=topic))


def change(session: WriteSession, by: Person, interaction_id: UUID, wanted: InteractionChange) -> Interaction:
    """Correct what one wrote; a lead may correct it too. What it said before stays in its history.

    Raises:
        ConflictError: somebody saved since `version`.
    """
    require(by, Right.LOG)
    interaction = queries.get(session, by, interaction_id)
    authors.check_corrected(session, by, interaction.id)
    clients.check(wanted, Interaction)
    fields = wanted.model_dump(exclude_unset=True, exclude={"version"})
    if wanted.happened_at and wanted.happened_at != interaction.happened_at:
        fields["happened_at"] = _happened(wanted.happened_at)
    for name, value in clients.versions.moved(interaction, fields, wanted.version, "this").items():
        setattr(interaction, name, value)
    _check(interaction)
    interaction.search_text = found_by(interaction)
    session.flush()
    return interaction


def _check(interaction: Interaction) -> None:
    if not interaction.summary.strip():
        raise InvalidError("Write what was said.")


def _happened(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise InvalidError("The moment needs a time zone, like 2026-03-16T10:00+08:00.")
    if moment.year < FIRST_YEAR:
        raise InvalidError("The year {year} cannot be right.", year=str(moment.year))
    if moment > clock.latest_past():
        raise InvalidError("This lies in the future. Plan it as a task, and log it when it has happened.")
    return moment


def found_by(interaction: Interaction) -> str:
    return clients.search.search_text(
        interaction.topic, interaction.summary, interaction.outcome, interaction.next_steps
    )
