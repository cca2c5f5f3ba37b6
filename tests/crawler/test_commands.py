"""`carnival crawl` and `carnival push` as people run them: exit codes, words, a clean end."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner

from config.settings import Settings
from config.words import WhitelistStatus
from crawler.commands import crawl_command
from indexer.base.ids import ChannelId
from indexer.base.times import now
from indexer.catalogue.items import Item
from indexer.records import channels, outbox, to_understand, understood
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.simulators.website import Answer, Website

WAIT_SECONDS, LOOK_SECONDS = 60.0, 0.1
TEXT = "蚯蚓没有眼睛，却能用皮肤分辨明暗；下雨以后土里缺少空气，它们便钻到地面上来呼吸。"
BODY = f"<article><h1>雨后的蚯蚓</h1><p>{TEXT * 2}</p></article>"
PAGE = f"<html><head><title>雨后的蚯蚓</title></head><body>{BODY}</body></html>"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(settings: Settings, database: Database, website: Website) -> dict[str, str]:
    """What a command sees; the records are there."""
    return {
        **os.environ,
        "CARNIVAL_DATA_FOLDER": str(settings.data_folder),
        "CARNIVAL_PRIVATE_HOSTS": json.dumps([website.host]),
        "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Run `carnival` with these arguments to its end."""

    def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "config", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

    return run_command


def test_a_pushed_link_is_taken_and_the_result_is_json(run: Run, channel: Channel, website: Website) -> None:
    website.page("/s/1", PAGE)

    done = run("push", f"{website.origin}/s/1", "--channel", channel.id, "--json")

    assert done.returncode == 0, done.stderr
    assert [taken["outcome"] for taken in json.loads(done.stdout)] == ["new_item"]


def test_a_pushed_link_to_a_foreign_host_ends_with_1_and_says_why(run: Run, channel: Channel) -> None:
    done = run("push", "http://other.example.com/1", "--channel", channel.id)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "http://other.example.com/1: refused: the address lies outside the hosts and the path registered for the"
        " channel; the unit reads: “链接不在渠道“试验网站”登记的网站上"
    )


def test_a_link_of_an_unapproved_channel_ends_with_1_and_says_why(
    run: Run, database: Database, channel: Channel, website: Website
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, id=ChannelId("channel-2"), status=WhitelistStatus.APPLIED))

    done = run("push", f"{website.origin}/s/1", "--channel", "channel-2")

    assert done.returncode == 1
    assert "/s/1: refused: the channel is not approved: see `carnival units list`" in done.stderr
    assert "尚未批准" in done.stderr


def test_a_link_that_does_not_answer_ends_with_1_and_says_why(run: Run, channel: Channel, website: Website) -> None:
    done = run("push", f"{website.origin}/missing", "--channel", channel.id)

    assert done.returncode == 1
    assert "/missing: could not be read; the unit reads: “" in done.stderr
    assert "404" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["push", "http://a.example/", "--channel", "nowhere"], "no channel 'nowhere'"),
        (["push", "nothing.html", "--channel", "channel-1"], "neither an address nor a file"),
        (["push", __file__, "--channel", "channel-1"], "needs --url"),
        (["push", "http://a.example/"], "--channel"),
        (["crawl", "--channel", "nowhere"], "no channel 'nowhere'"),
    ],
)
@pytest.mark.usefixtures("channel")
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(run: Run, arguments: list[str], words: str) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert words in done.stderr


def test_a_channel_that_nothing_polls_cannot_be_crawled(run: Run, database: Database, channel: Channel) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, source="wechat_page", address=None))

    done = run("crawl", "--channel", channel.id)

    assert done.returncode == 1
    assert "not read by the crawler" in done.stderr


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_channel_asked_for_by_name_that_cannot_be_read_ends_with_1(
    options: list[str], run: Run, channel: Channel
) -> None:
    done = run("crawl", "--channel", channel.id, *options)  # its list answers 404

    assert done.returncode == 1
    assert "404" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["--once", "--all"])
