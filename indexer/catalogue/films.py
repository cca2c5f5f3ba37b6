"""Videos and live streams of a piece: which it has, and whether one is on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from indexer.catalogue.facets import Film
from indexer.catalogue.items import ItemKind, Media, MediaKind

LONGEST = timedelta(hours=6)  # of a live stream whose page does not say when it ends


def films_of(kind: ItemKind, media: Sequence[Media], now: datetime) -> tuple[Film, ...]:
    """Return what a piece lets its reader see at this moment. Pure."""
    found = []
    if kind is ItemKind.VIDEO or any(medium.kind is MediaKind.VIDEO for medium in media):
        found.append(Film.VIDEO)
    if any(is_live(medium, now) for medium in media):
        found.append(Film.LIVE)
    return tuple(found)


def is_live(medium: Media, now: datetime) -> bool:
    """Tell whether a live stream has begun and not ended."""
    return medium.starts is not None and medium.starts <= now < (medium.ends or medium.starts + LONGEST)
