"""What one read of a channel brought."""

from dataclasses import dataclass, field

from crawler.reading.listings import Listing
from indexer.base.ids import ChannelId
from indexer.catalogue.intake import Outcome
from indexer.catalogue.troubles import Trouble


@dataclass(slots=True, kw_only=True)
class ChannelRead:
    """What one read of a channel brought; refused: candidates and single pages. error: words for its unit
    where the channel itself could not be read, else None; trouble: its reason, where it has one, and without an error
    that what was read stands still. waits_for_quota: the rest was left for the next day. listing: what its list named.
    is_lying: its site said wrongly that it had not changed."""

    channel: ChannelId
    name: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    error: str | None = None
    trouble: Trouble | None = None
    waits_for_quota: bool = False
    seconds: float = 0.0
    listing: Listing = field(default_factory=Listing)
    is_lying: bool = False

    def plain(self) -> dict[str, object]:
        """Return what it says of itself as JSON: how much it brought, and why not more."""
        names = ("channel", "name", "new", "changed", "unchanged", "refused", "error", "waits_for_quota")
        return {name: getattr(self, name) for name in names}

    def count(self, outcome: Outcome) -> None:
        """Add one candidate."""
        match outcome:
            case Outcome.NEW_ITEM:
                self.new += 1
            case Outcome.NEW_VERSION:
                self.changed += 1
            case Outcome.UNCHANGED:
                self.unchanged += 1
            case Outcome.REFUSED:
                self.refused += 1
