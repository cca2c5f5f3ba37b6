"""Decisions, whitelist changes and texts cannot be replaced or emptied either; when the collector was seen last."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Table → the groups of columns of which each names one row: what INSERT OR REPLACE would take away for a new row.
KEYS = {
    "decisions": (("sequence",), ("id",), ("undoes",)),
    "whitelist_changes": (("id",),),
    "versions": (("item", "number"),),
}
# What was read at the source; `understood_at` is the program's own note and moves.
READ_ONCE = (
    "item",
    "number",
    "url",
    "title",
    "author",
    "account",
    "published_at",
    "published_offset_seconds",
    "published_is_day",
    "html",
    "text",
    "content_hash",
    "collected_at",
)


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        _protect_on_postgresql()
    else:
        _protect_on_sqlite()
    op.create_table(
        "heartbeats",
        sa.Column("part", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("part", name="pk_heartbeats"),
    )


def downgrade() -> None:
    op.drop_table("heartbeats")
    on_postgresql = op.get_context().dialect.name == "postgresql"
    names = [(table, "no_truncate" if on_postgresql else "no_replace") for table in KEYS]
    for table, name in [*names, ("versions", "no_update"), ("versions", "no_delete")]:
        op.execute(f"DROP TRIGGER {table}_{name}" + (f" ON {table}" if on_postgresql else ""))


def _protect_on_postgresql() -> None:
    columns, call = ", ".join(READ_ONCE), "EXECUTE FUNCTION refuse_change()"
    op.execute(f"CREATE TRIGGER versions_no_update BEFORE UPDATE OF {columns} ON versions FOR EACH ROW {call}")
    op.execute(f"CREATE TRIGGER versions_no_delete BEFORE DELETE ON versions FOR EACH ROW {call}")
    for table in KEYS:
        op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}")


def _protect_on_sqlite() -> None:
    columns, refuse = ", ".join(READ_ONCE), "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    op.execute(f"CREATE TRIGGER versions_no_update BEFORE UPDATE OF {columns} ON versions {refuse}")
    op.execute(f"CREATE TRIGGER versions_no_delete BEFORE DELETE ON versions {refuse}")
    for table, keys in KEYS.items():
        # Asks by itself, since a connection that did not switch recursive triggers on replaces without a deletion.
        same = " OR ".join(" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys)
        held = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of our own, above
        op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {held} {refuse}")
