"""crawler.reading.articles: an article page becomes a candidate, or words that say why it holds none."""

from collections.abc import Callable

import pytest

from config.words import ChannelKind
from crawler.exchange import Answer, Unreadable
from crawler.reading.articles import VIDEO_TEXT_CHARS, read_candidate
from indexer.catalogue.items import Candidate, ItemKind
from indexer.whitelist.records import Channel

URL = "http://a.example/1.html"
TEXT = "月球的夜晚长达十四个地球日，月球车要在零下一百多摄氏度里休眠，休眠之前，它把太阳翼收起来。"


def page(body: str, title: str = "月球车如何过夜") -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div></body></html>".encode()


@pytest.fixture
def read(make_channel: Callable[..., Channel]) -> Callable[..., Candidate]:
    def of(body: bytes, *, url: str = URL, about: dict[str, str] | None = None, **channel: object) -> Candidate:
        return read_candidate(make_channel(**channel), Answer(url=url, body=body, about=about or {}))

    return of


def test_a_page_is_known_by_the_address_that_the_site_lists(read: Callable[..., Candidate]) -> None:
    found = read(page(f"<p>{TEXT}</p>" * 3), url="http://a.example/moved", about={"url": URL})

    assert (found.url, found.title, found.channel) == (URL, "月球车如何过夜", "channel-a")
    assert TEXT in found.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"\x89PNG", "没有认出"),
        (page(""), "没有"),
        ("<div class='weui-msg'>该内容已被发布者删除 mp.weixin.qq.com</div>".encode(), "已被发布者删除"),
    ],
)
def test_a_page_without_an_article_says_why_and_what_to_do(
    read: Callable[..., Candidate], body: bytes, words: str
) -> None:
    with pytest.raises(Unreadable, match=words) as refused:
        read(body)

    assert refused.value.do


def test_a_film_with_few_words_is_a_video_and_a_clip_in_an_article_is_none(read: Callable[..., Candidate]) -> None:
    film = "<video src='/1.mp4'></video>"

    assert read(page(f"<p>{TEXT}</p>{film}")).kind is ItemKind.VIDEO
    assert read(page(f"<p>{TEXT}</p>" * (VIDEO_TEXT_CHARS // 20) + film)).kind is ItemKind.ARTICLE


def test_an_account_is_read_on_channels_of_wechat_alone(read: Callable[..., Candidate]) -> None:
    body = page(f"<p>{TEXT}</p>" * 3) + b"<script>var biz = 'MzAxMjM0NTY3OA==';</script>"

    assert read(body).account_biz == ""
    assert read(body, kind=ChannelKind.WECHAT).account_biz == "3012345678"


def test_a_page_of_another_account_than_its_address_names_is_refused(read: Callable[..., Candidate]) -> None:
    body = page(f"<p>{TEXT}</p>" * 3) + b"<script>var biz = 'MzAxMjM0NTY3OA==';</script>"

    with pytest.raises(Unreadable):
        read(body, kind=ChannelKind.WECHAT, url="https://mp.weixin.qq.com/s?__biz=MjM5MTAwMDAwMA==&mid=1")
