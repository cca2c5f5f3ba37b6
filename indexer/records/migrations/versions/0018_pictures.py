"""Pictures: our own copies, which medium of which version shows which, and what is declared of films and streams."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXTS = ("title", "cover", "replay", "credit", "ai_label")
MOMENTS = ("starts", "ends")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("media", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in MOMENTS:
        op.add_column("media", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("media", sa.Column("seconds", sa.Integer(), nullable=True))
    op.create_table(
        "pictures",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("widths", sa.JSON(), nullable=False),
        sa.Column("formats", sa.JSON(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("ai_label", sa.Text(), nullable=False, server_default=""),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_pictures"),
    )
    op.create_table(
        "picture_uses",
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=True),
        sa.Column("refused", sa.String(32), nullable=True),
        sa.Column("holder", sa.String(300), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hash"], ["pictures.hash"], name="fk_picture_uses_hash_pictures"),
        sa.ForeignKeyConstraint(
            ["item", "version"], ["versions.item", "versions.number"], name="fk_picture_uses_item_versions"
        ),
        sa.PrimaryKeyConstraint("item", "version", "position", name="pk_picture_uses"),
    )
    op.create_index("ix_picture_uses_done_at_item", "picture_uses", ["done_at", "item"])
    op.create_index("ix_picture_uses_hash", "picture_uses", ["hash"])
    _want_those_that_are_shown()


def _want_those_that_are_shown() -> None:
    """Pictures of what is in the catalogue already: of the newest and of the public version of each item.

    What is settled is shown to nobody, and its pictures would be removed again; they are wanted once it comes back.
    """
    op.execute(
        "INSERT INTO picture_uses (item, version, position, url, tries)"
        " SELECT m.item, m.version, m.position, m.url, 0 FROM media m JOIN items i ON i.id = m.item"
        " WHERE m.kind = 'image' AND (m.version = i.latest OR m.version = i.public)"
        " AND i.state NOT IN ('rejected', 'withdrawn')"
    )


def downgrade() -> None:
    op.drop_table("picture_uses")
    op.drop_table("pictures")
    op.drop_column("media", "seconds")
    for name in (*MOMENTS, *TEXTS):
        op.drop_column("media", name)
