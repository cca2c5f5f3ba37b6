"""Query the raw values of items, versions and decisions, whatever they are, for the audit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import String, column, select, table, type_coerce

from indexer.base.ids import ChannelId, ItemId
from indexer.records.channels import CHANNELS, WHITELIST_CHANGES
from indexer.records.database import Database, Transaction
from indexer.records.decisions import DECISIONS
from indexer.records.items import ITEMS, VERSIONS
from indexer.records.media import MEDIA
from indexer.records.originality import recomputed

ORPHANS = 100
PROTECTED = ("decisions", "whitelist_changes", "versions", "ledger", "refusals")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledVersion:
    """One text as it is stored; media: addresses in their order."""

    number: int
    title: str
    text: str
    media: tuple[str, ...]
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledDecision:
    """One decision as it is stored; words may be of no kind that the program knows."""

    id: str
    version: int
    move: str
    before: str
    after: str
    public_before: int | None
    public_after: int | None
    undoes: str | None
    sequence: int
    at: object


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledItem:
    """One item with its versions by number and its decisions in the order they were made.

    publication: its number, when it became public, when its public version did. order: what places it among its copies
    as it is kept, true_order: as its public version and the names of its unit say; None where nothing is public.
    """

    id: ItemId
    state: str
    latest: int
    public: int | None
    publication: tuple[object, object, object]
    order: tuple[object, object]
    true_order: tuple[object, object] | None
    versions: Sequence[FiledVersion]
    decisions: Sequence[FiledDecision]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledChannel:
    """One channel's status as it is stored, and its steps: (before, after), None before the first."""

    id: ChannelId
    status: str
    steps: Sequence[tuple[str | None, str]]


def filed_items(database: Database, *, batch: int) -> Iterator[list[FiledItem]]:
    """Yield all items by id, so many at a time, each batch from one picture of the records."""
    after = ""
    while True:
        with database.reading() as tx:
            page = _page(tx, after=after, limit=batch)
        if not page:
            return
        yield page
        after = page[-1].id


def lost_decisions(tx: Transaction) -> list[tuple[str, str]]:
    """Return (item, decision) of decisions whose item is not there, at most ORPHANS."""
    c = DECISIONS.c
    query = select(c.item, c.id).outerjoin(ITEMS, ITEMS.c.id == c.item).where(ITEMS.c.id.is_(None))
    return [(row[c.item], row[c.id]) for row in tx.rows(query.order_by(c.sequence).limit(ORPHANS))]


def filed_channels(tx: Transaction) -> list[FiledChannel]:
    """Return all channels with the steps of their status, in their order."""
    c, w = CHANNELS.c, WHITELIST_CHANGES.c
    before, after = (type_coerce(each, String).label(each.name) for each in (w.before, w.after))
    steps: dict[str, list[tuple[str | None, str]]] = {}
    for row in tx.rows(select(w.channel, before, after).order_by(w.id)):
        steps.setdefault(row[w.channel], []).append((row["before"], row["after"]))
    rows = tx.rows(select(c.id, type_coerce(c.status, String).label("status")).order_by(c.id))
    return [FiledChannel(id=row[c.id], status=row["status"], steps=steps.get(row[c.id], ())) for row in rows]


def missing_protections(database: Database) -> list[str]:
    """Return the triggers that the migrations made and that are gone: without one, what was decided can be altered."""
    if database.file is not None:
        name = column("name", String)
        listed = select(name).select_from(table("sqlite_master")).where(column("type") == "trigger")
        changes = ("update", "delete", "replace")
    else:
        name = column("tgname", String)
        listed = select(name).select_from(table("pg_trigger"))
        changes = ("update", "delete", "truncate")
    with database.reading() as tx:
        found = {row[name] for row in tx.rows(listed)}
    return [wanted for one in PROTECTED for change in changes if (wanted := f"{one}_no_{change}") not in found]


def _page(tx: Transaction, *, after: str, limit: int) -> list[FiledItem]:
    c = ITEMS.c
    state = type_coerce(c.state, String).label("state")
    kept = tuple(type_coerce(each, String).label(each.name) for each in (c.public_since, c.version_since))
    columns = (c.id, state, c.latest, c.public, c.publication, *kept, c.came_out, c.reposted)
    query = select(*columns).where(c.id > after).order_by(c.id).limit(limit)
    found = tx.rows(query)
    ids = [row[c.id] for row in found]
    versions, decisions, orders = _versions(tx, ids), _decisions(tx, ids), recomputed(tx, ids)
    return [
        FiledItem(
            id=row[c.id],
            state=row["state"],
            latest=row[c.latest],
            public=row[c.public],
            publication=(row[c.publication], row["public_since"], row["version_since"]),
            order=(row[c.came_out], row[c.reposted]),
            true_order=(true["came_out"], true["reposted"]) if (true := orders.get(row[c.id])) else None,
            versions=versions.get(row[c.id], ()),
            decisions=decisions.get(row[c.id], ()),
        )
        for row in found
    ]


def _versions(tx: Transaction, items: Sequence[str]) -> dict[str, list[FiledVersion]]:
    m, v = MEDIA.c, VERSIONS.c
    media: dict[tuple[str, int], list[str]] = {}
    query = select(m.item, m.version, m.url).where(m.item.in_(items)).order_by(m.item, m.version, m.position)
    for row in tx.rows(query):
        media.setdefault((row[m.item], row[m.version]), []).append(row[m.url])
    found: dict[str, list[FiledVersion]] = {}
    texts = select(v.item, v.number, v.title, v.text, v.content_hash).where(v.item.in_(items))
    for row in tx.rows(texts.order_by(v.item, v.number)):
        version = FiledVersion(
            number=row[v.number],
            title=row[v.title],
            text=row[v.text],
            media=tuple(media.get((row[v.item], row[v.number]), ())),
            content_hash=row[v.content_hash],
        )
        found.setdefault(row[v.item], []).append(version)
    return found


def _decisions(tx: Transaction, items: Sequence[str]) -> dict[str, list[FiledDecision]]:
    c = DECISIONS.c
    move, before, after, at = (type_coerce(each, String).label(each.name) for each in (c.move, c.before, c.after, c.at))
    columns = (c.item, c.id, c.version, move, before, after, c.public_before, c.public_after, c.undoes)
    query = select(*columns, c.sequence, at)
    found: dict[str, list[FiledDecision]] = {}
    for row in tx.rows(query.where(c.item.in_(items)).order_by(c.sequence)):
        decision = FiledDecision(
            id=row[c.id],
            version=row[c.version],
            move=row["move"],
            before=row["before"],
            after=row["after"],
            public_before=row[c.public_before],
            public_after=row[c.public_after],
            undoes=row[c.undoes],
            sequence=row[c.sequence],
            at=row["at"],
        )
        found.setdefault(row[c.item], []).append(decision)
    return found
