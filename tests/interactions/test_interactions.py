"""What was said: logged when it happened, seen by whoever sees the client, corrected with a trace."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from crm import clients, db, interactions, journal, tasks
from crm.clients import ClientFilter
from crm.clients.models import Client
from crm.db.sessions import WriteSession
from crm.ground.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from crm.interactions import Channel, Interaction, InteractionChange, NewInteraction
from crm.interactions.queries import history, last_contact
from crm.people import Person
from crm.tasks import NewTask, TaskStatus
from tests.cast import Cast
from tests.conftest import NOON


def said(by: Person, client: Client, summary: str = "Asked for a better rate", **fields: Any) -> Interaction:
    new = NewInteraction(client_id=client.id, summary=summary, **fields)
    with db.write(by=by, why="log") as session:
        return interactions.log(session, by, new)


def test_what_was_said_is_seen_by_whoever_sees_the_client(cast: Cast) -> None:
    said(cast.mei, cast.harbour)
    said(cast.tomas, cast.northlight)
    said(cast.nadia, cast.harbour)

    with db.read() as session:
        seen = [len(interactions.recent(session, p)) for p in (cast.mei, cast.tomas, cast.nadia, cast.oskar, cast.ada)]
        assert len(interactions.recent(session, cast.nadia, person_id=cast.nadia.id)) == 1
    assert seen == [2, 1, 3, 0, 0]


ON_AN_INTERACTION: dict[str, Callable[[WriteSession, Person, Interaction], object]] = {
    "get": lambda s, p, i: interactions.get(s, p, i.id),
    "of_client": lambda s, p, i: interactions.of_client(s, p, i.client_id),
    "history": lambda s, p, i: history(s, p, i.id),
    "log": lambda s, p, i: interactions.log(s, p, NewInteraction(client_id=i.client_id, summary="x")),
    "change": lambda s, p, i: interactions.change(s, p, i.id, InteractionChange(version=1, topic="Rates")),
}


@pytest.mark.parametrize("action", ON_AN_INTERACTION)
def test_a_strangers_client_is_not_there(cast: Cast, action: str) -> None:
    spoken = said(cast.mei, cast.harbour)

    for stranger in (cast.tomas, cast.oskar, cast.ada):
        with pytest.raises((NotFoundError, NotAllowedError)), db.write(by=stranger) as session:
            ON_AN_INTERACTION[action](session, stranger, spoken)
    for insider in (cast.mei, cast.nadia):
        if action != "change" or insider == cast.mei:
            with db.write(by=insider) as session:
                ON_AN_INTERACTION[action](session, insider, spoken)


def test_logging_late_is_normal_and_logging_ahead_is_refused(cast: Cast) -> None:
    assert said(cast.mei, cast.harbour).happened_at == NOON
    assert said(cast.mei, cast.harbour, happened_at=NOON - timedelta(days=40)).happened_at == NOON - timedelta(days=40)
    said(cast.mei, cast.harbour, happened_at=NOON + timedelta(minutes=4))
    for when in (
        NOON + timedelta(minutes=6),
        NOON.replace(tzinfo=None),
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ):
        with pytest.raises(InvalidError):
            said(cast.mei, cast.harbour, happened_at=when)


def test_a_day_to_follow_up_on_becomes_a_task_or_a_promise(cast: Cast) -> None:
    spoken = said(cast.mei, cast.harbour, follow_up_on=date(2026, 3, 20), next_steps="确认返佣", is_promise=True)
    said(cast.mei, cast.lotus, follow_up_on=date(2026, 3, 21))

    with db.read() as session:
        (promise,) = tasks.of_client(session, cast.mei, cast.harbour.id)
        (task,) = tasks.of_client(session, cast.mei, cast.lotus.id)
        last = journal.recent(session, limit=2)[1]
        entities = {change.entity for change in journal.changes_of(session, last.id)}
    assert (promise.kind, promise.title, promise.due_on) == ("promise", "确认返佣", date(2026, 3, 20))
    assert (promise.origin, promise.origin_id, promise.owner_id) == ("interaction", spoken.id, cast.mei.id)
    assert (task.kind, task.title) == ("follow_up", "Follow up")
    assert entities == {"interaction", "task"}
    with pytest.raises(InvalidError, match="until when"):
        said(cast.mei, cast.harbour, is_promise=True)


def test_a_closed_client_is_reopened_before_one_logs(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        clients.close(session, cast.mei, cast.harbour.id)

    with pytest.raises(InvalidError, match="reopen"):
        said(cast.mei, cast.harbour)


def test_only_the_writer_and_the_lead_correct_and_the_first_text_stays_in_the_history(cast: Cast) -> None:
    spoken = said(cast.nadia, cast.harbour)
    with pytest.raises(NotAllowedError), db.write(by=cast.mei) as session:
        interactions.change(session, cast.mei, spoken.id, InteractionChange(version=1, summary="No"))

    with db.write(by=cast.nadia) as session:
        interactions.change(session, cast.nadia, spoken.id, InteractionChange(version=1, summary="Wants VIP 6"))
    with pytest.raises(ConflictError) as caught, db.write(by=cast.nadia) as session:
        interactions.change(session, cast.nadia, spoken.id, InteractionChange(version=1, summary="Wants VIP 7"))

    assert [(c.field, c.theirs) for c in caught.value.clashes] == [("summary", "Wants VIP 6")]
    with db.read() as session:
        (_, corrected), (made, _) = history(session, cast.mei, spoken.id)
        assert [i.id for i in interactions.recent(session, cast.mei, text="vip ６")] == [spoken.id]
        assert interactions.recent(session, cast.mei, text="better rate") == []
    assert (corrected.before or {})["summary"] == "Asked for a better rate"
    assert made.made_by == cast.nadia.id


def test_pages_of_the_same_moment_lose_nothing(cast: Cast) -> None:
    made = {said(cast.mei, cast.harbour, f"Number {n}").id for n in range(5)}
    seen: list[Interaction] = []
    with db.read() as session:
        while page := interactions.of_client(
            session,
            cast.mei,
            cast.harbour.id,
            limit=2,
            before=seen[-1].happened_at if seen else None,
            before_id=seen[-1].id if seen else None,
        ):
            seen += page

    assert len(seen) == 5
    assert {i.id for i in seen} == made


def test_the_last_contact_of_many_clients_is_one_answer(cast: Cast) -> None:
    said(cast.mei, cast.harbour, outcome="Old", happened_at=NOON - timedelta(days=3))
    newest = said(cast.nadia, cast.harbour, outcome="New", channel="wechat")
    said(cast.mei, cast.harbour, outcome="Typed in late", happened_at=NOON - timedelta(days=9))

    with db.read() as session:
        last = last_contact(session, [cast.harbour.id, cast.lotus.id])
        assert last_contact(session, []) == {}

    assert set(last) == {cast.harbour.id}
    contact = last[cast.harbour.id]
    assert (contact.interaction_id, contact.person_id) == (newest.id, cast.nadia.id)
    assert (contact.channel, contact.outcome, contact.happened_at) == ("wechat", "New", NOON)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\u202eevil", "👩‍👩‍👧‍👦", "**md** [x](javascript:1)", "爆仓 " * 250_000]
)
def test_hostile_and_huge_text_is_kept_as_given(cast: Cast, text: str) -> None:
    spoken = said(cast.mei, cast.harbour, text)

    with db.read() as session:
        assert interactions.get(session, cast.mei, spoken.id).summary == text
        assert clients.page(session, cast.mei, ClientFilter()).total == 2


@pytest.mark.parametrize(
    "fields", [{"summary": "a\0b"}, {"summary": " \n "}, {"topic": "\0"}, {"outcome": "x\0"}, {"next_steps": "\0"}]
)
def test_what_cannot_be_stored_is_refused_in_a_sentence(cast: Cast, fields: dict[str, str]) -> None:
    with pytest.raises(InvalidError):
        said(cast.mei, cast.harbour, **fields)
    spoken = said(cast.mei, cast.harbour)
    for refused in ({"topic": "x" * 201}, {"summary": None}, {"summary": "  "}, {"products": None}):
        with pytest.raises((InvalidError, ValidationError)):
            changed(cast.mei, spoken, refused)


def changed(by: Person, spoken: Interaction, fields: Mapping[str, object]) -> None:
    wanted = InteractionChange.model_validate({"version": 1, **fields})
    with db.write(by=by) as session:
        interactions.change(session, by, spoken.id, wanted)


def test_a_task_is_finished_by_a_conversation_in_one_change(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        task = tasks.add(session, cast.mei, NewTask(title="T" * 250, client_id=cast.harbour.id))

    with db.write(by=cast.mei, why="task done") as session:
        talk = interactions.finish_task(session, cast.mei, task.id, outcome="Agreed on 2 bps.", channel=Channel.CALL)

    with db.read() as session:
        done = tasks.get(session, cast.mei, task.id)
        newest = journal.recent(session, limit=1)[0]
        assert (newest.why, set(journal.touched(session, newest.id))) == ("task done", {"task", "interaction"})
    assert (done.status, done.outcome) == (TaskStatus.DONE, "Agreed on 2 bps.")
    assert (talk.client_id, talk.summary, talk.topic) == (cast.harbour.id, "Agreed on 2 bps.", "T" * 200)


def test_without_a_client_there_is_nothing_to_log_and_the_task_stays_open(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        task = tasks.add(session, cast.mei, NewTask(title="Tidy up"))

    with pytest.raises(InvalidError, match="about no client"), db.write(by=cast.mei) as session:
        interactions.finish_task(session, cast.mei, task.id, outcome="Tidy", channel=Channel.CALL)

    with db.read() as session:
        assert tasks.get(session, cast.mei, task.id).status == TaskStatus.OPEN
