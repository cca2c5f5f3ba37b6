"""What editors said of pairs of items, and which items are of the same event."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def _item(name: str, tie: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(80), sa.ForeignKey("items.id", name=tie), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "rulings",
        _item("item", "fk_rulings_item_items"),
        _item("other", "fk_rulings_other_items"),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(300), nullable=False),
        sa.Column("actor_kind", sa.String(32)),
        sa.Column("actor_id", sa.String(80)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_rulings_other", "rulings", ["other"])
    op.create_table(
        "related",
        _item("item", "fk_related_item_items"),
        _item("other", "fk_related_other_items"),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
    )
    op.create_index("ix_related_other", "related", ["other"])
    op.create_table(
        "leads",
        _item("item", "fk_leads_item_items"),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    op.create_index("ix_leads_number", "leads", ["number"])


def downgrade() -> None:
    op.drop_index("ix_leads_number", table_name="leads")
    op.drop_table("leads")
    op.drop_index("ix_related_other", table_name="related")
    op.drop_table("related")
    op.drop_index("ix_rulings_other", table_name="rulings")
    op.drop_table("rulings")
