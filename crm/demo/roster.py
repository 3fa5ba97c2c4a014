"""The rows of clients.csv: every account that is a client, its tier as its trading earned it."""

from dataclasses import astuple
from datetime import date

from crm.demo import contacts
from crm.demo.cast import Player, day

COLUMNS = (
    "venue",
    "uid",
    "name",
    "kind",
    "status",
    "tier",
    "kyc_level",
    "kyc_expires_on",
    "risk",
    "country",
    "language",
    "time_zone",
    "birthday",
    "source",
    "notes",
    "tags",
    "email",
    "phone",
    "telegram",
    "wechat",
    "manager",
    "backup",
    "joined_on",
    "desk_size",
    "preferred_hours",
)


def row(seed: int, player: Player, tier: str, last_day: date) -> tuple[object, ...]:
    kyc_level, kyc_expires_on, risk, birthday, source, notes, email, phone, telegram, wechat, *free = astuple(
        contacts.card(seed, player, last_day)
    )
    return (
        player.venue,
        player.uid,
        player.name,
        "person" if player.is_person else "institution",
        player.status,
        "" if player.status == "prospect" else tier,
        kyc_level,
        kyc_expires_on,
        risk,
        player.place.country,
        player.language,
        player.place.time_zone,
        birthday,
        source,
        notes,
        contacts.tags(player),
        email,
        phone,
        telegram,
        wechat,
        player.manager.email,
        player.backup.email if player.backup else "",
        day(last_day, player.joined_ago),
        *free,
    )
