"""The one unit of the crawler's tests, and approved channels of it on a site on loopback."""

from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit
from tests.simulators.website import Website

UNIT = Unit(id=UnitId("unit-1"), name="试验单位", short_name="试验", system="区", district="haidian")


def site_channel(website: Website, name: str = "channel-1", *, path: str = "/list/") -> Channel:
    """Return an approved channel that a list on this path fills."""
    return Channel(
        id=ChannelId(name),
        unit=UNIT.id,
        kind=ChannelKind.SITE,
        name="试验网站",
        source="site",
        address=f"{website.origin}{path}",
        hosts=(website.host,),
        status=WhitelistStatus.APPROVED,
        licence="L-1",
    )


def whitelist(database: Database, *saved: Channel) -> None:
    """Save the unit and channels of it."""
    with database.transaction() as tx:
        channels.save_unit(tx, UNIT)
        for channel in saved:
            channels.save_channel(tx, channel)
