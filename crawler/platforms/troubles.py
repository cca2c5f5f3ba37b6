"""A platform's refusal as what a source says of it. Pure."""

from crawler.exchange import Unreadable
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, RefusalReason, Trouble
from indexer.whitelist.records import Channel


def trouble_in(case: PlatformCase, **facts: str) -> Trouble:
    """Return a trouble with a platform."""
    return Trouble(reason=RefusalReason.PLATFORM, facts={CASE: case.value, **facts})


def refused_by(channel: Channel, trouble: Trouble) -> Unreadable:
    """Return the exception with which a source says so: its words are those of the trouble."""
    what, _, do = str(trouble).partition("。")
    return Unreadable(channel, what, do=do, trouble=trouble)
