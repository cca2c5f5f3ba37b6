"""How often words of the catalogue were searched for, by day."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "searched",
        sa.Column("words", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("words", "day", name="pk_searched"),
    )
    op.create_index("ix_searched_day", "searched", ["day"])


def downgrade() -> None:
    op.drop_table("searched")
