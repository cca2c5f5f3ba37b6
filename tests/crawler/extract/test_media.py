"""crawler.extract.media: which pictures, films and sounds belong to an article, and under which address."""

import pytest
from lxml.html import HtmlElement, fromstring

from crawler.extract.media import (
    LAZY,
    MOST_MEDIA,
    WECHAT_VOICE,
    absolute,
    is_icon,
    picture_url,
    player_url,
    read_all_media,
    read_media,
    voice_url,
)

PAGE = "http://a.example/art/1.html"


def article(inside: str) -> HtmlElement:
    return fromstring(f"<div>{inside}</div>")


def found(inside: str) -> list[tuple[str, str]]:
    return [(str(medium.kind), medium.url) for medium in read_media(article(inside), PAGE)]


@pytest.mark.parametrize("name", LAZY)
def test_a_picture_that_is_loaded_late_is_found_behind_its_placeholder(name: str) -> None:
    assert picture_url({"src": "/blank.gif", name: "/m.jpg 640w, /m2.jpg 2x"}, PAGE) == "http://a.example/m.jpg"


@pytest.mark.parametrize("src", ["data:image/gif;base64,AAAA", "/img/blank.gif", "/loading.svg", "x" * 5000])
def test_a_placeholder_alone_is_no_picture(src: str) -> None:
    assert picture_url({"src": src}, PAGE) == ""


def test_what_a_lazy_attribute_holds_besides_addresses_is_passed_over() -> None:
    assert picture_url({"data-src": "true", "src": "m.jpg"}, PAGE) == "http://a.example/art/m.jpg"


def test_media_stand_in_reading_order_each_once_and_without_icons() -> None:
    inside = """<img src="/1.jpg"><video src="/2.mp4"></video><img src="/1.jpg"><img src="/icon.png" width="16px">
        <audio><source src="/3.mp3"><source src="/3.ogg"></audio><picture><source srcset="/4.webp"></picture>"""

    assert found(inside) == [
        ("image", "http://a.example/1.jpg"),
        ("video", "http://a.example/2.mp4"),
        ("audio", "http://a.example/3.mp3"),
    ]


def test_of_a_wechat_article_icons_and_repetitions_count() -> None:
    inside = '<img data-src="https://b.example/1.png"><img data-src="https://b.example/1.png" width="16">'

    assert len(read_all_media(article(inside), None)) == 2


def test_more_media_than_any_article_has_are_cut_off() -> None:
    inside = "".join(f'<img src="/{n}.jpg">' for n in range(MOST_MEDIA + 5))

    assert len(found(inside)) == MOST_MEDIA


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({"src": "//v.qq.com/iframe/player.html?vid=a"}, "http://v.qq.com/iframe/player.html?vid=a"),
        (
            {"data-src": "https://player.bilibili.com/player.html?aid=1"},
            "https://player.bilibili.com/player.html?aid=1",
        ),
        ({"src": "https://ads.example/frame.html"}, ""),
        ({}, ""),
    ],
)
def test_only_frames_of_known_players_are_films(given: dict[str, str], url: str) -> None:
    assert player_url(given, PAGE) == url


@pytest.mark.parametrize(("voice", "url"), [("MzA5_abc-12", f"{WECHAT_VOICE}MzA5_abc-12"), ("a b", ""), ("", "")])
def test_a_recording_of_wechat_has_an_address_only_by_a_sound_id(voice: str, url: str) -> None:
    assert voice_url({"voice_encode_fileid": voice}) == url


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("2.html", "http://a.example/art/2.html"),
        ("//b.example/x", "http://b.example/x"),
        (" https://b.example/\n x ", "https://b.example/x"),
        ("#top", ""),
        ("javascript:alert(1)", ""),
        ("http://[broken", ""),
        ("/" + "x" * 5000, ""),
    ],
)
def test_an_address_is_absolute_http_or_none(given: str, url: str) -> None:
    assert absolute(given, PAGE) == url


def test_without_a_page_s_address_relative_links_are_none() -> None:
    assert absolute("/m.jpg", None) == ""
    assert absolute("//b.example/m.jpg", None) == "https://b.example/m.jpg"


@pytest.mark.parametrize(("width", "small"), [("16", True), ("32px", True), ("33", False), ("0", False), ("5%", False)])
def test_a_picture_is_an_icon_by_the_size_it_is_shown_at(width: str, *, small: bool) -> None:
    assert is_icon({"width": width}) is small


@pytest.mark.parametrize(
    ("srcset", "picture"),
    [
        ("/s.jpg 300w, /m.jpg 600w, /l.jpg 1200w", "l"),
        ("/l.jpg 2x,/m.jpg 1x", "l"),
        ("/l.jpg 2000w, /xl.jpg 6000w", "l"),
        ("/xl.jpg 9000w, /l.jpg 5000w", "l"),
        ("/other.jpg", "m"),
        ("data:image/gif;base64,AAAA 1x", "m"),
        ("", "m"),
    ],
)
def test_of_a_set_the_largest_that_is_not_beyond_all_use_stands_above_src(srcset: str, picture: str) -> None:
    assert picture_url({"src": "/m.jpg", "srcset": srcset}, PAGE) == f"http://a.example/{picture}.jpg"
