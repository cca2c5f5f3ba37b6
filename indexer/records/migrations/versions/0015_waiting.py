"""Since when each item waits and what its findings weigh, so that an index holds the queue; vectors by number."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NEVER, MOST = "1970-01-01 00:00:00.000000", 10**9
WAITS = sa.text("state NOT IN ('approved', 'held', 'rejected', 'withdrawn')")
OF_ITEMS = ("id", "latest", "created_at", "waiting_since", "findings_weight")
ITEMS = sa.table("items", *(sa.column(name) for name in OF_ITEMS))
VERSIONS = sa.table("versions", sa.column("item"), sa.column("number"), sa.column("collected_at"))
FINDINGS = sa.table("findings", sa.column("item"), sa.column("version"), sa.column("severity"))


def upgrade() -> None:
    op.add_column("items", sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False, server_default=NEVER))
    op.add_column("items", sa.Column("findings_weight", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("vectors", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    _fill_in()
    op.drop_index("ix_items_state_id", "items")
    op.drop_index("ix_items_unit_id", "items")
    op.drop_index("ix_vectors_embedder", "vectors")
    op.create_index("ix_items_state_waiting_since_id", "items", ["state", "waiting_since", "id"])
    op.create_index("ix_items_unit_waiting_since_id_state", "items", ["unit", "waiting_since", "id", "state"])
    op.create_index("ix_items_waiting", "items", ["waiting_since", "id"], sqlite_where=WAITS, postgresql_where=WAITS)
    loudest: list[str | sa.TextClause] = [sa.text("findings_weight DESC"), "waiting_since", "id"]
    op.create_index("ix_items_loudest", "items", loudest, sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_index("ix_findings_item_version_severity", "findings", ["item", "version", "severity"])
    op.create_index("ix_vectors_number", "vectors", ["number"])


def downgrade() -> None:
    op.drop_index("ix_vectors_number", "vectors")
    op.drop_index("ix_findings_item_version_severity", "findings")
    for name in ("loudest", "waiting", "unit_waiting_since_id_state", "state_waiting_since_id"):
        op.drop_index(f"ix_items_{name}", "items")
    op.create_index("ix_vectors_embedder", "vectors", ["embedder"])
    op.create_index("ix_items_unit_id", "items", ["unit", "id"])
    op.create_index("ix_items_state_id", "items", ["state", "id"])
    op.drop_column("vectors", "number")
    op.drop_column("items", "findings_weight")
    op.drop_column("items", "waiting_since")


def _fill_in() -> None:
    """As the records hold them for what comes from now on: of the newest version of each item."""
    i, v, f = ITEMS.c, VERSIONS.c, FINDINGS.c
    collected = sa.select(v.collected_at).where(v.item == i.id, v.number == i.latest).scalar_subquery()
    weight = sa.func.sum(sa.case((f.severity == "high", 10_000), (f.severity == "low", 100), else_=1))
    found = sa.select(sa.case((weight > MOST, MOST), else_=sa.func.coalesce(weight, 0)))
    weighed = found.where(f.item == i.id, f.version == i.latest).scalar_subquery()
    since = sa.func.coalesce(collected, i.created_at)
    op.execute(sa.update(ITEMS).values(waiting_since=since, findings_weight=weighed))
