"""What must hold in every database of ours, asked of the database itself."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlmodel import Session

from crm import journal
from crm.people import DESK_ID, Role
from crm.tables import metadata

_DAYS = """
    WITH fills AS (SELECT number, day, product, instrument, sum(volume_usd) AS volume, count(*) AS trades
                   FROM fill GROUP BY number, day, product, instrument),
         days AS (SELECT number, day, product, instrument, volume_usd AS volume, trades
                  FROM daily_activity WHERE source = 'fills')
    SELECT count(*) FROM fills f FULL JOIN days d
        ON d.number = f.number AND d.day = f.day AND d.product = f.product AND d.instrument = f.instrument
    WHERE (d.volume IS DISTINCT FROM f.volume OR d.trades IS DISTINCT FROM f.trades) AND {not_a_summary}"""
# Where a summary was delivered for the same day and product, it stands and the fills are not rolled up beside it.
_NOT_A_SUMMARY = """NOT EXISTS (SELECT 1 FROM daily_activity s WHERE s.source = 'summary' AND s.number = f.number
    AND s.day = f.day AND s.product = f.product AND s.instrument = f.instrument)"""


def orphans(session: Session) -> Iterator[str]:
    """One sentence for each declared foreign key that points at nothing in some rows."""
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            other = key.elements[0].column.table.alias("other")
            pairs = [(element.parent, other.c[element.column.name]) for element in key.elements]
            found = sa.exists().where(*(there == here for here, there in pairs))
            wanted = sa.and_(*(here.is_not(None) for here, _ in pairs))
            count = _count(session, sa.select(sa.func.count()).select_from(table).where(wanted, ~found))
            if count:
                columns = ", ".join(here.name for here, _ in pairs)
                yield f"{count:,} rows of {table.name} name a {other.element.name} in {columns} that is not there"  # type: ignore[attr-defined]


def doubles(session: Session) -> Iterator[str]:
    """One sentence for each key that stands on more than one row."""
    for table in metadata.sorted_tables:
        for columns in _unique(table):
            filled = sa.and_(*(column.is_not(None) for column in columns))
            groups = sa.select(*columns).where(filled).group_by(*columns).having(sa.func.count() > 1).subquery()
            count = _count(session, sa.select(sa.func.count()).select_from(groups))
            if count:
                names = ", ".join(column.name for column in columns)
                yield f"{count:,} keys of {table.name} ({names}) stand on more than one row"


def _unique(table: sa.Table) -> Iterator[Sequence[sa.Column[object]]]:
    if table.primary_key.columns:
        yield list(table.primary_key.columns)
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint):
            yield list(constraint.columns)


def managers(session: Session) -> Iterator[str]:
    """Every client stands in the book of one manager or lead, or of the desk."""
    person, client = metadata.tables["person"], metadata.tables["client"]
    fit = sa.or_(person.c.id == DESK_ID, person.c.role.in_([Role.MANAGER, Role.LEAD]))
    known = sa.exists().where(person.c.id == client.c.manager_id, fit)
    count = _count(session, sa.select(sa.func.count()).select_from(client).where(~known))
    if count:
        yield f"{count:,} clients stand in the book of nobody who looks after clients"
    every = sa.select(client.c.number).union_all(sa.select(metadata.tables["further_account"].c.number)).subquery()
    numbers = sa.select(every.c.number).group_by(every.c.number).having(sa.func.count() > 1).subquery()
    shared = _count(session, sa.select(sa.func.count()).select_from(numbers))
    if shared:
        yield f"{shared:,} account numbers belong to more than one client"


def days(session: Session) -> Iterator[str]:
    """A day that was rolled up from fills equals its fills."""
    count = _count(session, sa.text(_DAYS.format(not_a_summary=_NOT_A_SUMMARY)))
    if count:
        yield f"{count:,} days of daily_activity differ from their fills"


def broken_link(session: Session) -> Iterator[str]:
    """The first change set whose content or link does not fit its hash."""
    broken = journal.first_broken(session)
    if broken:
        yield f"the journal is broken at entry {broken.seq} of {broken.made_at:%Y-%m-%d %H:%M} UTC ({broken.id})"


def _count(session: Session, query: sa.Executable) -> int:
    return int(session.connection().execute(query).scalar() or 0)
