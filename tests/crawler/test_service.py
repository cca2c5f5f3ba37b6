"""crawler.service: the collector starts behind the site."""

from config.command.service import Stage, Start
from config.settings import Settings
from crawler.service import COLLECTOR


def test_the_collector_is_carnival_crawl_and_starts_behind_the_site() -> None:
    assert list(COLLECTOR.command(Start(settings=Settings(), options={}))) == ["crawl"]
    assert COLLECTOR.stage is Stage.BEHIND_THE_SITE
