"""Saved pages that units push, the keys of their own systems, and what those asked for already."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox_pages",
        sa.Column("filed", sa.String(80), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("type", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["filed"], ["inbox.id"], name="fk_inbox_pages_filed_inbox"),
        sa.PrimaryKeyConstraint("filed", name="pk_inbox_pages"),
    )
    op.create_table(
        "push_keys",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_push_keys_unit_units"),
        sa.PrimaryKeyConstraint("id", name="pk_push_keys"),
    )
    op.create_index("ix_push_keys_unit", "push_keys", ["unit"])
    op.create_table(
        "push_nonces",
        sa.Column("nonce", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name="pk_push_nonces"),
    )
    op.create_index("ix_push_nonces_at", "push_nonces", ["at"])
    op.create_table(
        "push_requests",
        sa.Column("request", sa.String(300), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("filed", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("request", name="pk_push_requests"),
    )
    op.create_index("ix_push_requests_at", "push_requests", ["at"])


def downgrade() -> None:
    for table in ("push_requests", "push_nonces", "push_keys", "inbox_pages"):
        op.drop_table(table)
