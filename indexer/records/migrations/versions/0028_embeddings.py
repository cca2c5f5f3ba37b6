"""Vectors of texts that were embedded before, and the background of a catalogue's vectors."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "embeddings",
        sa.Column("digest", sa.String(80), primary_key=True),
        sa.Column("model", sa.String(300), primary_key=True),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_embeddings_used_at", "embeddings", ["used_at"])
    op.create_table(
        "backgrounds",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("embedder", sa.String(300), nullable=False),
        sa.Column("digest", sa.String(80), nullable=False),
        sa.Column("catalogue", sa.Integer(), nullable=False),
        sa.Column("read_to", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("backgrounds")
    op.drop_index("ix_embeddings_used_at", table_name="embeddings")
    op.drop_table("embeddings")
