"""Live streams are found by when they begin: which are on is asked every second."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None
WHERE = sa.text("starts IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_media_starts", "media", ["starts"], sqlite_where=WHERE, postgresql_where=WHERE)


def downgrade() -> None:
    op.drop_index("ix_media_starts", "media")
