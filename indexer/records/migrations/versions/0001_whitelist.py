"""Editions, the whitelist with its history, accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(length=80)
NAME = sa.String(length=300)
WORD = sa.String(length=32)
URL = sa.String(length=2048)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _editions()
    _units()
    _channels()
    _refusals()
    _users()
    _channel_reads()
    _leases()
    _validators()
    _whitelist_changes()


def downgrade() -> None:
    op.drop_table("whitelist_changes")
    op.drop_table("validators")
    op.drop_table("leases")
    op.drop_table("channel_reads")
    op.drop_table("users")
    op.drop_table("refusals")
    op.drop_table("channels")
    op.drop_table("units")
    op.drop_table("editions")


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("id", ID, nullable=False),
        sa.Column("label", NAME, nullable=False),
        sa.Column("theme", NAME, nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
    )


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("short_name", NAME, nullable=False),
        sa.Column("system", NAME, nullable=False),
        sa.Column("district", NAME, nullable=False),
        sa.Column("former_names", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
    )


def _channels() -> None:
    op.create_table(
        "channels",
        sa.Column("id", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("source", WORD),
        sa.Column("address", sa.Text()),
        sa.Column("hosts", sa.JSON(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("licence", sa.Text()),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_channels_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_channels"),
    )
    op.create_index("ix_channels_status", "channels", ["status"])
    op.create_index("ix_channels_unit", "channels", ["unit"])


def _refusals() -> None:
    op.create_table(
        "refusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", ID, nullable=False),
        sa.Column("unit", ID),
        sa.Column("url", URL, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_refusals_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_refusals"),
        sa.UniqueConstraint("channel", "url", "reason", name="uq_refusals_channel_url_reason"),
    )
    op.create_index("ix_refusals_channel_at", "refusals", ["channel", "at"])
    op.create_index("ix_refusals_unit_at", "refusals", ["unit", "at"])


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("unit", ID),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", MOMENT),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_users_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )


def _channel_reads() -> None:
    op.create_table(
        "channel_reads",
        sa.Column("channel", ID, nullable=False),
        sa.Column("last_read_at", MOMENT),
        sa.Column("last_new_at", MOMENT),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_channel_reads_channel"),
        sa.PrimaryKeyConstraint("channel", name="pk_channel_reads"),
    )


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("channel", ID, nullable=False),
        sa.Column("holder", NAME, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_leases_channel"),
        sa.PrimaryKeyConstraint("channel", name="pk_leases"),
    )


def _validators() -> None:
    op.create_table(
        "validators",
        sa.Column("channel", ID, nullable=False),
        sa.Column("url", URL, nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_validators_channel"),
        sa.PrimaryKeyConstraint("channel", "url", name="pk_validators"),
    )


def _whitelist_changes() -> None:
    op.create_table(
        "whitelist_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", ID, nullable=False),
        sa.Column("before", WORD),
        sa.Column("after", WORD, nullable=False),
        sa.Column("who", NAME, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_whitelist_changes_channel"),
        sa.PrimaryKeyConstraint("id", name="pk_whitelist_changes"),
    )
    op.create_index("ix_whitelist_changes_channel_id", "whitelist_changes", ["channel", "id"])
