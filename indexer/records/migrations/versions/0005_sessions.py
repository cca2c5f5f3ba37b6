"""Sessions are rows, wrong passwords are counted beside the accounts, and an account can be removed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.String(length=80)
NAME = sa.String(length=300)
HASH = sa.String(length=64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("users", sa.Column("removed_at", MOMENT))
    op.drop_column("users", "failures")
    op.drop_column("users", "locked_until")
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("network", NAME, nullable=False),
        sa.Column("agent", NAME, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name="fk_sessions_user"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )
    op.create_index("ix_sessions_user_ended_at", "sessions", ["user", "ended_at"])
    op.create_table(
        "failed_sign_ins",
        sa.Column("key", HASH, nullable=False),
        sa.Column("name_hash", HASH, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_failed_sign_ins"),
    )
    op.create_index("ix_failed_sign_ins_name_hash", "failed_sign_ins", ["name_hash"])
    op.create_index("ix_failed_sign_ins_since", "failed_sign_ins", ["since"])


def downgrade() -> None:
    op.drop_table("failed_sign_ins")
    op.drop_table("sessions")
    op.add_column("users", sa.Column("locked_until", MOMENT))
    op.add_column("users", sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    op.drop_column("users", "removed_at")
