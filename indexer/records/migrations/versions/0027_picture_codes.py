"""What the QR codes in a kept picture say: the checks read it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pictures", sa.Column("codes", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("pictures", "codes")
