"""How a client is reached and what stands on its card; every domain ends in .example, so that no letter arrives."""

from dataclasses import dataclass
from datetime import date
from random import Random

from crm.demo.cast import Player
from crm.demo.chance import dice, pick

_SOURCES: dict[str, float] = {"referral": 5, "inbound": 4, "event": 3, "affiliate": 3, "status match": 2, "outbound": 3}
_RISKS: dict[str, float] = {"low": 7, "medium": 4, "high": 1}
_HOURS = ("09:00-12:00", "10:00-18:00", "14:00-18:00", "after 16:00", "mornings", "")
_NOTES = (
    "Prefers short messages.",
    "Ask for the operations desk first.",
    "Decisions take two weeks.",
    "Wants figures in a table.",
    "Never call before noon.",
    "Reads e-mail once a day.",
    "Interested in lower withdrawal fees.",
    "Two sub-accounts for two strategies.",
    "Met at last year's conference.",
    "Compares venues every quarter.",
)
_NOTES_ZH = (
    "偏好微信沟通。",
    "每季度比较各家手续费。",
    "下午联系较方便。",
    "关注提币速度。",
    "有两个子账户,策略不同。",
    "决策人常出差,先联系助理。",
    "希望收到表格形式的数据。",
)
_TELEGRAM, _PHONE, _WECHAT, _NOTED, _BORN = 0.55, 0.6, 0.8, 0.4, 0.6


@dataclass(frozen=True)
class Card:
    """What is known about a client beside its trading; "" is unknown."""

    kyc_level: str
    kyc_expires_on: str
    risk: str
    birthday: str
    source: str
    notes: str
    email: str
    phone: str
    telegram: str
    wechat: str
    desk_size: str
    preferred_hours: str


def card(seed: int, player: Player, last_day: date) -> Card:
    random = dice(seed, "card", player.uid)
    login = player.domain or f"client-{player.uid[-6:]}"
    handle = f"{login.replace('-', '_')}_demo"
    notes = _NOTES_ZH if player.language == "zh" else _NOTES
    note = player.story.notes if player.story else random.choice(notes) if random.random() < _NOTED else ""
    desk, mail = str(random.randint(2, 40)), f"{random.choice(('desk', 'trading', 'ops'))}@{login}.example"
    return Card(
        kyc_level=random.choice(("KYC2", "KYC3")) if player.is_person else "KYB",
        kyc_expires_on=_kyc_expires(random, player, last_day),
        risk=pick(random, _RISKS),
        birthday=_birthday(random, player, last_day),
        source=pick(random, _SOURCES),
        notes=note,
        email=f"{login}@{random.choice(('post', 'mail'))}.example" if player.is_person else mail,
        phone=player.place.number(random) if random.random() < _PHONE else "",
        telegram=f"@{handle}" if random.random() < _TELEGRAM else "",
        wechat=f"wx_{handle}" if player.language == "zh" and random.random() < _WECHAT else "",
        desk_size="" if player.is_person else desk,
        preferred_hours=random.choice(_HOURS),
    )


def tags(player: Player) -> str:
    if player.story and player.story.tags:
        return player.story.tags
    own = "" if player.is_person else player.trade
    return ";".join(tag for tag in (own, "win-back" if player.is_sleeper else "") if tag)


def _kyc_expires(random: Random, player: Player, last_day: date) -> str:
    days = random.randint(20, 700)
    if player.story and player.story.kyc_expires_in is not None:
        days = player.story.kyc_expires_in
    return date.fromordinal(last_day.toordinal() + days).isoformat()


def _birthday(random: Random, player: Player, last_day: date) -> str:
    if player.story and player.story.birthday_in is not None:
        anniversary = date.fromordinal(last_day.toordinal() + player.story.birthday_in)
        return anniversary.replace(year=anniversary.year - 40, day=min(anniversary.day, 28)).isoformat()
    born = date.fromordinal(last_day.toordinal() - random.randint(25 * 365, 62 * 365))
    return born.isoformat() if player.is_person and random.random() < _BORN else ""
