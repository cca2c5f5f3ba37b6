"""Decisions and whitelist changes can be added to, never altered: the database itself refuses."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("decisions", "whitelist_changes")
CHANGES = ("update", "delete")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        action = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    else:
        action = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    for table in TABLES:
        for change in CHANGES:
            op.execute(f"CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} {action}")


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        for change in CHANGES:
            op.execute(f"DROP TRIGGER {table}_no_{change}" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        op.execute("DROP FUNCTION refuse_change()")
