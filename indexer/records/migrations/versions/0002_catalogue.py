"""Items and versions, what machines and editors said of them, the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.String(length=80)
NAME = sa.String(length=300)
WORD = sa.String(length=32)
URL = sa.String(length=2048)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _clusters()
    _items()
    _claims()
    _outbox()
    _vectors()
    _versions()
    _decisions()
    _findings()
    _media()
    _tags()


def downgrade() -> None:
    op.drop_table("tags")
    op.drop_table("media")
    op.drop_table("findings")
    op.drop_table("decisions")
    op.drop_table("versions")
    op.drop_table("vectors")
    op.drop_table("outbox")
    op.drop_table("claims")
    op.drop_table("items")
    op.drop_table("clusters")


def _clusters() -> None:
    op.create_table("clusters", sa.Column("id", ID, nullable=False), sa.PrimaryKeyConstraint("id", name="pk_clusters"))


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("channel", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("public", sa.Integer()),
        sa.Column("cluster", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_items_channel"),
        sa.ForeignKeyConstraint(["cluster"], ["clusters.id"], name="fk_items_cluster"),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_items_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("key", name="uq_items_key"),
    )
    op.create_index("ix_items_channel", "items", ["channel"])
    op.create_index("ix_items_cluster", "items", ["cluster"])
    op.create_index("ix_items_public_id", "items", ["public", "id"])
    op.create_index("ix_items_state_id", "items", ["state", "id"])
    op.create_index("ix_items_unit_id", "items", ["unit", "id"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("item", ID, nullable=False),
        sa.Column("holder", ID, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["holder"], ["users.id"], name="fk_claims_holder"),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_claims_item"),
        sa.PrimaryKeyConstraint("item", name="pk_claims"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_outbox_item"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )


def _vectors() -> None:
    op.create_table(
        "vectors",
        sa.Column("item", ID, nullable=False),
        sa.Column("embedder", NAME, nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_vectors_item"),
        sa.PrimaryKeyConstraint("item", "embedder", name="pk_vectors"),
    )
    op.create_index("ix_vectors_embedder", "vectors", ["embedder"])


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("item", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", URL, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("published_offset_seconds", sa.Integer()),
        sa.Column("published_is_day", sa.Boolean()),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("collected_at", MOMENT, nullable=False),
        sa.Column("understood_at", MOMENT),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_versions_item"),
        sa.PrimaryKeyConstraint("item", "number", name="pk_versions"),
    )
    op.create_index("ix_versions_understood_at_item", "versions", ["understood_at", "item"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("item", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("move", WORD, nullable=False),
        sa.Column("before", WORD, nullable=False),
        sa.Column("after", WORD, nullable=False),
        sa.Column("public_before", sa.Integer()),
        sa.Column("public_after", sa.Integer()),
        sa.Column("who", NAME, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("undoes", ID),
        sa.ForeignKeyConstraint(
            ["item", "version"], ["versions.item", "versions.number"], name="fk_decisions_item_version"
        ),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_decisions_item"),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.id"], name="fk_decisions_undoes"),
        sa.PrimaryKeyConstraint("sequence", name="pk_decisions"),
        sa.UniqueConstraint("id", name="uq_decisions_id"),
        sa.UniqueConstraint("undoes", name="uq_decisions_undoes"),
    )
    op.create_index("ix_decisions_item_sequence", "decisions", ["item", "sequence"])


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("item", ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule", ID, nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("severity", WORD, nullable=False),
        sa.Column("field", WORD, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item", "version"], ["versions.item", "versions.number"], name="fk_findings_item_version"
        ),
        sa.PrimaryKeyConstraint("item", "version", "position", name="pk_findings"),
    )


def _media() -> None:
    op.create_table(
        "media",
        sa.Column("item", ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item", "version"], ["versions.item", "versions.number"], name="fk_media_item_version"
        ),
        sa.PrimaryKeyConstraint("item", "version", "position", name="pk_media"),
    )


def _tags() -> None:
    op.create_table(
        "tags",
        sa.Column("item", ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("facet", WORD, nullable=False),
        sa.Column("tag", ID, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("set_by", NAME, nullable=False),
        sa.ForeignKeyConstraint(["item", "version"], ["versions.item", "versions.number"], name="fk_tags_item_version"),
        sa.PrimaryKeyConstraint("item", "version", "facet", "tag", name="pk_tags"),
    )
