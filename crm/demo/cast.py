"""Who plays: the accounts of the demo with all that is known about them, those with a story first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from crm.demo import courses, names, staff, tiers
from crm.demo.chance import dice, pick
from crm.demo.habits import Habit, Line, habit
from crm.demo.places import PLACES, Place, place
from crm.demo.staff import Member
from crm.demo.stories import CLOSED, PROSPECTS, SLEEPERS, STORIES
from crm.demo.story import Story

_VENUES: dict[str, float] = {"OKX": 78, "Bybit": 9, "Binance": 6, "Gate": 4, "Hyperliquid": 3}
_TRADES: dict[str, float] = {
    "person": 34,
    "fund": 22,
    "quant": 17,
    "family-office": 9,
    "miner": 7,
    "treasury": 6,
    "market-maker": 5,
}
_MEDIAN_USD, _SPREAD, _MOST_USD = 1.2e7, 1.55, 1.1e9
_LONG_AGO, _SETTLED, _LATELY = 1600, 400, 40
_ENGLISH = 0.3
_TRIES, _NUMBERED_TRIES = 30, 20
_QUIET_NEW_YEAR = 0.3


@dataclass(frozen=True)
class Player:
    """An account, the person or firm behind it and how it trades. `joined_ago` is days before the last day."""

    venue: str
    uid: str
    name: str
    domain: str
    trade: str
    status: str
    place: Place
    language: str
    manager: Member
    backup: Member | None
    joined_ago: int
    habit: Habit
    story: Story | None = None
    is_sleeper: bool = False

    @property
    def is_person(self) -> bool:
        return self.trade == "person"

    @property
    def ordinary_level(self) -> str:
        """What it has below VIP 1."""
        return tiers.ORDINARY

    @property
    def usual_tier(self) -> str:
        """What its habits alone would earn, all in spot."""
        return tiers.earned(tiers.Window(self.habit.month_usd, 0, 0, self.habit.assets_usd), self.ordinary_level)


def players(seed: int, count: int) -> list[Player]:
    """The stories first, then a group that fell asleep, prospects, closed ones and everybody else."""
    taken: set[str] = set()
    told = [_from_story(seed, story) for story in STORIES]
    taken.update(word for player in told for word in (player.name, player.domain))
    others = (_drawn(seed, which, taken) for which in range(count - len(told)))
    return [*told, *_with_parts(seed, others)]


def day(last_day: date, ago: int) -> date:
    return date.fromordinal(last_day.toordinal() - ago)


def _with_parts(seed: int, others: Iterator[Player]) -> Iterator[Player]:
    for which, player in enumerate(others):
        random = dice(seed, "part", player.uid)
        if which < SLEEPERS:
            asleep = courses.stopped(random.randint(58, 200))
            yield replace(
                player, status="dormant", habit=replace(player.habit, course=asleep), joined_ago=700, is_sleeper=True
            )
        elif which < SLEEPERS + PROSPECTS:
            yield replace(player, status="prospect", joined_ago=random.randint(2, 50))
        elif which < SLEEPERS + PROSPECTS + CLOSED:
            gone = courses.stopped(random.randint(120, 380))
            yield replace(player, status="closed", habit=replace(player.habit, course=gone), joined_ago=800)
        else:
            yield player


def _from_story(seed: int, story: Story) -> Player:
    random = dice(seed, "story", story.name)
    uid = names.uid(random, story.venue)
    usual = habit(random, story.trade, story.month_usd, story.course)
    lines = tuple(Line(*line) for line in story.lines) or usual.lines
    own = replace(
        usual,
        lines=lines,
        weekdays=story.weekdays,
        weekends=story.weekends,
        swing=story.swing,
        assets_usd=story.assets_usd or usual.assets_usd,
        maker_share=story.maker_share or usual.maker_share,
    )
    return Player(
        venue=story.venue,
        uid=uid,
        name=story.name,
        domain=story.domain or names.domain(story.name),
        trade=story.trade,
        status="active",
        place=place(story.country),
        language=story.language,
        manager=story.manager,
        backup=staff.stand_in(seed, uid, story.manager),
        joined_ago=story.joined_ago,
        habit=own,
        story=story,
    )


def _drawn(seed: int, which: int, taken: set[str]) -> Player:
    random = dice(seed, "client", which)
    where = pick(random, {known: known.share for known in PLACES})
    venue, trade = pick(random, _VENUES), pick(random, _TRADES)
    uid = names.uid(random, venue)
    name, domain = _new_name(random, trade, where.culture, taken)
    language = (
        "zh" if where.culture == "zh" and not name.isascii() else "en" if random.random() < _ENGLISH else where.language
    )
    month_usd = min(_MEDIAN_USD * random.lognormvariate(0, _SPREAD), _MOST_USD) * (6 if trade == "market-maker" else 1)
    manager = staff.look_after(seed, uid, where.country, language)
    return Player(
        venue=venue,
        uid=uid,
        name=name,
        domain=domain,
        trade=trade,
        status="active",
        place=where,
        language=language,
        manager=manager,
        backup=staff.stand_in(seed, uid, manager),
        joined_ago=_joined_ago(random),
        habit=habit(random, trade, month_usd, _course(random, where)),
    )


def _new_name(random: Random, trade: str, culture: str, taken: set[str]) -> tuple[str, str]:
    """A name that nobody else in the demo has; after many tries, with a number."""
    for attempt in range(_TRIES + _NUMBERED_TRIES):
        if trade == "person":
            name = names.person(random, culture)
            domain = names.domain(name)
        else:
            name, domain = names.firm(random, trade, culture)
        if attempt >= _TRIES:  # the pool of this culture is used up
            number = random.randint(2, 99)
            name, domain = f"{name} {number}", f"{domain}{number}" if domain else ""
        if name not in taken and (not domain or domain not in taken):
            break
    taken.update((name, domain))
    return name, domain


def _course(random: Random, where: Place) -> courses.Course:
    if where.country in ("CN", "HK", "TW") and random.random() < _QUIET_NEW_YEAR:
        return courses.closed_for_new_year
    return courses.steady


def _joined_ago(random: Random) -> int:
    """Two thirds were here before the demo begins; the others came one by one."""
    return random.choice(
        (random.randint(_SETTLED, _LONG_AGO), random.randint(_SETTLED, _LONG_AGO), random.randint(_LATELY, 560))
    )
