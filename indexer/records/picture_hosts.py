"""Pictures that were refused for their host, once other hosts are registered for the channel."""

from sqlalchemy import select, update

from indexer.base.ids import ChannelId
from indexer.catalogue.pictures import PictureRefusal
from indexer.records.database import Transaction
from indexer.records.items import ITEMS
from indexer.records.pictures import PICTURE_USES


def want_foreign(tx: Transaction, channel: ChannelId) -> int:
    """Let the pictures of a channel that lie elsewhere be fetched after all; return how many those are.

    What still lies elsewhere is refused again, and nobody is asked for it.
    """
    u = PICTURE_USES.c
    theirs = u.item.in_(select(ITEMS.c.id).where(ITEMS.c.channel == channel))
    return tx.change(
        update(PICTURE_USES)
        .where(u.refused == PictureRefusal.FOREIGN_HOST, theirs)
        .values(refused=None, done_at=None, not_before=None, tries=0)
    )
