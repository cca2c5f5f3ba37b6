"""By which recipe each version was understood; those that were before name none, and are understood again once."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("versions", sa.Column("recipe", sa.String(length=300), nullable=True))
    op.create_index("ix_versions_recipe_item", "versions", ["recipe", "item"])


def downgrade() -> None:
    op.drop_index("ix_versions_recipe_item", "versions")
    op.drop_column("versions", "recipe")
