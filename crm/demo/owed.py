"""What the desk owes: next steps of talks, reviews that come round, chores of its own; most are done, some late."""

from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from crm.demo.cast import Player, day
from crm.demo.chance import dice, pick
from crm.demo.conversations import Talk
from crm.demo.staff import LEADS, MANAGERS, Member

COLUMNS = (
    "external_id",
    "venue",
    "uid",
    "owner",
    "title",
    "kind",
    "status",
    "priority",
    "due_on",
    "created_at",
    "done_at",
    "outcome",
    "repeat",
)
_PRIORITIES: dict[str, float] = {"low": 2, "normal": 10, "high": 3, "urgent": 1}
_RECENT, _STILL_OPEN, _LATE, _WITHDRAWN = 30, 0.6, 0.16, 0.03
_SATURDAY, _WEEK = 5, 7
_REVIEWED, _CHORES = 0.27, 0.12
_REVIEWS = {"zh": "季度回顾:{name}", "": "Quarterly review with {name}"}
_CHORE_TITLES = {
    "Prepare the weekly book review": "weekly",
    "Check KYC dates of the month": "monthly",
    "Update the fee comparison": "monthly",
    "Clean up tags of the book": "quarterly",
    "Hand in the travel plan": "never",
    "Read the notice about new margin steps": "never",
}
_DONE = ("Done", "Sent", "Answered by e-mail", "Talked it through", "Settled with operations", "They confirmed")
_DONE_ZH = ("已完成", "已发送", "已邮件答复", "已沟通", "运营已处理", "客户已确认")
_NO_LONGER = ("Client no longer needs it", "Overtaken by events", "Twice in the list")


@dataclass(frozen=True)
class Owed:
    """One task; `player` is None for a chore of the desk."""

    player: Player | None
    owner: Member
    title: str
    kind: str
    status: str
    priority: str
    due_on: date
    created_at: datetime
    done_at: datetime | None = None
    outcome: str = ""
    repeat: str = "never"


def plan(seed: int, players: list[Player], talks: list[Talk], last_day: date, *, total: int) -> list[Owed]:
    """`total` tasks in the order in which they were written down."""
    random = dice(seed, "tasks")
    steps = [talk for talk in talks if talk.next_steps]
    started = [*_told(random, steps, last_day), *_reviews(random, players, last_day), *_chores(random, last_day)]
    past = [talk for talk in steps if talk.ago > _RECENT and talk.due_in is None]
    chores = round(total * _CHORES)
    finished = random.sample(past, min(len(past), total - len(started) - chores))
    rest = total - len(started) - len(finished)
    oldest = max(talk.ago for talk in talks)
    done = [_finished(random, talk, last_day) for talk in finished]
    done += [_chore_done(random, last_day, random.randint(_RECENT, oldest)) for _ in range(rest)]
    return sorted([*started, *done], key=lambda task: (task.created_at, task.title))


def rows(tasks: list[Owed]) -> list[tuple[object, ...]]:
    return [
        (
            f"T-{number:05d}",
            task.player.venue if task.player else "",
            task.player.uid if task.player else "",
            task.owner.email,
            task.title,
            task.kind,
            task.status,
            task.priority,
            task.due_on,
            task.created_at.isoformat(),
            task.done_at.isoformat() if task.done_at else "",
            task.outcome,
            task.repeat,
        )
        for number, task in enumerate(tasks, 1)
    ]


def _told(random: Random, steps: list[Talk], last_day: date) -> list[Owed]:
    """Open next steps: those that a story tells, and most of the last month's."""
    tasks = []
    for talk in steps:
        is_recent = talk.ago <= _RECENT and random.random() < _STILL_OPEN
        if talk.due_in is None and not is_recent:
            continue
        due_in = talk.due_in if talk.due_in is not None else random.randint(max(-12, 1 - talk.ago), 14)
        priority = "high" if talk.is_promise else pick(random, _PRIORITIES)
        tasks.append(
            Owed(
                talk.player,
                talk.by,
                talk.next_steps,
                _kind(talk),
                "open",
                priority,
                day(last_day, -due_in),
                talk.happened_at,
            )
        )
    return tasks


def _reviews(random: Random, players: list[Player], last_day: date) -> list[Owed]:
    """A quarterly review is due soon, or was just missed, with a quarter of the active clients."""
    reviewed = [player for player in players if player.status == "active" and random.random() < _REVIEWED]
    tasks = []
    for player in reviewed:
        title = _REVIEWS["zh" if player.language == "zh" else ""].format(name=player.name)
        due_on, created_at = (
            day(last_day, -random.randint(-6, 14)),
            _moment(random, player.manager, day(last_day, random.randint(20, 80))),
        )
        tasks.append(
            Owed(player, player.manager, title, "follow_up", "open", "normal", due_on, created_at, repeat="quarterly")
        )
    return tasks


def _chores(random: Random, last_day: date) -> list[Owed]:
    tasks = []
    for owner in (*MANAGERS, *LEADS):
        for title in random.sample(list(_CHORE_TITLES), 2):
            due_on, created_at = (
                day(last_day, -random.randint(-4, 14)),
                _moment(random, owner, day(last_day, random.randint(5, 20))),
            )
            tasks.append(
                Owed(None, owner, title, "internal", "open", "normal", due_on, created_at, repeat=_CHORE_TITLES[title])
            )
    return tasks


def _finished(random: Random, talk: Talk, last_day: date) -> Owed:
    due_on = day(last_day, talk.ago - random.randint(3, 14))
    priority = "high" if talk.is_promise else pick(random, _PRIORITIES)
    if random.random() < _WITHDRAWN:
        reason = random.choice(_NO_LONGER)
        return Owed(
            talk.player,
            talk.by,
            talk.next_steps,
            _kind(talk),
            "withdrawn",
            priority,
            due_on,
            talk.happened_at,
            outcome=reason,
        )
    outcome = random.choice(_DONE_ZH if talk.player.language == "zh" and talk.by.speaks("zh") else _DONE)
    done_at = _done_at(random, talk.by, due_on)
    return Owed(
        talk.player, talk.by, talk.next_steps, _kind(talk), "done", priority, due_on, talk.happened_at, done_at, outcome
    )


def _chore_done(random: Random, last_day: date, ago: int) -> Owed:
    owner, title = random.choice((*MANAGERS, *LEADS)), random.choice(list(_CHORE_TITLES))
    due_on, created_at = day(last_day, ago - 7), _moment(random, owner, day(last_day, ago))
    done_at = _done_at(random, owner, due_on)
    return Owed(
        None, owner, title, "internal", "done", "normal", due_on, created_at, done_at, "Done", _CHORE_TITLES[title]
    )


def _done_at(random: Random, owner: Member, due_on: date) -> datetime:
    days_late = random.randint(1, 9) if random.random() < _LATE else -random.randint(0, 2)
    on = day(due_on, -days_late)
    # Nobody works at the weekend, so what would be done then is done on Monday.
    return _moment(random, owner, day(on, -max(0, _WEEK - on.weekday()) if on.weekday() >= _SATURDAY else 0))


def _kind(talk: Talk) -> str:
    return "promise" if talk.is_promise else "follow_up"


def _moment(random: Random, owner: Member, on: date) -> datetime:
    return datetime.combine(on, time(random.randrange(9, 18), random.randrange(60), tzinfo=ZoneInfo(owner.time_zone)))
