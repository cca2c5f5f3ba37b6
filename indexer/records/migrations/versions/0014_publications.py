"""When each item became public here and what orders it among its copies, kept beside it: a list walks an index."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

from indexer.understanding.duplicates.credits import credits_another, is_organisation

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

PAGE = 500
COLUMNS = ("publication", "public_since", "version_since", "came_out", "reposted")
INDEXES = (
    ("ix_items_publication", ["publication"]),
    ("ix_items_unit_publication", ["unit", "publication"]),
)
ITEMS = sa.table(
    "items",
    sa.column("id", sa.String),
    sa.column("unit", sa.String),
    sa.column("channel", sa.String),
    sa.column("public", sa.Integer),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("publication", sa.Integer),
    sa.column("public_since", sa.DateTime(timezone=True)),
    sa.column("version_since", sa.DateTime(timezone=True)),
    sa.column("came_out", sa.DateTime(timezone=True)),
    sa.column("reposted", sa.Boolean),
)
VERSIONS = sa.table(
    "versions",
    sa.column("item", sa.String),
    sa.column("number", sa.Integer),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("credits", sa.JSON),
    sa.column("account", sa.Text),
)
DECISIONS = sa.table(
    "decisions",
    sa.column("sequence", sa.Integer),
    sa.column("item", sa.String),
    sa.column("public_before", sa.Integer),
    sa.column("public_after", sa.Integer),
    sa.column("at", sa.DateTime(timezone=True)),
)
CHANNELS = sa.table("channels", *(sa.column(name, sa.String) for name in ("id", "unit", "kind", "name")))
UNITS = sa.table(
    "units",
    *(sa.column(name, sa.String) for name in ("id", "name", "short_name")),
    sa.column("former_names", sa.JSON),
)


def upgrade() -> None:
    op.add_column("items", sa.Column("publication", sa.Integer()))
    op.add_column("items", sa.Column("public_since", sa.DateTime(timezone=True)))
    op.add_column("items", sa.Column("version_since", sa.DateTime(timezone=True)))
    op.add_column("items", sa.Column("came_out", sa.DateTime(timezone=True)))
    op.add_column("items", sa.Column("reposted", sa.Boolean(), nullable=False, server_default=sa.false()))
    _fill_in()
    for name, columns in INDEXES:
        op.create_index(name, "items", columns)
    op.drop_index("ix_decisions_publication", "decisions")  # what it was asked for stands in the items now


def downgrade() -> None:
    begins = sa.text("public_before IS NULL AND public_after IS NOT NULL")
    columns = ["item", "sequence"]
    op.create_index("ix_decisions_publication", "decisions", columns, sqlite_where=begins, postgresql_where=begins)
    for name, _ in INDEXES:
        op.drop_index(name, "items")
    for column in COLUMNS:
        op.drop_column("items", column)


def _fill_in() -> None:
    """Read it from the decisions and the public versions, page by page."""
    bind, i, names, after = op.get_bind(), ITEMS.c, _names(), ""
    v, c = VERSIONS.c, CHANNELS.c
    columns = (i.id, i.unit, i.created_at, v.published_at, v.credits, v.account, c.kind)
    shown = (
        sa.select(*columns)
        .join(VERSIONS, sa.and_(v.item == i.id, v.number == i.public))
        .join(CHANNELS, c.id == i.channel)
        .order_by(i.id)
        .limit(PAGE)
    )
    change = sa.update(ITEMS).where(i.id == sa.bindparam("of")).values({name: sa.bindparam(name) for name in COLUMNS})
    while page := bind.execute(shown.where(i.id > after)).all():
        published = _publications([row.id for row in page])
        bind.execute(
            change,
            [
                {
                    "of": row.id,
                    **published.get(row.id, {"publication": None, "public_since": None, "version_since": None}),
                    "came_out": row.published_at or row.created_at,
                    "reposted": credits_another(_credits(row), own=names[row.unit]),
                }
                for row in page
            ],
        )
        after = page[-1].id


def _names() -> dict[str, list[str]]:
    bind, names = op.get_bind(), defaultdict[str, list[str]](list)
    for row in bind.execute(sa.select(*UNITS.c)):
        names[row.id] += [row.name, row.short_name, *row.former_names]
    for row in bind.execute(sa.select(CHANNELS.c.unit, CHANNELS.c.name)):
        names[row.unit].append(row.name)
    return names


def _credits(row: Any) -> list[str]:  # noqa: ANN401 - a row of the statement above
    return [*row.credits, row.account] if row.kind == "site" and is_organisation(row.account) else list(row.credits)


def _publications(items: list[str]) -> dict[str, dict[str, object]]:
    c, found = DECISIONS.c, dict[str, dict[str, object]]()
    query = sa.select(c.sequence, c.item, c.public_before, c.public_after, c.at).where(c.item.in_(items))
    for row in op.get_bind().execute(query.order_by(c.sequence)):
        if row.public_before is None and row.public_after is not None:
            found[row.item] = {"publication": row.sequence, "public_since": row.at, "version_since": row.at}
        elif row.public_before != row.public_after and row.item in found:
            found[row.item]["version_since"] = row.at
    return found
