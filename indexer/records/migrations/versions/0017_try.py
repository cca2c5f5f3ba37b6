"""What is asked for may be about no channel yet: a site is tried before it is one."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox") as batch:
        batch.alter_column("channel", existing_type=sa.String(80), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM inbox WHERE channel IS NULL")
    with op.batch_alter_table("inbox") as batch:
        batch.alter_column("channel", existing_type=sa.String(80), nullable=False)
