"""Credentials of platforms, sealed, and the calls that were made with them today."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credentials",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("place", sa.String(32), nullable=False),
        sa.Column("field", sa.String(300), nullable=False),
        sa.Column("hosts", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_credentials"),
    )
    op.create_table(
        "platform_calls",
        sa.Column("caller", sa.String(300), nullable=False),
        sa.Column("call", sa.String(300), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("caller", "call", name="pk_platform_calls"),
    )


def downgrade() -> None:
    op.drop_table("platform_calls")
    op.drop_table("credentials")
