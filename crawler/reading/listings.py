"""What a read saw of its channel's list: how many pieces it names, the newest day among them, and whether it moved."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.dates.read import read_time
from crawler.exchange import Ask, BadEntry, Found, Named
from crawler.reading.articles import is_article
from indexer.base.times import BEIJING, Published
from indexer.catalogue.items import Candidate


@dataclass(slots=True)
class Listing:
    """The pieces that the first pages of a read name, in their order: (address, title). newest: the latest day."""

    pieces: list[tuple[str, str]] | None = None
    newest: date | None = None

    def add(self, found: Sequence[Found]) -> None:
        """Note what one list page names: of a platform the pieces that it names, else what is taken or asked for."""
        pieces = [] if self.pieces is None else self.pieces
        named = [each for each in found if isinstance(each, Named)]
        for each in named or found:
            if (piece := _piece(each)) is None:
                continue
            pieces.append(piece)
            if (day := _day(each)) is not None:
                self.newest = max(self.newest or day, day)
        self.pieces = pieces

    @property
    def digest(self) -> str | None:
        """What tells one list from another (64 hex digits); None where none was read."""
        if self.pieces is None:
            return None
        lines = "\n".join(f"{url}\t{' '.join(title.split())}" for url, title in self.pieces)
        return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def _piece(found: Found) -> tuple[str, str] | None:
    match found:
        case Named():
            return found.number, found.title
        case Candidate() | BadEntry():
            return found.url, found.title
        case Ask() if found.leads_to or is_article(found.about):
            return found.item_url, found.about.get("title", "")
    return None


def _day(found: Found) -> date | None:
    match found:
        case Named():
            return found.day
        case Candidate():
            return _as_day(found.published)
        case Ask():
            written = found.about.get("date", "")
            return _as_day(read_time(written, chinese=True)) if written else None
    return None


def _as_day(published: Published | None) -> date | None:
    if published is None:
        return None
    return published.at.date() if published.is_day else published.at.astimezone(BEIJING).date()
