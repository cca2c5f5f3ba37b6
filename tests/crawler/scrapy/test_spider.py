"""The spider over real HTTP on loopback: one crawl of many sites, each in its own kind of trouble.

Twisted's reactor starts once a process, so the crawl runs as the command that people run.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from crawler.scrapy.spider import holder_of
from indexer.base.ids import ChannelId
from indexer.catalogue.items import Version
from indexer.catalogue.troubles import Refusal
from indexer.records import reads, refusals, to_understand
from indexer.records.database import Database
from indexer.records.reads import ChannelHistory
from tests.crawler.scrapy.crawling import build, run, save
from tests.simulators.website import Seen, Website


@dataclass(frozen=True)
class Crawled:
    """What one crawl left behind."""

    website: Website
    output: Mapping[str, Mapping[str, Any]]
    seen: tuple[Seen, ...]
    histories: Mapping[str, ChannelHistory]
    versions: tuple[Version, ...]
    refusals: tuple[Refusal, ...]

    def error(self, name: str) -> str:
        """The words for a channel that could not be read."""
        words = self.histories[name].last_error
        assert words is not None
        return words

    def asked(self, path: str) -> list[Seen]:
        """The requests of one path."""
        return [seen for seen in self.seen if seen.path == path]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, _migrated: Path) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("crawl")
    shutil.copyfile(_migrated, folder / "carnival.db")
    database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
    with Website() as website:
        sources = build(website)
        save(database, website, sources)
        output = run(folder, website, "--once")
        with database.reading() as tx:
            found = Crawled(
                website=website,
                output=output,
                seen=tuple(website.seen),
                histories={name: reads.history(tx, ChannelId(name)) for name in sources},
                versions=tuple(version for _, version in to_understand.waiting(tx, 100)),
                refusals=tuple(refusals.recent(tx, limit=100)),
            )
        yield found
        database.close()


def test_articles_of_feeds_and_lists_come_in(crawled: Crawled) -> None:
    paths = {version.url.removeprefix(crawled.website.origin) for version in crawled.versions}

    assert paths == {"/good/1", "/other/1", "/moved/1", "/list/art_1001.html"}


def test_each_channel_reports_what_it_brought(crawled: Crawled) -> None:
    assert crawled.output["good"]["new"] == 1
    assert crawled.output["good"]["error"] is None
    assert crawled.histories["good"].failures == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("closed", "robots.txt 不允许采集"),
        ("away", "未登记的主机 other.example.com"),
        ("inside", "未登记的主机 127.0.0.1:1"),
        ("private", "内部地址 10.0.0.1"),
        ("round", "转向次数太多"),
        ("huge", "超过采集的大小上限"),
        ("slow", "太久没有回答"),
        ("cut", "没有传完"),
        ("shy", "网站拒绝采集（403）"),
        ("down", "网站出错（503）"),
        ("nofeed", "不是订阅源"),
    ],
)
def test_each_trouble_is_recorded_on_its_channel_in_words(crawled: Crawled, name: str, words: str) -> None:
    assert words in crawled.error(name)
    assert "请" in crawled.error(name)
    assert crawled.histories[name].failures == 1


def test_what_robots_txt_forbids_is_not_asked_for(crawled: Crawled) -> None:
    assert len(crawled.asked("/robots.txt")) == 1
    assert crawled.asked("/closed/") == []


def test_retries_are_bounded(crawled: Crawled) -> None:
    assert 1 < len(crawled.asked("/down/")) <= 3


def test_the_crawler_says_who_it_is(crawled: Crawled) -> None:
    assert crawled.asked("/good/")[0].headers["user-agent"] == "CloudCarnival/0.1"


def test_a_crawl_with_nothing_due_reads_nothing(folder: Path, website: Website) -> None:
    assert run(folder, website, "--once") == {}


def test_a_machine_has_one_name_for_its_leases_and_another_data_folder_another(tmp_path: Path) -> None:
    own = Settings(data_folder=tmp_path)

    assert holder_of(own) == holder_of(Settings(data_folder=tmp_path / "." / ""))
    assert holder_of(own) != holder_of(Settings(data_folder=tmp_path / "other"))
