"""Read of a piece where and when its event takes place, and the districts that it is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.taxonomy import District
from indexer.catalogue.items import ItemKind
from indexer.understanding.whereabouts.gazetteer import Gazetteer, gazetteer_of
from indexer.understanding.whereabouts.sites import Site, sites
from indexer.understanding.whereabouts.times import EventTime, times
from indexer.understanding.whereabouts.where import Where, where

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

OF_SEAT = 0.5  # how sure it is that an event without a place is where its unit sits
_ONLINE = re.compile(r"线上|网络答题|网络竞|云游|云展|直播|网上|小程序|微信答题")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Of a piece. districts: the surest first. from_seat: nothing names them but where the unit sits."""

    districts: tuple[Where, ...]
    sites: tuple[Site, ...]
    times: tuple[EventTime, ...]
    from_seat: bool = False


class Reader:
    """Reads whereabouts by the districts of one taxonomy."""

    def __init__(self, districts: Sequence[District]) -> None:
        self._gazetteer: Gazetteer = gazetteer_of(
            {one.id: one.in_text for one in districts}, [mask for one in districts for mask in one.masks]
        )

    def read(
        self, title: str, text: str, kind: ItemKind, *, published: date, seat: District | None = None
    ) -> Whereabouts:
        """Return the whereabouts of a piece. Pure.

        seat: the district of its unit, which an event gets that is held somewhere and names no other place. A text
        without an event and what is held online get none.
        """
        named = where(self._gazetteer, title, text, kind)
        held = times(text, published=published, is_activity=kind is ItemKind.ACTIVITY)
        at = sites(text)
        if named or seat is None or not _is_held_somewhere(title, text, kind, is_placed=bool(at), is_timed=bool(held)):
            return Whereabouts(districts=named, sites=at, times=held)
        own = Where(district=seat.id, confidence=OF_SEAT, words="", start=0, end=0, in_title=False)
        return Whereabouts(districts=(own,), sites=at, times=held, from_seat=True)


def _is_held_somewhere(title: str, text: str, kind: ItemKind, *, is_placed: bool, is_timed: bool) -> bool:
    if kind in (ItemKind.VIDEO, ItemKind.LIVE):
        return False
    if is_placed:
        return is_timed or kind is ItemKind.ACTIVITY
    return is_timed and kind is ItemKind.ACTIVITY and not _ONLINE.search(f"{title}\n{text[:400]}")
