"""How a kept picture looks, and its four parts by which copies are found."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BANDS = 4


def upgrade() -> None:
    op.add_column("pictures", sa.Column("look", sa.String(16), nullable=False, server_default=""))
    for band in range(BANDS):
        op.add_column("pictures", sa.Column(f"look_{band}", sa.Integer(), nullable=True))
        op.create_index(f"ix_pictures_look_{band}", "pictures", [f"look_{band}"])


def downgrade() -> None:
    for band in range(BANDS):
        op.drop_index(f"ix_pictures_look_{band}", "pictures")
        op.drop_column("pictures", f"look_{band}")
    op.drop_column("pictures", "look")
