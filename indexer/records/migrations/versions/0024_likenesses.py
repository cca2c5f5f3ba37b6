"""Which items are alike and why, and the sketches of texts by which they are found."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None


def _item(name: str, tie: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(80), sa.ForeignKey("items.id", name=tie), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "likenesses",
        _item("item", "fk_likenesses_item_items"),
        _item("other", "fk_likenesses_other_items"),
        sa.Column("relation", sa.String(32), nullable=False),
        sa.Column("layer", sa.String(32), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("other_share", sa.Float(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
    )
    op.create_index("ix_likenesses_other", "likenesses", ["other"])
    op.create_table(
        "sketches",
        _item("item", "fk_sketches_item_items"),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    op.create_index("ix_sketches_number", "sketches", ["number"])


def downgrade() -> None:
    op.drop_index("ix_sketches_number", table_name="sketches")
    op.drop_table("sketches")
    op.drop_index("ix_likenesses_other", table_name="likenesses")
    op.drop_table("likenesses")
