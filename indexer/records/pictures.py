"""The pictures that are kept, and which medium of which version shows which of them, or why none."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Dialect,
    ForeignKey,
    Index,
    Insert,
    Integer,
    String,
    Table,
    Text,
    TypeDecorator,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from indexer.base.ids import ItemId
from indexer.base.looks import BANDS, LOOK_DIGITS, bands_of
from indexer.catalogue.items import MediaKind
from indexer.catalogue.pictures import Picture, PictureRefusal, PictureUse
from indexer.records.claiming import claim_rows
from indexer.records.columns import Moment, Words, claim, key, metadata, of_version, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.media import MEDIA
from indexer.records.upserts import insert_unless_there


class _Numbers(TypeDecorator[tuple[int, ...]]):
    """A tuple of whole numbers, stored as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> list[int] | None:
        return None if value is None else list(value)

    def process_result_value(self, value: list[int] | None, dialect: Dialect) -> tuple[int, ...] | None:
        return None if value is None else tuple(value)


PICTURES = Table(
    "pictures",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("widths", _Numbers, nullable=False),
    Column("formats", Words, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("ai_label", Text, nullable=False, server_default=""),
    Column("codes", Words, nullable=False, server_default="[]"),
    Column("look", String(LOOK_DIGITS), nullable=False, server_default=""),
    *(Column(f"look_{band}", Integer, index=True) for band in range(BANDS)),  # of its look, to find copies by
    Column("kept_at", Moment, nullable=False),
)
PICTURE = tuple(PICTURES.c[field.name] for field in fields(Picture))
PICTURE_USES = Table(
    "picture_uses",
    metadata,
    key("item"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("hash", String(64), ForeignKey("pictures.hash")),
    Column("refused", word(PictureRefusal)),
    *claim(),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment),  # when it is tried again
    Column("done_at", Moment),
    of_version(),
    Index(None, "done_at", "item"),
    Index(None, "hash"),
)
CLAIM = timedelta(minutes=10)  # longer than a batch may take to be fetched


def _wanting() -> Insert:
    """Made once: it is run for every version that is written, and takes longer to make than to run."""
    m, u = MEDIA.c, PICTURE_USES.c
    address = case((m.kind == MediaKind.IMAGE, m.url), else_=m.cover)
    known = exists().where(u.item == m.item, u.version == m.version, u.position == m.position)
    wanted = select(m.item, m.version, m.position, address, literal(0)).where(
        m.item == bindparam("of_item"), m.version == bindparam("of_version"), address != "", ~known.correlate(MEDIA)
    )
    return insert(PICTURE_USES).from_select(["item", "version", "position", "url", "tries"], wanted)


_WANT = _wanting()
_REFUSE = (
    update(PICTURE_USES)
    .where(
        PICTURE_USES.c.item == bindparam("of_item"),
        PICTURE_USES.c.version == bindparam("of_version"),
        PICTURE_USES.c.position == bindparam("at_position"),
        PICTURE_USES.c.done_at.is_(None),
    )
    .values(refused=bindparam("why"), done_at=bindparam("at"))
)


def want(tx: Transaction, versions: Iterable[tuple[ItemId, int]]) -> None:
    """Note that the pictures of versions are to be fetched; what is known of them stays."""
    tx.change(_WANT, [{"of_item": item, "of_version": version} for item, version in versions])


def refuse_at_once(tx: Transaction, uses: Iterable[tuple[PictureUse, datetime]], why: PictureRefusal) -> None:
    """Say why there is no copy of pictures that were just wanted, and when: they never wait for a worker."""
    tx.change(
        _REFUSE,
        [
            {"of_item": use.item, "of_version": use.version, "at_position": use.position, "why": why, "at": at}
            for use, at in uses
        ],
    )


def is_waiting(tx: Transaction, *, now: datetime) -> bool:
    """Tell whether a picture is to be fetched by now, held by another one or not; what was put off is not."""
    return tx.first(select(PICTURE_USES.c.item).where(*_waits(now)).limit(1)) is not None


def claim_waiting(tx: Transaction, *, holder: str, now: datetime, limit: int) -> list[PictureUse]:
    """Claim up to `limit` pictures that wait and that nobody holds, those of the oldest items first.

    Before them come all of versions that somebody waits for. A try is counted for each, come of it what may.
    """
    u, v = PICTURE_USES.c, metadata.tables["versions"].c  # not imported: items.py, which holds it, imports this module
    awaited = u.item.in_(select(v.item).where(v.is_awaited.is_(True)))
    for where in ((awaited, *_waits(now)), _waits(now)):
        rows = claim_rows(
            tx, PICTURE_USES, where=where, order_by=u.item, limit=limit, holder=holder, now=now, lasts=CLAIM
        )
        if rows:
            break
    keys = [(row[u.item], row[u.version], row[u.position]) for row in rows]
    if keys:
        tx.change(update(PICTURE_USES).where(_is_one_of(keys)).values(tries=u.tries + 1))
    uses = [replace(record_of(PictureUse, row, PICTURE_USES), tries=row[u.tries] + 1) for row in rows]
    return sorted(uses, key=lambda use: (use.item, use.version, use.position))


def known_before(tx: Transaction, use: PictureUse) -> Picture | None:
    """Return the picture that another version of the item shows from the same address; None where none is kept."""
    u = PICTURE_USES.c
    query = select(PICTURES).join(PICTURE_USES, u.hash == PICTURES.c.hash)
    row = tx.first(query.where(u.item == use.item, u.url == use.url).order_by(u.version.desc()).limit(1))
    return record_of(Picture, row, PICTURES) if row else None


def picture(tx: Transaction, hash: str) -> Picture | None:
    """Return one picture that is kept."""
    row = tx.first(select(PICTURES).where(PICTURES.c.hash == hash))
    return record_of(Picture, row, PICTURES) if row else None


def keep(tx: Transaction, use: PictureUse, picture: Picture, *, holder: str, at: datetime) -> bool:
    """Say which picture a medium shows; False, and nothing is written, where another one holds it by now."""
    bands = {f"look_{band}": part for band, part in enumerate(bands_of(picture.look) if picture.look else ())}
    insert_unless_there(tx, PICTURES, key="hash", values={**values_of(picture, PICTURES), **bands, "kept_at": at})
    return bool(_done(tx, [use], holder=holder, hash=picture.hash, refused=None, done_at=at))


def refuse(tx: Transaction, uses: Sequence[PictureUse], why: PictureRefusal, *, holder: str, at: datetime) -> int:
    """Say why there is no copy of some pictures; return of how many: another one may hold some by now, as in `keep`."""
    return _done(tx, uses, holder=holder, hash=None, refused=why, done_at=at)


def put_off(tx: Transaction, uses: Sequence[PictureUse], *, holder: str, until: datetime, is_tried: bool = True) -> int:
    """Give some back, to be tried again from `until` on; return of how many, as `refuse`.

    is_tried: False where it came to no try.
    """
    u = PICTURE_USES.c
    mine = and_(_is_one_of([(use.item, use.version, use.position) for use in uses]), u.holder == holder)
    later = {"holder": None, "until": None, "not_before": until, "tries": u.tries - int(not is_tried)}
    return tx.change(update(PICTURE_USES).where(mine).values(**later))


def give_back(tx: Transaction, *, holder: str) -> int:
    """Give all back that a holder still has, each with the try that was counted for it; return how many."""
    u = PICTURE_USES.c
    free = update(PICTURE_USES).where(u.holder == holder).values(holder=None, until=None, tries=u.tries - 1)
    return tx.change(free)


def uses_of(tx: Transaction, versions: Iterable[tuple[ItemId, int]]) -> dict[tuple[ItemId, int], dict[int, PictureUse]]:
    """Return what is known of the pictures of each version, by the position of the medium, in one query."""
    wanted, u = list(dict.fromkeys(versions)), PICTURE_USES.c
    found: dict[tuple[ItemId, int], dict[int, PictureUse]] = {}
    if not wanted:
        return found
    query = select(PICTURE_USES, *PICTURE).outerjoin(PICTURES, PICTURES.c.hash == u.hash)
    for row in tx.rows(query.where(tuple_(u.item, u.version).in_(wanted))):
        kept = record_of(Picture, row, PICTURES) if row[PICTURES.c.hash] is not None else None
        use = record_of(PictureUse, row, PICTURE_USES, picture=kept)
        found.setdefault((use.item, use.version), {})[use.position] = use
    return found


def codes_of(tx: Transaction, items: Iterable[ItemId]) -> dict[tuple[ItemId, int], tuple[str, ...]]:
    """Return what the QR codes in the pictures of each version of the items say; those without one are left out."""
    u, p = PICTURE_USES.c, PICTURES.c
    query = select(u.item, u.version, p.codes).join(PICTURES, p.hash == u.hash).where(u.item.in_(list(items)))
    found: dict[tuple[ItemId, int], tuple[str, ...]] = {}
    for row in tx.rows(query.order_by(u.item, u.version, u.position)):
        if row[p.codes]:
            key = (row[u.item], row[u.version])
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *row[p.codes])))
    return found


def counts(tx: Transaction) -> tuple[int, int, int]:
    """Return how many pictures are kept, the bytes of them, and how many still wait to be fetched."""
    p = PICTURES.c
    row = tx.first(
        select(func.count().label("n"), func.coalesce(func.sum(p.bytes), 0).label("b")).select_from(PICTURES)
    )
    waiting = select(func.count()).select_from(PICTURE_USES).where(PICTURE_USES.c.done_at.is_(None))
    return (int(row["n"]), int(row["b"]), tx.number(waiting)) if row else (0, 0, 0)


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    u = PICTURE_USES.c
    return u.done_at.is_(None), or_(u.not_before.is_(None), u.not_before <= now)


def _is_one_of(keys: Sequence[tuple[Any, ...]]) -> ColumnElement[bool]:
    u = PICTURE_USES.c
    return tuple_(u.item, u.version, u.position).in_(keys)


def _done(tx: Transaction, uses: Sequence[PictureUse], *, holder: str, **values: object) -> int:
    keys = [(use.item, use.version, use.position) for use in uses]
    mine = and_(_is_one_of(keys), PICTURE_USES.c.holder == holder)
    return tx.change(update(PICTURE_USES).where(mine).values(holder=None, until=None, **values))
