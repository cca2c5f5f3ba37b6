"""Decisions that were made as one share an id; how fast somebody decides is asked for at every approval."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column that may be empty is added without touching a row: the table stays append-only all the while.
    op.add_column("decisions", sa.Column("batch", sa.String(80), nullable=True))
    op.create_index("ix_decisions_batch_sequence", "decisions", ["batch", "sequence"])
    op.create_index("ix_decisions_who_at", "decisions", ["who", "at"])


def downgrade() -> None:
    op.drop_index("ix_decisions_who_at", "decisions")
    op.drop_index("ix_decisions_batch_sequence", "decisions")
    op.drop_column("decisions", "batch")
