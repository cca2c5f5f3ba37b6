"""The options of a channel's source on the whitelist page."""

from collections.abc import Callable, Mapping

import pytest
from flask.testing import FlaskClient

from config.units.options import BELONGS_TO
from indexer.base.ids import ChannelId
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist.records import Channel

Save = Callable[[Mapping[str, str]], None]


@pytest.fixture
def save(database: Database, channel: Channel, make_channel: Callable[..., Channel]) -> Save:
    """Whitelist a list page with these options."""

    def run(options: Mapping[str, str]) -> None:
        made = make_channel(id=ChannelId("channel-l"), name="示例栏目", source="site", options=dict(options))
        with database.transaction() as tx:
            channels.save_channel(tx, made)

    return run


def test_the_page_shows_how_a_channel_is_read(desk_client: FlaskClient, save: Save) -> None:
    save({"list": "ul.news > li", "pages": "5", BELONGS_TO: "unit"})

    page = desk_client.get("/review/whitelist").text

    assert "采集方式：site" in page
    assert "<code>list</code>: <code>ul.news &gt; li</code>" in page
    assert "<code>belongs_to</code>" not in page
    assert "写法不对" not in page


def test_options_that_cannot_be_used_are_named(desk_client: FlaskClient, save: Save) -> None:
    save({"list": "li[[", "pages": "all", "item_kind": "video"})

    assert "采集器不能使用：list pages。" in desk_client.get("/review/whitelist").text
