"""What people said of an item's tags, and the versions of what was learned from it."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tag_verdicts",
        sa.Column(
            "item", sa.String(80), sa.ForeignKey("items.id", name="fk_tag_verdicts_item_items"), primary_key=True
        ),
        sa.Column("facet", sa.String(32), primary_key=True),
        sa.Column("tag", sa.String(80), primary_key=True),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "tagger_versions",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("standing", sa.String(32), nullable=False),
        sa.Column("embedder", sa.String(300), nullable=False),
        sa.Column("digest", sa.String(80), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("held_back", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("score_before", sa.Float(), nullable=False),
        sa.Column("learned_to", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("tagger_versions")
    op.drop_table("tag_verdicts")
