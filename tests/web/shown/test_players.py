"""web.shown.players: a card says whose player a click reaches; only hosts on the list may come into a frame."""

from collections.abc import Callable

import pytest
from flask import Flask

from indexer.catalogue.items import Item, Media, MediaKind
from indexer.records import items
from indexer.records.database import Database
from web.app.headers import POLICY
from web.shown.players import FRAMED, Player, long, players


@pytest.fixture
def card(app: Flask, database: Database, make_item: Callable[..., Item]) -> Callable[[str], Player]:
    def of(url: str) -> Player:
        picture = Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg")
        item = make_item(media=(picture, Media(kind=MediaKind.VIDEO, url=url, title="蜻蜓", seconds=185)))
        with database.reading() as tx, app.test_request_context("/"):
            version = items.version(tx, item.id, 1)
            assert version is not None
            (found,) = players(version, {})
        return found

    return of


@pytest.mark.parametrize(
    ("url", "name", "frame"),
    [
        (
            "https://player.bilibili.com/player.html?bvid=BV1",
            "哔哩哔哩",
            "https://player.bilibili.com/player.html?bvid=BV1",
        ),
        ("http://player.youku.com/embed/X", "优酷", "https://player.youku.com/embed/X"),
        ("https://v.qq.com/txp/iframe/player.html?vid=a", "腾讯视频", "https://v.qq.com/txp/iframe/player.html?vid=a"),
        ("https://v.qq.com/x/page/a.html", "腾讯视频", None),
        ("https://www.bilibili.com/video/BV1", "哔哩哔哩", None),
        ("https://player.bilibili.com.evil.example/player.html", "player.bilibili.com.evil.example", None),
        ("https://player.bilibili.com:8443/player.html", "player.bilibili.com:8443", None),
        ("http://a.example/1.mp4", "a.example", None),
    ],
)
def test_a_card_says_whose_player_it_is_and_what_may_be_framed(
    card: Callable[[str], Player], url: str, name: str, frame: str | None
) -> None:
    found = card(url)

    assert (found.name, found.frame, found.long) == (name, frame, "3:05")


def test_the_policy_of_every_page_lets_in_frames_of_these_hosts_alone() -> None:
    assert all(host.startswith("https://") for host in FRAMED)
    assert f"frame-src {' '.join(FRAMED)}" in POLICY
    assert "img-src 'self';" in f"{POLICY};"


@pytest.mark.parametrize(("seconds", "words"), [(None, ""), (0, ""), (9, "0:09"), (3723, "1:02:03")])
def test_a_length_is_written_as_people_write_it(seconds: int | None, words: str) -> None:
    assert long(seconds) == words
