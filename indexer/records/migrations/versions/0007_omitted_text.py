"""How many characters of a version's text were beyond the limit and are not kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("versions", sa.Column("omitted_chars", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("versions", "omitted_chars")
