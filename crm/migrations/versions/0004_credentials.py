"""credentials: epochs, second factors, known devices, scopes of tokens, security events; the journal is sealed."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from crm.ground import keyring

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LONGEST_TOKEN = timedelta(days=90)
KEPT_OUT = {"journalled": False}


def upgrade() -> None:
    _tables()
    op.add_column("one_time_link", sa.Column("made_by", sa.Uuid(), nullable=True))
    op.add_column("one_time_link", sa.Column("epoch", sa.Integer(), nullable=True))
    op.add_column("web_session", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("web_session", sa.Column("epoch", sa.Integer(), nullable=True))
    op.add_column("api_token", sa.Column("scopes", sa.JSON(), nullable=True))
    op.add_column("api_token", sa.Column("epoch", sa.Integer(), nullable=True))
    op.add_column("change_set", sa.Column("seal", sa.String(), nullable=True))
    _keep_sessions()
    _shorten_tokens()
    _seal()


def _tables() -> None:
    op.create_table(
        "credentials_epoch",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("person_id"),
        info=KEPT_OUT,
    )
    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("person_id"),
        info=KEPT_OUT,
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("code_hash"),
        info=KEPT_OUT,
    )
    op.create_table(
        "known_device",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("token_hash", "person_id"),
        info=KEPT_OUT,
    )
    op.create_table(
        "security_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        info=KEPT_OUT,
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
        info=KEPT_OUT,
    )
    op.create_table(
        "token_use",
        sa.Column("token_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("token_id"),
        info=KEPT_OUT,
    )


def _keep_sessions() -> None:
    """Whoever is signed in stays so; a session without a moment of proof would wait for a second factor."""
    session = sa.table("web_session", sa.column("proved_at"), sa.column("started_at"))
    op.get_bind().execute(sa.update(session).values(proved_at=session.c.started_at))


def _shorten_tokens() -> None:
    """No token lives longer than a new one could; what it may do stays as it was."""
    moment = sa.DateTime(timezone=True)
    token = sa.table("api_token", sa.column("expires_at", moment))
    latest = datetime.now(UTC) + LONGEST_TOKEN
    too_long = token.c.expires_at.is_(None) | (token.c.expires_at > latest)
    op.get_bind().execute(sa.update(token).where(too_long).values(expires_at=latest))


def _seal() -> None:
    """What is there is sealed as it stands; from now on whoever chains it anew without the key is found out."""
    link = sa.table("change_set", sa.column("seq", sa.BigInteger), sa.column("hash"), sa.column("seal"))
    found = op.get_bind().execute(sa.select(link.c.seq, link.c.hash)).all()
    if found:
        seals = [{"number": seq, "sealed": keyring.sealed("journal", hashed)} for seq, hashed in found]
        sealing = sa.update(link).where(link.c.seq == sa.bindparam("number")).values(seal=sa.bindparam("sealed"))
        op.get_bind().execute(sealing, seals)


def downgrade() -> None:
    raise NotImplementedError("Restore the backup that was made before the migration instead.")
