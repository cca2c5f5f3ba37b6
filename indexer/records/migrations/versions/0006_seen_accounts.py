"""WeChat accounts that were seen in a channel and wait for a person to confirm them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.String(length=80)


def upgrade() -> None:
    op.create_table(
        "seen_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", ID, nullable=False),
        sa.Column("biz", ID, nullable=False),
        sa.Column("original_id", ID, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("url", sa.String(length=2048), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_seen_accounts_channel"),
        sa.PrimaryKeyConstraint("id", name="pk_seen_accounts"),
        sa.UniqueConstraint(
            "channel", "biz", "original_id", "name", name="uq_seen_accounts_channel_biz_original_id_name"
        ),
    )


def downgrade() -> None:
    op.drop_table("seen_accounts")
