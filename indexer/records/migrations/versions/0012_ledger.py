"""The ledger of changes, who acted beside each decision and step, and refusals that stay as they were written."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ACTED = ("decisions", "whitelist_changes")
# Of a refusal everything but how often, and when last, it was met.
KEPT = "id, channel, unit, url, title, reason, facts, message, at"
KEYS = {"ledger": ("sequence", "id"), "refusals": ("id",)}  # what INSERT OR REPLACE would take a row away by


def upgrade() -> None:
    for table in ACTED:
        op.add_column(table, sa.Column("actor_kind", sa.String(32)))
        op.add_column(table, sa.Column("actor_id", sa.String(80)))
    _ledger()
    _refusals()
    _protect()


def downgrade() -> None:
    on = {name: f" ON {name}" if op.get_bind().dialect.name == "postgresql" else "" for name in KEYS}
    for name in _names("refusals"):
        op.execute(f"DROP TRIGGER {name}{on['refusals']}")
    op.drop_table("ledger")
    op.drop_index("ix_refusals_unit_last_at", "refusals")
    op.drop_index("ix_refusals_channel_last_at", "refusals")
    op.drop_index("ix_refusals_last_at", "refusals")
    op.drop_index("ix_refusals_channel_url", "refusals")
    for column in ("facts", "times", "last_at"):
        op.drop_column("refusals", column)
    # Rows that only their words tell apart may stand by now: the old uniqueness does not come back.
    op.create_index("ix_refusals_channel_at", "refusals", ["channel", "at"])
    op.create_index("ix_refusals_unit_at", "refusals", ["unit", "at"])
    for table in ACTED:
        for column in ("actor_kind", "actor_id"):
            op.drop_column(table, column)


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("who", sa.String(300), nullable=False),
        sa.Column("actor_kind", sa.String(32)),
        sa.Column("actor_id", sa.String(80)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_ledger"),
        sa.UniqueConstraint("id", name="uq_ledger_id"),
    )
    op.create_index("ix_ledger_kind_sequence", "ledger", ["kind", "sequence"])
    op.create_index("ix_ledger_subject_sequence", "ledger", ["subject", "sequence"])


def _refusals() -> None:
    """What was refused before has been met once that we know of, and keeps its words."""
    op.drop_index("ix_refusals_channel_at", "refusals")
    op.drop_index("ix_refusals_unit_at", "refusals")
    with op.batch_alter_table("refusals") as batch:
        batch.drop_constraint("uq_refusals_channel_url_reason", type_="unique")
        batch.add_column(sa.Column("facts", sa.JSON()))
        batch.add_column(sa.Column("times", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("last_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE refusals SET last_at = at")
    with op.batch_alter_table("refusals") as batch:
        batch.alter_column("last_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch.alter_column("times", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
    op.create_index("ix_refusals_channel_url", "refusals", ["channel", "url"])
    op.create_index("ix_refusals_unit_last_at", "refusals", ["unit", "last_at"])
    op.create_index("ix_refusals_channel_last_at", "refusals", ["channel", "last_at"])
    op.create_index("ix_refusals_last_at", "refusals", ["last_at"])


def _names(table: str) -> tuple[str, str, str]:
    third = "truncate" if op.get_bind().dialect.name == "postgresql" else "replace"
    return f"{table}_no_update", f"{table}_no_delete", f"{table}_no_{third}"


def _protect() -> None:
    """`refuse_change` is the function that 0003 made."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    call = "EXECUTE FUNCTION refuse_change()"
    refuse = f"FOR EACH ROW {call}" if on_postgresql else "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    for table, keys in KEYS.items():
        updated = f"UPDATE OF {KEPT}" if table == "refusals" else "UPDATE"
        no_update, no_delete, third = _names(table)
        op.execute(f"CREATE TRIGGER {no_update} BEFORE {updated} ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {no_delete} BEFORE DELETE ON {table} {refuse}")
        if on_postgresql:
            op.execute(f"CREATE TRIGGER {third} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}")
            continue
        same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
        held = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of our own, above
        op.execute(f"CREATE TRIGGER {third} BEFORE INSERT ON {table} WHEN {held} {refuse}")
