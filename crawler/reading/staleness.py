"""Whether a list that came stands still: a bridge answers 200 for months after its own sign-in has ended."""

from collections.abc import Iterable
from datetime import datetime

from crawler.exchange import Found, Note
from indexer.base.times import BEIJING
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, RefusalReason, Trouble


def staleness(found: Iterable[Found], *, now: datetime) -> Trouble | None:
    """Return the trouble that the newest piece of a list is older than its source allows; None where it is not. Pure.

    It is no failure: what the list holds was read, and the next read comes as soon as it would.
    """
    for note in found:
        if not isinstance(note, Note) or note.newest is None or note.stale_after is None:
            continue
        if now - note.newest > note.stale_after:
            day = note.newest.astimezone(BEIJING).date().isoformat()
            return Trouble(reason=RefusalReason.PLATFORM, facts={CASE: PlatformCase.STALE.value, "day": day})
    return None
