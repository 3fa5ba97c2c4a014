"""merging of clients: further accounts, merged records, and pairs that are no duplicates."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "further_account",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("number"),
        info={"points_at": {"number": ("trading_account.number", "TRUE")}},
    )
    op.create_index(op.f("ix_further_account_client_id"), "further_account", ["client_id"], unique=False)
    op.create_table(
        "merged_client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_merged_client_client_id"), "merged_client", ["client_id"], unique=False)
    op.create_table(
        "not_duplicate",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["client.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["second_id"], ["client.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("first_id", "second_id"),
    )
    op.create_index(op.f("ix_not_duplicate_second_id"), "not_duplicate", ["second_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Restore the backup that was made before the migration instead.")
