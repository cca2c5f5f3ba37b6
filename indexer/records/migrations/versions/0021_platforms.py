"""Connections to platforms with their tokens and events, what platforms announce, and the health of channels."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _platform_events()
    _tokens()
    _announced()
    _channel_alarms()
    _channel_attempts()
    _connections()


def _platform_events() -> None:
    op.create_table(
        "platform_events",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("account", sa.String(300), nullable=False),
        sa.Column("event_key", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.String(300)),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_platform_events"),
    )
    op.create_index("ix_platform_events_account_event_key", "platform_events", ["account", "event_key"], unique=True)
    op.create_index("ix_platform_events_done_at_id", "platform_events", ["done_at", "id"])


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("sealed", sa.Text()),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("fetched_at", sa.DateTime(timezone=True)),
        sa.Column("holder", sa.String(300)),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name="pk_tokens"),
    )


def _announced() -> None:
    op.create_table(
        "announced",
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("number", sa.String(300), nullable=False),
        sa.Column("key", sa.String(2048)),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("url", sa.String(2048)),
        sa.Column("day", sa.Date()),
        sa.Column("told_by", sa.String(32), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_announced_channel"),
        sa.PrimaryKeyConstraint("channel", "number", name="pk_announced"),
    )
    op.create_index("ix_announced_channel_day", "announced", ["channel", "day"])


def _channel_alarms() -> None:
    op.create_table(
        "channel_alarms",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_channel_alarms_channel"),
        sa.PrimaryKeyConstraint("id", name="pk_channel_alarms"),
    )
    op.create_index("ix_channel_alarms_channel_kind_ended_at", "channel_alarms", ["channel", "kind", "ended_at"])
    op.create_index("ix_channel_alarms_ended_at_id", "channel_alarms", ["ended_at", "id"])


def _channel_attempts() -> None:
    op.create_table(
        "channel_attempts",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer()),
        sa.Column("newest", sa.Date()),
        sa.Column("digest", sa.String(64)),
        sa.Column("reason", sa.String(32)),
        sa.Column("facts", sa.JSON()),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_channel_attempts_channel"),
        sa.PrimaryKeyConstraint("id", name="pk_channel_attempts"),
    )
    op.create_index("ix_channel_attempts_channel_id", "channel_attempts", ["channel", "id"])


def _connections() -> None:
    op.create_table(
        "connections",
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("account", sa.String(300), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("new_name", sa.String(300), nullable=False),
        sa.Column("original_id", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("callback_sealed", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("who", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_connections_channel"),
        sa.PrimaryKeyConstraint("channel", name="pk_connections"),
    )
    op.create_index("ix_connections_platform_account", "connections", ["platform", "account"], unique=True)


def downgrade() -> None:
    for table in ("connections", "channel_attempts", "channel_alarms", "announced", "tokens", "platform_events"):
        op.drop_table(table)
