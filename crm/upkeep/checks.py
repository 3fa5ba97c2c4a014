"""What must hold in every table of ours: references point at something, and keys stand once."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlmodel import Session

from crm.tables import metadata


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


def _count(session: Session, query: sa.Executable) -> int:
    return int(session.connection().execute(query).scalar() or 0)
