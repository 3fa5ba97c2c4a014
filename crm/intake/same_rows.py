"""What rows of a file are to each other that seem to be the same: an id that several of them have, and its readings."""

from collections.abc import Iterator, Sequence

from crm.ground.messages import Message
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

EVERY_ROW = "every row counts"
ADDS_UP = "adds up"
FIRST = "first counts"
LAST = "last counts"
NAMESAKE = Message("another row here has this id and says something else; this one is taken for a row of its own")
MOST_REMARKED = 1_000


def of_ids(
    staging: Staging, mapping: Mapping, field: str, telling: Sequence[str], beside: Sequence[str] = ()
) -> Iterator[Guess]:
    """A guess where rows have one id, and differ in the `telling` fields. `beside`: fields within which an id is unique anyhow."""
    differing = _differing(staging, mapping, field, telling, beside)
    if not differing:
        return
    title = staging.header[mapping.columns[field][0]]
    said = said_of(staging, mapping, field)
    because = SAID if said else Message("rows of one id differ in {columns}", columns=", ".join(differing))
    read, other = (FIRST, EVERY_ROW) if said == FIRST else (EVERY_ROW, FIRST)
    yield Guess(Topic.SAME_ROW, title, read, because, sure=True, others=(other,))


def said_of(staging: Staging, mapping: Mapping, field: str) -> str:
    """What a person said of the rows that have one id."""
    index = mapping.first(field)
    return "" if index is None else mapping.answer(Topic.SAME_ROW, staging.header[index])


def repeats(staging: Staging, mapping: Mapping, field: str, beside: Sequence[str] = ()) -> bool:
    """Some id stands in the file several times."""
    index = mapping.first(field)
    if index is None:
        return False
    # Numbers are grouped in half the time of texts.
    alike = f"SELECT count(*) FROM (SELECT 1 FROM raw WHERE c{index} <> '' GROUP BY hash(c{index}) HAVING count(*) > 1 LIMIT 1)"
    if not staging.cached(alike)[0][0]:
        return False
    return bool(staging.cached(f"SELECT count(*) FROM (SELECT 1 {_groups(mapping, field, beside)} LIMIT 1)")[0][0])


def _differing(
    staging: Staging, mapping: Mapping, field: str, telling: Sequence[str], beside: Sequence[str]
) -> list[str]:
    """The columns that tell rows of one id apart."""
    places = [i for name in telling if (i := mapping.first(name)) is not None]
    if not places or not repeats(staging, mapping, field, beside):
        return []
    differ = ", ".join(f"coalesce(bool_or(d{i}), FALSE)" for i in places)
    each = ", ".join(f"min(trim(c{i})) <> max(trim(c{i})) AS d{i}" for i in places)
    found = staging.cached(f"SELECT {differ} FROM (SELECT {each} {_groups(mapping, field, beside)})")[0]
    return [staging.header[i] for i, differs in zip(places, found, strict=True) if differs]


def _groups(mapping: Mapping, field: str, beside: Sequence[str]) -> str:
    ids = [i for name in (field, *beside) if (i := mapping.first(name)) is not None]
    return f"""FROM raw WHERE nullif(trim(c{ids[0]}), '') IS NOT NULL
        GROUP BY {", ".join(f"c{i}" for i in ids)} HAVING count(*) > 1"""
