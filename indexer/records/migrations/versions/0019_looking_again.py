"""What polls go by: first reads, pauses that hosts asked for; when each link is looked at again; evidence."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from config.addresses import BadAddress, place_of

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PAGE = 500
ITEMS = sa.table("items", *(sa.column(name) for name in ("id", "channel", "latest")))
VERSIONS = sa.table("versions", *(sa.column(name) for name in ("item", "number", "url")))
CHANNELS = sa.table("channels", sa.column("id"), sa.column("source"))


def upgrade() -> None:
    op.add_column("channel_reads", sa.Column("first_read_at", sa.DateTime(timezone=True)))
    op.create_table(
        "host_rests",
        sa.Column("host", sa.String(300), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_host_rests"),
    )
    looks = _make_looks()
    op.create_table(
        "evidence",
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("url", sa.String(2048), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item", "version"], ["versions.item", "versions.number"], name="fk_evidence_item_versions"
        ),
        sa.PrimaryKeyConstraint("item", "version", name="pk_evidence"),
    )
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"])
    _fill_in(looks)


def downgrade() -> None:
    op.drop_table("evidence")
    op.drop_table("looks")
    op.drop_table("host_rests")
    op.drop_column("channel_reads", "first_read_at")


def _make_looks() -> sa.Table:
    made = op.create_table(
        "looks",
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("host", sa.String(300), nullable=False),
        sa.Column("is_page", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("looked_at", sa.DateTime(timezone=True)),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("gone", sa.String(32)),
        sa.Column("alarm", sa.String(32)),
        sa.Column("alarm_words", sa.Text(), nullable=False),
        sa.Column("alarm_since", sa.DateTime(timezone=True)),
        sa.Column("alarms", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(300)),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_looks_item_items"),
        sa.PrimaryKeyConstraint("item", name="pk_looks"),
    )
    op.create_index("ix_looks_due_at", "looks", ["due_at"])
    op.create_index("ix_looks_alarm", "looks", ["alarm"])
    return made


def _fill_in(looks: sa.Table) -> None:
    """Links that were collected before are due at once; each host's come out a few at a time."""
    bind, i, v, c, after = op.get_bind(), ITEMS.c, VERSIONS.c, CHANNELS.c, ""
    query = (
        sa.select(i.id, v.url, c.source)
        .join(VERSIONS, sa.and_(v.item == i.id, v.number == i.latest))
        .join(CHANNELS, c.id == i.channel)
        .order_by(i.id)
        .limit(PAGE)
    )
    due = datetime.now(UTC)
    while page := bind.execute(query.where(i.id > after)).all():
        rows = [
            # Whether a feed's entry or its page was read is not known any more: an edit shall not be made up.
            {"item": row.id, "host": _host(row.url), "is_page": row.source != "feed", "due_at": due}
            | {"misses": 0, "alarm_words": "", "alarms": 0}
            for row in page
        ]
        bind.execute(sa.insert(looks), rows)
        after = page[-1].id


def _host(url: str) -> str:
    try:
        return place_of(url).netloc
    except BadAddress:
        return ""
