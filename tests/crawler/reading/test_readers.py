"""Readers are lent, come back, and end."""

from crawler.exchange import Answer
from crawler.reading.readers import Readers
from indexer.whitelist.records import Channel
from tests.filed import PAGE

ABOUT = {"page": "article", "url": "http://a.example/1"}


def test_a_reader_that_came_back_is_lent_again_and_two_at_once_are_two(channel: Channel) -> None:
    readers = Readers()
    with readers.one() as first:
        with readers.one() as beside:
            assert beside is not first
        reading = first(channel, Answer(url="http://a.example/1", body=PAGE.encode(), about=ABOUT))
    with readers.one() as again:
        assert again in (first, beside)
    readers.close()
    with readers.one() as new:
        assert new not in (first, beside)
    readers.close()

    assert [found.title for found in reading.found] == ["蜻蜓怎样飞"]  # type: ignore[union-attr]
