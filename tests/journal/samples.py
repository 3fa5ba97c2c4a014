"""A row of every journalled table, and a column of it that somebody may want to change."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlmodel import SQLModel

from crm.clients.models import (
    Account,
    AttributeDefinition,
    Client,
    ContactMethod,
    FurtherAccount,
    MergedClient,
    NotDuplicate,
    PastAssignment,
)
from crm.imports.models import MappingProfile
from crm.interactions.models import Interaction
from crm.people.models import ApiToken, Person, Team
from crm.search.models import GlossaryEntry
from crm.tasks.models import Task
from crm.trading.models import Balance, DailyActivity, Fill, TierPolicy
from tests.cast import Cast

DAY, MOMENT = date(2026, 3, 1), datetime(2026, 3, 1, 4, tzinfo=UTC)

# Row `n` of a table, so that each is another one.
ROWS: dict[str, Callable[[Cast, int], SQLModel]] = {
    "client": lambda cast, n: Client(number=900 + n, venue="OKX", uid=f"S{n}", name=f"S{n}", manager_id=cast.mei.id),
    "handle": lambda cast, n: ContactMethod(client_id=cast.harbour.id, kind="email", value=f"s{n}@x.example"),
    "trading_account": lambda _, n: Account(number=900 + n, venue="OKX", uid=f"T{n}"),
    "further_account": lambda cast, n: FurtherAccount(number=900 + n, client_id=cast.harbour.id),
    "merged_client": lambda cast, n: MergedClient(client_id=cast.harbour.id, name=f"S{n}"),
    "not_duplicate": lambda cast, n: NotDuplicate(
        first_id=cast.harbour.id, second_id=(cast.lotus, cast.northlight, cast.fjord)[n % 3].id, said_by=cast.mei.id
    ),
    "past_assignment": lambda cast, _: PastAssignment(
        client_id=cast.harbour.id, person_id=cast.tomas.id, from_at=MOMENT, until_at=MOMENT
    ),
    "attribute_definition": lambda _, n: AttributeDefinition(name=f"S{n}", label="Desk size"),
    "interaction": lambda cast, _: Interaction(client_id=cast.harbour.id, person_id=cast.mei.id, happened_at=MOMENT),
    "task": lambda cast, n: Task(title=f"S{n}", owner_id=cast.mei.id),
    "fill": lambda cast, n: Fill(
        number=cast.harbour.number, fill_key=f"S|{n}", traded_at=MOMENT, day=DAY, product="spot", volume_usd=Decimal(1)
    ),
    "daily_activity": lambda cast, n: DailyActivity(
        number=cast.harbour.number, day=DAY, product="spot", instrument=f"S{n}", volume_usd=Decimal(1)
    ),
    "balance": lambda _, n: Balance(number=900 + n, day=DAY, equity_usd=Decimal(1)),
    "tier_policy": lambda _, n: TierPolicy(venue="OKX", name=f"S{n}", effective_from=DAY),
    "mapping_profile": lambda _, n: MappingProfile(name=f"S{n}", kind="clients", header_hash="x"),
    "glossary_entry": lambda _, n: GlossaryEntry(words=[f"S{n}", "another"]),
    "person": lambda _, n: Person(email=f"s{n}@desk.example", name=f"S{n}"),
    "team": lambda _, n: Team(name=f"S{n}"),
    "api_token": lambda cast, n: ApiToken(person_id=cast.tomas.id, name=f"S{n}", token_hash=f"S{n}"),
}

# What is changed of them, beside the columns that their policies name.
CHANGED: dict[str, tuple[str, object]] = {
    "client": ("tier", "VIP9"),
    "handle": ("label", "office"),
    "trading_account": ("uid", "another"),
    "further_account": ("client_id", None),
    "merged_client": ("name", "another"),
    "not_duplicate": ("said_by", None),
    "past_assignment": ("part", "backup"),
    "attribute_definition": ("label", "another"),
    "interaction": ("topic", "another"),
    "task": ("outcome", "another"),
    "fill": ("side", "sell"),
    "daily_activity": ("trades", 7),
    "balance": ("equity_usd", Decimal(2)),
    "tier_policy": ("venue", "another"),
    "mapping_profile": ("header_hash", "another"),
    "glossary_entry": ("words", ["one", "other"]),
    "person": ("name", "another"),
    "team": ("name", "another"),
    "api_token": ("name", "another"),
}

# Another value for a column that a policy names.
OTHERWISE: dict[str, object] = {"locale": "zh", "time_zone": "Asia/Tokyo", "password_changed_at": MOMENT}


def other_value(cast: Cast, table: str, column: str) -> object:
    """Another value than the sample has."""
    known = {
        "manager_id": cast.tomas.id,
        "backup_id": cast.nadia.id,
        "client_id": cast.lotus.id,
        "said_by": cast.ada.id,
    }
    found = dict([CHANGED[table]]).get(column) or known.get(column) or OTHERWISE.get(column)
    assert found is not None, f"tests/journal/samples.py has no other value for {table}.{column}"
    return found
