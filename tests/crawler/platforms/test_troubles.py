"""crawler.platforms.troubles: a platform's refusal as a source's own words."""

from config.words import ChannelKind
from crawler.platforms.troubles import refused_by, trouble_in
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.platform_words import PlatformCase
from indexer.whitelist.records import Channel


def test_what_a_source_says_are_the_words_of_the_trouble() -> None:
    channel = Channel(id=ChannelId("c"), unit=UnitId("u"), kind=ChannelKind.WEIBO, name="示例")
    trouble = trouble_in(PlatformCase.RATE_LIMITED, code="10023")
    refused = refused_by(channel, trouble)

    assert refused.trouble is trouble
    assert f"{refused.what}。{refused.do}" == str(trouble)
    assert "10023" in refused.what
