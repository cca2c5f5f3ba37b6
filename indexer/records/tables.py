"""The tables and their indexes; the migrations build the same, and a test compares the two."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
)

from indexer import items as records
from indexer.accounts import Role
from indexer.records.columns import ID_CHARS, NAME_CHARS, WORD_CHARS, Moment, key, link, word

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_version() -> ForeignKeyConstraint:
    """Return the tie of a row to one version of an item."""
    return ForeignKeyConstraint(["item", "version"], ["versions.item", "versions.number"])


editions = Table(
    "editions",
    metadata,
    key("id"),
    Column("label", String(NAME_CHARS), nullable=False),
    Column("theme", String(NAME_CHARS), nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
)

units = Table(
    "units",
    metadata,
    key("id"),
    Column("name", String(NAME_CHARS), nullable=False),
    Column("short_name", String(NAME_CHARS), nullable=False),
    Column("system", String(NAME_CHARS), nullable=False),
    Column("district", String(NAME_CHARS), nullable=False),
    Column("former_names", JSON, nullable=False),
    Column("note", Text, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    key("id"),
    link("unit", "units.id"),
    Column("kind", word(records.ChannelKind), nullable=False),
    Column("name", String(NAME_CHARS), nullable=False),
    Column("source", String(WORD_CHARS)),
    Column("address", Text),
    Column("hosts", JSON, nullable=False),
    Column("path", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("status", word(records.WhitelistStatus), nullable=False),
    Column("licence", Text),
    Index(None, "unit"),
    Index(None, "status"),
)

whitelist_changes = Table(
    "whitelist_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    link("channel", "channels.id"),
    Column("before", word(records.WhitelistStatus)),
    Column("after", word(records.WhitelistStatus), nullable=False),
    Column("who", String(NAME_CHARS), nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "channel", "id"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("id", Integer, primary_key=True),
    link("channel"),  # as the candidate named it: it may be none of ours
    link("unit", "units.id", nullable=True),
    Column("url", String(records.URL_CHARS), nullable=False),
    Column("title", Text, nullable=False),
    Column("reason", word(records.RefusalReason), nullable=False),
    Column("message", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("channel", "url", "reason"),
    Index(None, "unit", "at"),
    Index(None, "channel", "at"),
)

channel_reads = Table(
    "channel_reads",
    metadata,
    key("channel", of="channels.id"),
    Column("last_read_at", Moment),
    Column("last_new_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("last_error", Text),
)

validators = Table(
    "validators",
    metadata,
    key("channel", of="channels.id"),
    Column("url", String(records.URL_CHARS), primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
)

leases = Table(
    "leases",
    metadata,
    key("channel", of="channels.id"),
    Column("holder", String(NAME_CHARS), nullable=False),
    Column("until", Moment, nullable=False),
)

clusters = Table("clusters", metadata, key("id"))

items = Table(
    "items",
    metadata,
    key("id"),
    link("unit", "units.id"),
    link("channel", "channels.id"),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", word(records.ItemKind), nullable=False),
    Column("state", word(records.State), nullable=False),
    Column("latest", Integer, nullable=False),
    Column("public", Integer),
    link("cluster", "clusters.id"),
    Column("created_at", Moment, nullable=False),
    Index(None, "state", "id"),
    Index(None, "unit", "id"),
    Index(None, "channel"),
    Index(None, "cluster"),
    Index(None, "public", "id"),
)

versions = Table(
    "versions",
    metadata,
    key("item", of="items.id"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("url", String(records.URL_CHARS), nullable=False),
    Column("title", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("published_at", Moment),
    Column("published_offset_seconds", Integer),
    Column("published_is_day", Boolean),
    Column("html", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("omitted_chars", Integer, nullable=False, server_default="0"),
    Column("content_hash", String(64), nullable=False),
    Column("credits", JSON, nullable=False, server_default="[]"),  # the sources that the text itself names
    Column("collected_at", Moment, nullable=False),
    Column("understood_at", Moment),
    Index(None, "understood_at", "item"),
)

media = Table(
    "media",
    metadata,
    key("item"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", word(records.MediaKind), nullable=False),
    Column("url", Text, nullable=False),
    of_version(),
)

tags = Table(
    "tags",
    metadata,
    key("item"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("facet", word(records.Facet), primary_key=True),
    key("tag"),
    Column("score", Float, nullable=False),
    Column("set_by", String(NAME_CHARS), nullable=False),
    of_version(),
)

findings = Table(
    "findings",
    metadata,
    key("item"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("rule", String(ID_CHARS), nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("severity", word(records.Severity), nullable=False),
    Column("field", String(WORD_CHARS), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("message", Text, nullable=False),
    of_version(),
)

vectors = Table(
    "vectors",
    metadata,
    key("item", of="items.id"),
    Column("embedder", String(NAME_CHARS), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    Index(None, "embedder"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("sequence", Integer, primary_key=True),  # ids of one millisecond do not sort; the order of decisions must
    Column("id", String(ID_CHARS), nullable=False, unique=True),
    link("item", "items.id"),
    Column("version", Integer, nullable=False),
    Column("move", word(records.Move), nullable=False),
    Column("before", word(records.State), nullable=False),
    Column("after", word(records.State), nullable=False),
    Column("public_before", Integer),
    Column("public_after", Integer),
    Column("who", String(NAME_CHARS), nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("rules", JSON, nullable=False),
    link("undoes", "decisions.id", nullable=True),
    link("batch", nullable=True),
    of_version(),
    UniqueConstraint("undoes"),
    Index(None, "item", "sequence"),
    Index(None, "batch", "sequence"),
    Index(None, "who", "at"),
)
BEGINS_PUBLICATION = and_(decisions.c.public_before.is_(None), decisions.c.public_after.is_not(None))
Index(
    "ix_decisions_publication",
    decisions.c.item,
    decisions.c.sequence,
    sqlite_where=BEGINS_PUBLICATION,
    postgresql_where=BEGINS_PUBLICATION,
)

claims = Table(
    "claims",
    metadata,
    key("item", of="items.id"),
    link("holder", "users.id"),
    Column("until", Moment, nullable=False),
)

users = Table(
    "users",
    metadata,
    key("id"),
    Column("name", String(NAME_CHARS), nullable=False, unique=True),
    Column("role", word(Role), nullable=False),
    link("unit", "units.id", nullable=True),
    Column("password_hash", Text, nullable=False),
    Column("removed_at", Moment),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    link("item", "items.id"),
    Column("at", Moment, nullable=False),
)
