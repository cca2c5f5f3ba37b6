"""Who works on what: outbox rows and versions are claimed; an inbox of what people ask the collector to do."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CLAIMED = ("outbox", "versions")


def upgrade() -> None:
    for table in CLAIMED:
        op.add_column(table, sa.Column("holder", sa.String(300), nullable=True))
        op.add_column(table, sa.Column("until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "inbox",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("who", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.String(300), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_inbox_channel_channels"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_done_at_id", "inbox", ["done_at", "id"])
    op.create_index("ix_inbox_channel_id", "inbox", ["channel", "id"])


def downgrade() -> None:
    op.drop_table("inbox")
    for table in CLAIMED:
        op.drop_column(table, "until")
        op.drop_column(table, "holder")
