"""Versions that somebody waits for."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("versions", sa.Column("is_awaited", sa.Boolean(), nullable=False, server_default=sa.false()))
    awaited = sa.column("is_awaited").is_(sa.true())
    op.create_index("ix_versions_awaited", "versions", ["item"], sqlite_where=awaited, postgresql_where=awaited)


def downgrade() -> None:
    op.drop_index("ix_versions_awaited", table_name="versions")
    op.drop_column("versions", "is_awaited")