def test_a_round_over_all_channels_ends_with_0_and_its_table_names_the_one_that_failed(
    option: str, run: Run, channel: Channel
) -> None:
    done = run("crawl", option)

    assert done.returncode == 0
    assert "404" in done.stdout


def test_a_channel_asked_for_by_name_that_is_read_ends_with_0(run: Run, channel: Channel, website: Website) -> None:
    website.page("/list/", '<ul><li><a href="/list/art_1001.html">雨后的蚯蚓为什么钻出来</a> 2026-09-01</li></ul>')
    website.page("/list/art_1001.html", PAGE)

    assert run("crawl", "--channel", channel.id).returncode == 0


def test_a_round_whose_index_does_not_answer_shows_its_table_and_ends_with_2(
    run: Run, environment: dict[str, str], waiting: None
) -> None:
    environment |= {"CARNIVAL_SEARCH_ENGINE": "meilisearch", "CARNIVAL_MEILISEARCH_URL": "http://127.0.0.1:9"}

    done = run("crawl", "--once")

    assert done.returncode == 2
    assert "channel-1" in done.stdout
    assert done.stderr.splitlines()[-1].startswith("search index: Meilisearch does not answer as it should")


@pytest.fixture
def waiting(database: Database, channel: Channel, website: Website, make_item: Callable[..., Item]) -> None:
    """An item of which the index has to be told."""
    item = make_item(channel=channel.id, url=f"{website.origin}/list/9.html")
    with database.transaction() as tx:
        outbox.add(tx, [item.id], at=now())


def test_one_round_collects_understands_and_shows_a_table(
    run: Run, database: Database, channel: Channel, website: Website
) -> None:
    website.page("/list/", '<ul><li><a href="/list/art_1001.html">雨后的蚯蚓为什么钻出来</a> 2026-09-01</li></ul>')
    website.page("/list/art_1001.html", PAGE)

    done = run("crawl", "--once")

    assert done.returncode == 0, done.stderr
    assert "channel-1" in done.stdout
    with database.reading() as tx:
        ((item, version),) = understood.all_latest(tx, after=None, limit=10)
        assert understood.is_understood(tx, item.id, version.number)


@pytest.fixture
def crawling(environment: dict[str, str], channel: Channel) -> Iterator[subprocess.Popen[bytes]]:
    """`carnival crawl`, round after round."""
    command = [sys.executable, "-m", "config", "crawl"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    yield process
    process.kill()
    process.wait()


def test_without_once_rounds_only_collect_until_sigterm_which_ends_them_cleanly(
    crawling: subprocess.Popen[bytes], database: Database, channel: Channel, website: Website
) -> None:
    website.answers["/list/"] = Answer(
        body=b'<ul><li><a href="/list/art_1001.html">' + "雨后的蚯蚓为什么".encode() + b"</a> 2026-09-01</li></ul>"
    )
    website.page("/list/art_1001.html", PAGE)

    wait_until(lambda: bool(collected(database)))
    crawling.send_signal(signal.SIGTERM)

    assert crawling.wait(timeout=WAIT_SECONDS) == 0
    with database.reading() as tx:
        assert [item.id for item, _ in to_understand.waiting(tx, 10)] == collected(database)


def collected(database: Database) -> list[str]:
    """Ids of the items that were taken in."""
    with database.reading() as tx:
        return [item.id for item, _ in understood.all_latest(tx, after=None, limit=10)]


def wait_until(is_true: Callable[[], bool]) -> None:
    """Look again and again; fails after WAIT_SECONDS."""
    until = time.monotonic() + WAIT_SECONDS
    while not is_true():
        assert time.monotonic() < until, "it did not happen in time"
        threading.Event().wait(LOOK_SECONDS)


@pytest.mark.parametrize("options", [["--no-such-option"], ["a-channel"]])
def test_what_the_command_does_not_know_is_a_usage_error(options: list[str]) -> None:
    done = CliRunner().invoke(crawl_command, options)

    assert done.exit_code == 2
    assert "Usage" in done.output
