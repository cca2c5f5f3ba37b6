"""Whether a site tells the truth where it says that its list has not changed (304): asked in full once a day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.exchange import Answer
from indexer.records.attempts import LastList
from indexer.records.reads import NONE_KEPT, Validators

FULL_EVERY = timedelta(days=1)  # a list that never changes is read whole so often

FetchList = Callable[[Validators], Awaitable[Answer | None]]


@dataclass(slots=True)
class Unchanged:
    """Checks the word of one channel's site in one read. last: of its list as it was read whole last."""

    last: LastList | None
    now: datetime
    is_checked: bool = False

    def is_due(self) -> bool:
        """Whether a list that "has not changed" is to be read whole nevertheless."""
        return self.last is not None and self.now - self.last.at >= FULL_EVERY

    async def in_full(self, fetch: FetchList) -> Answer | None:
        """Ask for the whole list. Raises Unanswered."""
        self.is_checked = True
        return await fetch(NONE_KEPT)

    async def was_wrong(self, digest: str | None, validators: Validators, fetch: FetchList) -> bool:
        """Tell whether the site says of a list that has changed that it has not; asked once more, as it may have
        changed between two requests. Raises Unanswered."""
        if not self.is_checked or self.last is None or digest is None or digest == self.last.digest:
            return False
        return await fetch(validators) is None
