"""Bring items together that are one piece, and keep which pairs are alike and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from indexer.base.ids import ClusterId, ItemId, new_id
from indexer.catalogue.items import Media, MediaKind, Version
from indexer.records import clusters, likenesses, outbox, picture_looks, rulings, understood
from indexer.records.database import Database, Transaction
from indexer.records.retries import again_if_contended
from indexer.records.turns import Turn, take_turn
from indexer.understanding.duplicates.clusters import clusters_of
from indexer.understanding.duplicates.covers import is_told_by_pictures
from indexer.understanding.duplicates.first_hand import Compared, first_hand
from indexer.understanding.duplicates.near import Relation, compare
from indexer.understanding.duplicates.pairs import Pair, pair_of
from indexer.understanding.duplicates.pieces import Piece
from indexer.understanding.duplicates.postings import KnownSketches
from indexer.understanding.duplicates.rulings import Rulings
from indexer.understanding.duplicates.sketches import FORM, Sketch, sketch

KEPT_PIECES, KEPT_CHARS = 256, 5_000  # at most some 60 MB


def pieces_of(page: Sequence[tuple[object, Version]]) -> list[tuple[Piece, Sketch]]:
    """Return the words of each version as they are compared, with their sketch. Pure."""
    pieces = [Piece(version.title, version.text, seconds_of(version.media)) for _, version in page]
    return [(piece, sketch(piece)) for piece in pieces]


def seconds_of(media: Iterable[Media]) -> tuple[int, ...]:
    """Return how long the videos run whose length is known. Pure."""
    return tuple(one.seconds for one in media if one.kind is MediaKind.VIDEO and one.seconds)


def pairs_of(database: Database, item: ItemId, piece: Piece, near: Sequence[ItemId]) -> list[Pair]:
    """Return how the item is alike the newest versions of those near it; those that are not alike are left out.

    To a piece with few words those are near, too, that show a picture like one of its own.
    """
    with database.reading() as tx:
        piece, near, looks = _with_looks(tx, item, piece, near)
        if not near:
            return []
        newest = understood.newest_texts(tx, near)
        # Only films are told by how long they run; the rest need not be asked.
        lasting = understood.newest_seconds(tx, near) if piece.seconds else {}
    known = [other for other in near if other in newest]
    others = [(other, _piece(*newest[other], lasting.get(other, ()), looks.get(other, ()))) for other in known]
    compared = ((other, words, compare(piece, words)) for other, words in others)
    found = [Compared(other, words, alike) for other, words, alike in compared if alike is not None]
    return [pair_of(item, one.item, one.alike) for one in first_hand(piece, found)]


def _piece(title: str, text: str, seconds: tuple[int, ...], looks: tuple[str, ...]) -> Piece:
    """Return the words of an item that others are compared with: one that is not long is near several of a page."""
    return _kept_piece(title, text, seconds, looks) if len(text) <= KEPT_CHARS else Piece(title, text, seconds, looks)


_kept_piece = lru_cache(maxsize=KEPT_PIECES)(Piece)


def _with_looks(
    tx: Transaction, item: ItemId, piece: Piece, near: Sequence[ItemId]
) -> tuple[Piece, Sequence[ItemId], dict[ItemId, tuple[str, ...]]]:
    """Return the piece with the looks of its pictures, what is near it by them too, and how that looks."""
    own = picture_looks.looks_of(tx, [item]).get(item, ()) if is_told_by_pictures(piece) else ()
    if not own:
        return piece, near, {}
    near = list(dict.fromkeys((*near, *picture_looks.items_showing(tx, own, but=item))))
    return replace(piece, looks=own), near, picture_looks.looks_of(tx, near)


def same_as(item: ItemId, pairs: Sequence[Pair]) -> list[ItemId]:
    """Return the other item of each of the pairs that are one piece. Pure."""
    same = (pair for pair in pairs if pair.relation is Relation.SAME)
    return [pair.other if pair.item == item else pair.item for pair in same]


@dataclass(frozen=True, slots=True)
class Grouped:
    """An item's cluster, and the items that search must look at again. is_public: the item is, and stays so."""

    cluster: ClusterId
    touched: Sequence[ItemId]
    is_public: bool


def grouped(tx: Transaction, item: ItemId, same: Sequence[ItemId], *, is_anew: bool) -> Grouped | None:
    """Return the item's cluster, into which others were moved, and what search must look at again.

    same: those found to be one piece with it; is_anew: what was found of it before counts no longer. What editors ruled
    goes before what was found. None where there is no such item. Read here anew: what others did meanwhile to the
    clusters counts. All members keep still: one that became public only now would be shown as part of a cluster that is
    left.
    """
    take_turn(tx, Turn.CLUSTERS)
    ruled = Rulings(rulings.touching(tx, [item]))
    others = {one for pair in ruled.same for one in pair} | set(same)
    held = {one.id: one for some in clusters.locked(tx, (item, *others)).values() for one in some}
    if item not in held:
        return None
    pairs = [(item, other) for other in same]
    if len(held) > 1:
        pairs += [pair for pair in likenesses.same_pairs(tx, held) if not is_anew or item not in pair]
        ruled = Rulings(rulings.touching(tx, held))
    cluster_of = clusters_of(list(held.values()), pairs, ruled, fresh=lambda: ClusterId(new_id()))
    moved = [one for one in held.values() if cluster_of[one.id] != one.cluster]
    for one in moved:
        if one.id != item:
            clusters.move(tx, one.id, cluster_of[one.id])
    # Search shows a cluster's original: what is public of those that are left, or moved, must be looked at again.
    left = {one.cluster for one in moved}
    touched = [one for one in held.values() if one.cluster in left and one.public is not None]
    again = sorted(one.id for one in touched)
    return Grouped(cluster_of[item], again, is_public=held[item].public is not None)


def meet_others(
    database: Database,
    page: Sequence[tuple[ItemId, tuple[Piece, Sketch]]],
    *,
    read_to: int,
    now: datetime,
) -> None:
    """Compare the page with what other processes understood since its sketches were read, those past `read_to`.

    Of two that understand copies side by side, the one that looks last sees both.
    """
    ours = {item for item, _ in page}
    with database.reading() as tx:
        newer = likenesses.sketches(tx, FORM, after=read_to)
    met = KnownSketches((item, raw) for _, item, raw in newer if item not in ours)
    for item, (piece, drawn) in page if len(met) else ():
        if pairs := pairs_of(database, item, piece, met.nearest(drawn, but=item)):
            _group(database, item, pairs, now=now)


def meet_by_picture(database: Database, item: ItemId, *, now: datetime) -> None:
    """Bring an item together with others that show its picture, which was fetched only now."""
    with database.reading() as tx:
        newest, lasting = understood.newest_texts(tx, [item]), understood.newest_seconds(tx, [item])
    if item not in newest:
        return
    piece = Piece(*newest[item], lasting.get(item, ()))
    if is_told_by_pictures(piece) and (pairs := pairs_of(database, item, piece, ())):
        _group(database, item, pairs, now=now)


@again_if_contended
def _group(database: Database, item: ItemId, pairs: Sequence[Pair], *, now: datetime) -> None:
    """Bring an item that is understood together with copies that another process understood meanwhile."""
    with database.transaction() as tx:
        if (found := grouped(tx, item, same_as(item, pairs), is_anew=False)) is not None:
            clusters.move(tx, item, found.cluster)
            likenesses.add(tx, pairs)
            outbox.add(tx, found.touched, at=now)
