"""What stands in the records of an item, unread: values as they were written, whatever they are, for the audit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import String, column, select, table, type_coerce

from indexer.items import ItemId
from indexer.records import tables as t
from indexer.records.database import Database, Transaction

ORPHANS = 100
PROTECTED = ("decisions", "whitelist_changes", "versions")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledItem:
    """One item with its versions by number and its decisions in the order they were made."""

    id: ItemId
    state: str
    latest: int
    public: int | None
    versions: Sequence[FiledVersion]
    decisions: Sequence[FiledDecision]


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
    c = t.decisions.c
    query = select(c.item, c.id).outerjoin(t.items, t.items.c.id == c.item).where(t.items.c.id.is_(None))
    return [(row[c.item], row[c.id]) for row in tx.rows(query.order_by(c.sequence).limit(ORPHANS))]


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
    c = t.items.c
    state = type_coerce(c.state, String).label("state")
    query = select(c.id, state, c.latest, c.public).where(c.id > after).order_by(c.id).limit(limit)
    found = tx.rows(query)
    ids = [row[c.id] for row in found]
    versions, decisions = _versions(tx, ids), _decisions(tx, ids)
    return [
        FiledItem(
            id=row[c.id],
            state=row["state"],
            latest=row[c.latest],
            public=row[c.public],
            versions=versions.get(row[c.id], ()),
            decisions=decisions.get(row[c.id], ()),
        )
        for row in found
    ]


def _versions(tx: Transaction, items: Sequence[str]) -> dict[str, list[FiledVersion]]:
    m, v = t.media.c, t.versions.c
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
    c = t.decisions.c
    move, before, after = (type_coerce(each, String).label(each.name) for each in (c.move, c.before, c.after))
    query = select(c.item, c.id, c.version, move, before, after, c.public_before, c.public_after, c.undoes)
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
        )
        found.setdefault(row[c.item], []).append(decision)
    return found
