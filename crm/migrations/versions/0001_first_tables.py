"""first tables."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from crm.migrations.first import clients, people, trading, work

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# PostgreSQL before 18 has no uuidv7().
UUID7 = """
CREATE FUNCTION crm_uuid7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$
"""


def upgrade() -> None:
    op.execute("CREATE SEQUENCE client_number START 1")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(UUID7)
    for tables in (people, clients, trading, work):  # those that are referred to come first
        tables.create()
    person = sa.table(
        "person",
        *(sa.column(name) for name in ("id", "version", "email", "name", "role", "time_zone", "locale")),
        sa.column("languages", sa.JSON),
        sa.column("is_active", sa.Boolean),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    desk = {
        "id": uuid.UUID("00000000-0000-7000-8000-000000000001"),
        "version": 1,
        "email": "desk",
        "name": "Desk",
        "role": "desk",
        "time_zone": "Asia/Shanghai",
        "locale": "en",
        "languages": [],
        "is_active": False,
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    op.bulk_insert(person, [desk])


def downgrade() -> None:
    raise NotImplementedError("Restore the backup that was made before the migration instead.")
