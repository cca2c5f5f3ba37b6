"""Which channels a person may connect: their unit's, an administrator any."""

from flask import abort

from indexer.base.ids import ChannelId
from indexer.people.rights import may_see
from indexer.records import channels
from indexer.whitelist.records import Channel
from web.app.access import signed_in
from web.app.site import site


def own_channel(channel: str) -> Channel:
    """Return the channel; ends the request with 404 where it is another unit's, as where there is none."""
    with site().database.reading() as tx:
        found = channels.channel(tx, ChannelId(channel))
    if found is None or not may_see(signed_in(), found.unit):
        abort(404)
    return found
