"""The sources that each version credits, and an index of when items became public."""

import sqlalchemy as sa
from alembic import op

from indexer.understanding.duplicates.credits import credited

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEX = "ix_decisions_publication"
BEGINS = sa.text("public_before IS NULL AND public_after IS NOT NULL")
PAGE = 500
VERSIONS = sa.table(
    "versions",
    sa.column("item", sa.String),
    sa.column("number", sa.Integer),
    sa.column("title", sa.Text),
    sa.column("text", sa.Text),
    sa.column("credits", sa.JSON),
)


def upgrade() -> None:
    op.add_column("versions", sa.Column("credits", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index(INDEX, "decisions", ["item", "sequence"], sqlite_where=BEGINS, postgresql_where=BEGINS)
    _fill_in()


def downgrade() -> None:
    op.drop_index(INDEX, "decisions")
    op.drop_column("versions", "credits")


def _fill_in() -> None:
    """Read the credits of what was collected before; page by page, for texts are long."""
    c, bind = VERSIONS.c, op.get_bind()
    after = ("", 0)
    while True:
        query = sa.select(c.item, c.number, c.title, c.text).where(sa.tuple_(c.item, c.number) > sa.tuple_(*after))
        page = bind.execute(query.order_by(c.item, c.number).limit(PAGE)).all()
        if not page:
            return
        for item, number, title, text in page:
            if credits := list(credited(title=title, text=text)):
                of_version = (c.item == item, c.number == number)
                bind.execute(sa.update(VERSIONS).where(*of_version).values(credits=credits))
        after = (page[-1].item, page[-1].number)
