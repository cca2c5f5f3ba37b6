"""The spider over real HTTP on loopback: one crawl of many sites, each in its own kind of trouble.

Twisted's reactor starts once a process, so the crawl runs as the command that people run.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from indexer.items import Channel, ChannelId, ChannelKind, Refusal, Unit, UnitId, Version, WhitelistStatus
from indexer.records import channels, items, reads
from indexer.records.database import Database
from indexer.records.reads import ChannelHistory
from tests.simulators.website import Answer, Seen, Website

UNIT = Unit(id=UnitId("unit-1"), name="试验单位", short_name="试验", system="区", district="haidian")
TEXT = "湖面结冰的时候，最冷的水浮在上面，四摄氏度的水沉在湖底，鱼就在那里过冬，直到春天冰化开来。"
BODY = f"<article><h1>冰下的湖</h1><p>{TEXT}</p><p>{TEXT[::-1]}</p></article>"
ARTICLE = f"<html><head><title>冰下的湖</title></head><body>{BODY}</body></html>"
RSS = {"Content-Type": "application/rss+xml"}

FEEDS = ("good", "other", "moved", "closed", "away", "inside", "round", "huge", "slow", "cut", "shy", "down", "nofeed")


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


def feed(origin: str, name: str) -> str:
    """A feed of one whole entry."""
    return (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>订阅</title>"
        f"<item><title>{name}的文章</title><link>{origin}/{name}/1</link>"
        f"<content:encoded>&lt;p&gt;{name}{TEXT}&lt;/p&gt;</content:encoded></item></channel></rss>"
    )


def build(website: Website) -> dict[str, str]:
    """Put up the sites; the channels' sources by name (each reads /<name>/)."""
    origin = website.origin
    for name in ("good", "other"):
        website.answers[f"/{name}/"] = Answer(body=feed(origin, name).encode(), headers=RSS, etag=f'"{name}"')
    website.page("/list/", '<ul><li><a href="/list/1.html">湖面为什么先从上面结冰</a> 2026-09-02</li></ul>')
    website.page("/list/1.html", ARTICLE, etag='"a"')
    website.answers["/robots.txt"] = Answer(body=b"User-agent: *\nDisallow: /closed/\n", headers={})
    website.page("/closed/", feed(origin, "closed"))
    website.answers["/away/"] = Answer(status=302, headers={"Location": "http://other.example.com/feed"})
    website.answers["/inside/"] = Answer(status=302, headers={"Location": "http://127.0.0.1:1/feed"})
    website.answers["/round/"] = Answer(status=302, headers={"Location": "/round/"})
    website.answers["/moved/"] = Answer(status=301, headers={"Location": "/moved/feed"})
    website.answers["/moved/feed"] = Answer(body=feed(origin, "moved").encode(), headers=RSS)
    website.answers["/huge/"] = Answer(body=b"x" * 100_001)
    website.answers["/slow/"] = Answer(body=b"x" * 400, drip_seconds=0.05)
    website.answers["/cut/"] = Answer(body=b"<rss>", is_cut=True)
    website.answers["/shy/"] = Answer(status=403)
    website.answers["/down/"] = Answer(status=503)
    website.page("/nofeed/", "<html><body>这里没有订阅源</body></html>")
    return dict.fromkeys(FEEDS, "feed") | {"list": "site", "private": "feed"}


def save(database: Database, website: Website, sources: Mapping[str, str]) -> None:
    """Whitelist a channel for each name; `private` points to an address nobody may reach."""
    with database.transaction() as tx:
        channels.save_unit(tx, UNIT)
        for name, source in sources.items():
            address = "http://10.0.0.1/feed" if name == "private" else f"{website.origin}/{name}/"
            hosts = ("10.0.0.1",) if name == "private" else (website.host,)
            channel = Channel(
                id=ChannelId(name),
                unit=UNIT.id,
                kind=ChannelKind.SITE,
                name=name,
                source=source,
                address=address,
                hosts=hosts,
                path="/" if name == "private" else f"/{name}/",
                status=WhitelistStatus.APPROVED,
                licence="L-1",
            )
            channels.save_channel(tx, channel)


def run(folder: Path, website: Website, *options: str, delay: str = "0") -> dict[str, Any]:
    """Run `carnival crawl` and return what it printed, by channel."""
    environment = {
        **os.environ,
        "CARNIVAL_DATA_FOLDER": str(folder),
        "CARNIVAL_PRIVATE_HOSTS": json.dumps([website.host]),
        "CARNIVAL_CRAWL_DELAY_SECONDS": delay,
        "CARNIVAL_FETCH_SECONDS": "1",
        "CARNIVAL_PAGE_BYTES": "100000",
        "CARNIVAL_REDIRECTS": "3",
    }
    command = [sys.executable, "-m", "config", "crawl", "--collect-only", "--json", *options]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return {each["channel"]: each for each in json.loads(done.stdout)}


def whitelist(folder: Path, website: Website, sources: Mapping[str, str]) -> None:
    """Save the channels in the records of a data folder."""
    database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
    save(database, website, sources)
    database.close()


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
                versions=tuple(version for _, version in items.waiting(tx, 100)),
                refusals=tuple(channels.refusals(tx, limit=100)),
            )
        yield found
        database.close()


@pytest.fixture
def folder(tmp_path: Path, _migrated: Path) -> Path:
    """A data folder with empty records."""
    shutil.copyfile(_migrated, tmp_path / "carnival.db")
    return tmp_path


def test_articles_of_feeds_and_lists_come_in(crawled: Crawled) -> None:
    paths = {version.url.removeprefix(crawled.website.origin) for version in crawled.versions}

    assert paths == {"/good/1", "/other/1", "/moved/1", "/list/1.html"}


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


def test_a_second_crawl_sends_what_it_kept_and_changes_nothing(folder: Path, website: Website) -> None:
    sources = {name: source for name, source in build(website).items() if name in {"good", "list"}}
    whitelist(folder, website, sources)
    run(folder, website, "--once")
    website.seen.clear()

    again = run(folder, website, "--all")

    assert [(each["new"], each["changed"], each["unchanged"]) for each in again.values()] == [(0, 0, 1)] * 2
    assert website.asked("/good/")[0].headers["if-none-match"] == '"good"'
    assert website.asked("/list/1.html")[0].headers["if-none-match"] == '"a"'


def test_a_crawl_with_nothing_due_reads_nothing(folder: Path, website: Website) -> None:
    assert run(folder, website, "--once") == {}


def test_between_two_requests_to_one_host_the_delay_is_kept(folder: Path, website: Website) -> None:
    whitelist(folder, website, {name: source for name, source in build(website).items() if name in {"good", "other"}})

    run(folder, website, "--once", delay="0.5")

    moments = [seen.at for seen in website.seen]
    assert len(moments) == 3
    assert min(later - earlier for earlier, later in pairwise(moments)) > 0.4


def test_a_site_whose_robots_txt_is_out_of_order_is_not_read(folder: Path, website: Website) -> None:
    whitelist(folder, website, {name: source for name, source in build(website).items() if name == "good"})
    website.answers["/robots.txt"] = Answer(status=500)

    output = run(folder, website, "--once")

    assert "robots.txt 出错" in output["good"]["error"]
    assert website.asked("/good/") == []
