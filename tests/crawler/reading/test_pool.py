"""crawler.reading.pool: a page that hangs, dies or fails is given up in words, and the pool goes on."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from config.words import ChannelKind
from crawler.exchange import Answer
from crawler.reading.pool import ReadingPool, one_reader, read_once
from crawler.reading.worker import Reading
from indexer.base.ids import ChannelId, UnitId
from indexer.whitelist.records import Channel
from tests.simulators.painful_pages import suffer

CHANNEL = Channel(id=ChannelId("c"), unit=UnitId("u"), kind=ChannelKind.SITE, name="网站", source="site")


def read(*names: str, seconds: float = 20) -> Sequence[Reading]:
    """Read the pages one after the other, with one worker."""

    async def run() -> Sequence[Reading]:
        pool = ReadingPool(suffer, workers=1, page_seconds=seconds)
        try:
            return [await pool.read(CHANNEL, Answer(url=f"https://a.example/{name}", body=b"")) for name in names]
        finally:
            await pool.close()

    return asyncio.run(run())


@pytest.mark.parametrize(("name", "words"), [("die", "意外退出"), ("fail", "程序出错（KeyError）")])
def test_a_page_that_breaks_its_worker_is_given_up_and_the_next_is_read(name: str, words: str) -> None:
    broken, next_one = read(name, "fine")

    assert broken.unreadable is not None
    assert words in broken.unreadable[0]
    assert f"https://a.example/{name}" in broken.unreadable[0]
    assert next_one == Reading(found=())


def test_a_page_that_hangs_is_given_up_after_the_limit_and_the_next_is_read() -> None:
    _warm, hung, next_one = read("fine", "hang", "fine", seconds=8)

    assert hung.unreadable is not None
    assert "超过 8 秒" in hung.unreadable[0]
    assert next_one == Reading(found=())


def test_a_channel_with_the_default_options_reaches_its_worker() -> None:
    assert replace(CHANNEL).options == {}
    assert read("fine") == [Reading(found=())]


def test_one_page_is_read_under_the_same_limit() -> None:
    reading = read_once(CHANNEL, Answer(url="https://a.example/hang", body=b""), page_seconds=1, run=suffer)

    assert reading.unreadable is not None
    assert "超过 1 秒" in reading.unreadable[0]
    assert read_once(CHANNEL, Answer(url="https://a.example/fine", body=b""), run=suffer) == Reading(found=())


def test_answers_read_one_after_the_other_share_a_worker_until_one_breaks_it() -> None:
    with one_reader(run=suffer, page_seconds=20) as reading:
        found = [
            reading(CHANNEL, Answer(url=f"https://a.example/{name}", body=b"")) for name in ("fine", "die", "fine")
        ]

    assert [one.unreadable is None for one in found] == [True, False, True]
