"""Readers' reports and their steps: what a reader wrote and every step stay as they were written."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEPT = "id, ticket, item, version, kind, words, at"  # state moves on with a step, the contact is forgotten
GUARDS = (
    ("report_steps_no_update", "UPDATE", "report_steps"),
    ("report_steps_no_delete", "DELETE", "report_steps"),
    ("reports_no_update", f"UPDATE OF {KEPT}", "reports"),
    ("reports_no_delete", "DELETE", "reports"),
)


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("ticket", sa.String(16), nullable=False),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_reports_item_items"),
        sa.ForeignKeyConstraint(
            ["item", "version"], ["versions.item", "versions.number"], name="fk_reports_item_version_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint("ticket", name="uq_reports_ticket"),
    )
    op.create_index("ix_reports_item_id", "reports", ["item", "id"])
    op.create_index("ix_reports_state_id", "reports", ["state", "id"])
    op.create_table(
        "report_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(80), nullable=False),
        sa.Column("before", sa.String(32), nullable=False),
        sa.Column("after", sa.String(32), nullable=False),
        sa.Column("who", sa.String(300), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_report_steps_report_reports"),
        sa.PrimaryKeyConstraint("id", name="pk_report_steps"),
    )
    op.create_index("ix_report_steps_report_id", "report_steps", ["report", "id"])
    # `refuse_change` is the function that 0003 made.
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    refuse = (
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        if on_postgresql
        else "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )
    for name, change, table in GUARDS:
        op.execute(f"CREATE TRIGGER {name} BEFORE {change} ON {table} {refuse}")


def downgrade() -> None:
    op.drop_table("report_steps")
    op.drop_table("reports")
