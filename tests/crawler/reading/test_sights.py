"""crawler.reading.sights: what a look saw, of every kind of answer."""

from dataclasses import replace

import pytest

from config.words import ChannelKind, WhitelistStatus
from crawler.extract.state import PageState
from crawler.reading.failures import Unanswered, bad_status, moved_outside, unanswered, unreadable
from crawler.reading.sights import NOTHING_WRONG, is_elsewhere, sight_of_reading, sight_of_trouble
from crawler.reading.worker import Reading
from crawler.scrapy.hops import RulesUnknown
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.catalogue.looks import Sight
from indexer.catalogue.troubles import RefusalReason
from indexer.whitelist.records import Channel

URL = "http://a.example/kx/1.html"
CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.SITE,
    name="网站",
    source="site",
    address="http://a.example/kx/",
    hosts=("a.example",),
    path="/kx",
    status=WhitelistStatus.APPROVED,
)
PIECE = Candidate(channel=CHANNEL.id, url=URL, title="蜻蜓怎样飞", text="蜻蜓的两对翅膀可以各自扇动。" * 20)


@pytest.mark.parametrize(
    ("status", "sight"),
    [
        (404, Sight.MISSING),
        (410, Sight.MISSING),
        (401, Sight.REFUSED),
        (403, Sight.REFUSED),
        (451, Sight.REFUSED),
        (429, Sight.BUSY),
        (503, Sight.BUSY),
        (502, Sight.BUSY),
        (500, Sight.BROKEN),
        (418, Sight.BROKEN),
        (400, Sight.BROKEN),
    ],
)
def test_of_statuses_only_404_and_410_say_that_nothing_is_there(status: int, sight: Sight) -> None:
    assert sight_of_trouble(bad_status(URL, status)).sight is sight


@pytest.mark.parametrize(
    ("trouble", "sight"),
    [
        (Unanswered(URL, RefusalReason.HOST_SILENT), Sight.SILENT),
        (Unanswered(URL, RefusalReason.NO_SUCH_HOST), Sight.SILENT),
        (Unanswered(URL, RefusalReason.ROBOTS), Sight.REFUSED),
        (unanswered(URL, RulesUnknown("回答 503")), Sight.BROKEN),
        (Unanswered(URL, RefusalReason.TOO_LARGE), Sight.UNKNOWN),
        (Unanswered(URL, RefusalReason.NOT_VISITED, why="网页转到了未登记的主机 b.example"), Sight.ELSEWHERE),
        (Unanswered(URL, RefusalReason.PAGE_FAILED, error="X"), Sight.BROKEN),
        (moved_outside(URL, to="http://b.example/"), Sight.ELSEWHERE),
        (unreadable(URL, what="没有认出", do="请检查"), Sight.UNKNOWN),
    ],
)
def test_other_trouble_is_never_that_nothing_is_there(trouble: Unanswered, sight: Sight) -> None:
    seen = sight_of_trouble(trouble)

    assert (seen.sight, seen.words) == (sight, str(trouble))


@pytest.mark.parametrize(
    ("state", "sight"),
    [
        (PageState.DELETED, Sight.DELETED),
        (PageState.VIOLATION, Sight.VIOLATION),
        (PageState.CAPTCHA, Sight.CAPTCHA),
        (PageState.UNKNOWN, Sight.UNKNOWN),
        (None, Sight.UNKNOWN),
    ],
)
def test_a_notice_says_what_it_is_and_a_page_that_cannot_be_read_is_not_known(
    state: PageState | None, sight: Sight
) -> None:
    reading = Reading(found=(), unreadable=("文章不在", "请检查"), state=state)

    assert sight_of_reading(reading, title=PIECE.title, is_page=True).sight is sight


def test_a_page_beside_its_feed_is_alarming_only_where_it_says_so_itself() -> None:
    unread = Reading(found=(), unreadable=("没有读出正文", "请检查"), state=PageState.UNKNOWN)
    deleted = replace(unread, state=PageState.DELETED)

    assert sight_of_reading(unread, title=PIECE.title, is_page=False) is NOTHING_WRONG
    assert sight_of_reading(deleted, title=PIECE.title, is_page=False).sight is Sight.DELETED


@pytest.mark.parametrize(
    "words",
    [
        "您访问的页面不存在或已被删除，请检查网址。",
        "该文章已删除",
        "对不起，此信息已过期！",
        "抱歉，找不到您要访问的网页",
        "你要查看的内容已经下线。返回首页",
        "404 Not Found",
    ],
)
def test_a_site_that_says_with_200_that_nothing_is_there_is_understood(words: str) -> None:
    reading = Reading(found=(replace(PIECE, title="提示信息", text=words),))

    assert sight_of_reading(reading, title=PIECE.title, is_page=True).sight is Sight.MISSING


@pytest.mark.parametrize(
    "text",
    [
        PIECE.text,
        PIECE.text + "打开旧链接，有时会看到“该文章已删除”这句话。",
        "我们删除了旧的展板，换上了新的。",
        "这条科学谣言说的内容不属实。",
    ],
)
def test_an_article_is_not_taken_for_a_notice(text: str) -> None:
    reading = Reading(found=(replace(PIECE, text=text),))

    assert sight_of_reading(reading, title=PIECE.title, is_page=True) is NOTHING_WRONG


@pytest.mark.parametrize("page_title", ["手机里的数据被删除了还能恢复吗？", "手机里的数据被删除了还能恢复吗？_科普网"])
def test_words_of_a_notice_in_the_pieces_own_title_are_none(page_title: str) -> None:
    title = "手机里的数据被删除了还能恢复吗？"
    edited = Reading(found=(replace(PIECE, title=page_title, text=f"{title}能，但要尽快停用手机。"),))
    gone = Reading(found=(replace(PIECE, title=page_title, text="该文章已删除"),))

    assert sight_of_reading(edited, title=title, is_page=True) is NOTHING_WRONG
    assert sight_of_reading(gone, title=title, is_page=True).sight is Sight.MISSING


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (URL, False),
        ("http://a.example/kx/2026/1.html", False),
        ("http://a.example/kx/", True),
        ("http://a.example/", True),
        ("http://a.example/other/1.html", True),
        ("http://b.example/kx/1.html", True),
    ],
)
def test_an_answer_from_a_first_page_or_from_outside_is_elsewhere(answered: str, *, expected: bool) -> None:
    assert is_elsewhere(CHANNEL, asked=URL, answered=answered) is expected
