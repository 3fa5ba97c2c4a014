"""Who was talked with, when and about what: as often as a client is worth, within the hours of whoever talked."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from crm.demo.cast import Player, day
from crm.demo.chance import dice, pick
from crm.demo.phrases import ENGLISH, Topic
from crm.demo.phrases_zh import CHINESE
from crm.demo.scenes import Scene
from crm.demo.staff import Member

COLUMNS = (
    "external_id",
    "venue",
    "uid",
    "manager",
    "happened_at",
    "channel",
    "direction",
    "minutes",
    "topic",
    "products",
    "summary",
    "mood",
    "outcome",
    "next_steps",
)
_CHANNELS: dict[str, float] = {
    "consultation": 16,
    "call": 20,
    "meeting": 6,
    "chat": 14,
    "email": 16,
    "telegram": 18,
    "wechat": 0,
    "ticket": 7,
    "event": 2,
    "other": 1,
}
_CHANNELS_ZH = {**_CHANNELS, "wechat": 34, "telegram": 5, "email": 7}
_MINUTES = {"consultation": (20, 60), "call": (5, 40), "meeting": (30, 90), "event": (20, 120)}
_WHO = (
    "their head of trading",
    "the operations lead",
    "the founder",
    "their risk officer",
    "the client's assistant",
    "a portfolio manager",
)
_WHO_ZH = ("交易负责人", "运营负责人", "创始人", "风控负责人", "客户助理", "基金经理")
_WHO_ALONE, _WHO_ALONE_ZH = ("the client",), ("客户",)
_VENUES = ("Bybit", "Binance", "Gate", "Hyperliquid", "another venue")
_SATURDAY, _FIRST_HOUR, _LAST_HOUR = 5, 9, 18
_STANDS_IN, _SILENT_STEP, _ONE_SENTENCE = 0.08, 0.42, 0.2
_SLEEPERS_SILENCE, _MOOD_KNOWN = 45, 0.85


@dataclass(frozen=True)
class Talk:
    """One conversation with a client; `due_in` only where a story says when its next step is due."""

    player: Player
    ago: int
    by: Member
    happened_at: datetime
    channel: str
    direction: str
    minutes: int | None
    topic: str
    products: str
    summary: str
    mood: int | None
    outcome: str
    next_steps: str
    is_promise: bool
    due_in: int | None = None


def plan(seed: int, players: list[Player], last_day: date, *, days: int, total: int) -> dict[str, list[Talk]]:
    """All talks by UID, oldest first, `total` in all."""
    wanted = _shares(seed, players, total - sum(len(player.story.scenes) for player in players if player.story))
    return {
        player.uid: sorted(
            [*_scenes(seed, player, last_day), *_drawn(seed, player, last_day, days=days, count=wanted[player.uid])],
            key=lambda talk: talk.happened_at,
        )
        for player in players
    }


def rows(talks: list[Talk]) -> list[tuple[object, ...]]:
    """The rows in the order in which things were said, numbered."""
    ordered = sorted(talks, key=lambda talk: (talk.happened_at, talk.player.uid))
    return [
        (
            f"I-{number:05d}",
            talk.player.venue,
            talk.player.uid,
            talk.by.email,
            talk.happened_at.isoformat(),
            talk.channel,
            talk.direction,
            talk.minutes,
            talk.topic,
            talk.products,
            talk.summary,
            talk.mood,
            talk.outcome,
            talk.next_steps,
        )
        for number, talk in enumerate(ordered, 1)
    ]


def _shares(seed: int, players: list[Player], total: int) -> dict[str, int]:
    """More talks for larger accounts, though some large ones are forgotten and some small ones loved."""
    weights = {player.uid: _weight(seed, player) for player in players}
    whole, given, shares = sum(weights.values()), 0.0, {}
    for uid, weight in weights.items():
        shares[uid] = int(total * (given + weight) / whole) - int(total * given / whole)
        given += weight
    missing = total - sum(shares.values())
    shares[players[-1].uid] += missing
    return shares


def _weight(seed: int, player: Player) -> float:
    attention = dice(seed, "attention", player.uid).lognormvariate(0, 0.6)
    here = min(player.joined_ago, 548) / 548
    return max(0.3, math.log10(player.habit.month_usd) - 5) * attention * max(here, 0.05)


def _drawn(seed: int, player: Player, last_day: date, *, days: int, count: int) -> list[Talk]:
    latest = 0
    if player.story and player.story.talked_last is not None:
        latest = player.story.talked_last + 1
    elif player.is_sleeper:
        latest = _SLEEPERS_SILENCE
    random = dice(seed, "talks", player.uid)
    earliest = max(min(player.joined_ago, days - 1), latest + 7)
    workdays = [ago for ago in range(latest, earliest + 1) if day(last_day, ago).weekday() < _SATURDAY]
    agos = [random.choice(workdays) for _ in range(count)]
    if player.story and player.story.talked_last is not None and not player.story.scenes:
        agos[:1] = workdays[:1]
    return [_talk(random, player, last_day, ago) for ago in agos]


def _talk(random: Random, player: Player, last_day: date, ago: int) -> Talk:
    by = player.backup if player.backup and random.random() < _STANDS_IN else player.manager
    in_chinese = player.language == "zh" and by.speaks("zh")
    topic = pick(random, {known: known.weight for known in (CHINESE if in_chinese else ENGLISH)})
    channel = pick(random, _CHANNELS_ZH if player.language == "zh" else _CHANNELS)
    slots = _slots(random, player, in_chinese=in_chinese)
    shortest = _MINUTES.get(channel)
    return Talk(
        player=player,
        ago=ago,
        by=by,
        happened_at=_moment(random, by, day(last_day, ago)),
        channel=channel,
        direction=random.choice(("outbound", "outbound", "inbound")),
        minutes=random.randint(*shortest) if shortest else None,
        topic=topic.name,
        products=_products(random, topic),
        summary=_summary(random, topic, slots, in_chinese=in_chinese),
        mood=min(5, max(1, round(random.gauss(topic.mood, 0.7)))) if random.random() < _MOOD_KNOWN else None,
        outcome=random.choice(topic.outcomes),
        next_steps="" if random.random() < _SILENT_STEP else random.choice(topic.steps).format(**slots),
        is_promise=topic.is_promise,
    )


def _summary(random: Random, topic: Topic, slots: dict[str, str], *, in_chinese: bool) -> str:
    """One to four sentences."""
    middles = random.sample(topic.middles, random.choice((1, 1, 2)))
    parts = [random.choice(topic.openings)]
    if random.random() > _ONE_SENTENCE:
        parts += [*middles, random.choice(topic.ends)]
    told = [part.format(**slots) for part in parts if part]
    return "".join(told) if in_chinese else " ".join(part[0].upper() + part[1:] for part in told)


def _slots(random: Random, player: Player, *, in_chinese: bool) -> dict[str, str]:
    alone, firm = (_WHO_ALONE_ZH, _WHO_ZH) if in_chinese else (_WHO_ALONE, _WHO)
    amount = random.choice((15, 20, 35, 50, 80, 120, 250, 400, 750)) * random.choice((1, 1, 10))
    small = random.randrange(180, 4800, 20)
    return {
        "who": random.choice(alone if player.is_person else firm),
        "asset": random.choice(("BTC", "ETH", "SOL")),
        "instrument": random.choice(player.habit.lines).instrument,
        "tier": player.usual_tier,
        "bps": f"{random.uniform(2, 7):.1f}",
        "amount": f"{amount / 10:g} 万美元" if in_chinese else f"{amount}k USD",
        "small": f"{small} 美元" if in_chinese else f"{small:,} USD",
        "count": str(random.randint(2, 9)),
        "days": str(random.randint(5, 30)),
        "venue": random.choice([venue for venue in _VENUES[: 4 if in_chinese else 5] if venue != player.venue]),
    }


def _products(random: Random, topic: Topic) -> str:
    known = topic.products.split(";")
    return ";".join(sorted(random.sample(known, random.randint(1, len(known)))))


def _moment(random: Random, by: Member, on: date) -> datetime:
    told = time(random.randrange(_FIRST_HOUR, _LAST_HOUR), random.randrange(60), tzinfo=ZoneInfo(by.time_zone))
    return datetime.combine(on, told)


def _scenes(seed: int, player: Player, last_day: date) -> list[Talk]:
    if not player.story:
        return []
    random = dice(seed, "scenes", player.uid)
    return [_played(random, player, scene, last_day) for scene in player.story.scenes]


def _played(random: Random, player: Player, scene: Scene, last_day: date) -> Talk:
    """A scene of a story, on the workday at or before its own."""
    on = day(last_day, scene.ago)
    ago = scene.ago + max(0, on.weekday() - (_SATURDAY - 1))
    return Talk(
        player=player,
        ago=ago,
        by=player.manager,
        happened_at=_moment(random, player.manager, day(last_day, ago)),
        channel=scene.channel,
        direction=scene.direction,
        minutes=scene.minutes,
        topic=scene.topic,
        products=scene.products,
        summary=scene.summary,
        mood=scene.mood,
        outcome=scene.outcome,
        next_steps=scene.next_steps,
        is_promise=scene.is_promise,
        due_in=scene.due_in,
    )
