"""crawler.extract.players: what pages declare of films and streams comes to the medium that it is said of."""

import json
from datetime import datetime

import pytest

from crawler.extract.page import Page, read_page
from crawler.extract.players import NO_FACTS, moment_of, seconds_of, with_facts
from crawler.extract.state import PageState
from indexer.base.times import BEIJING
from indexer.catalogue.items import Media, MediaKind

PROSE = "".join(
    f"<p>第{n}段：蜻蜓的两对翅膀可以各自扇动，所以它能悬停，能倒飞，还能在空中急转弯。</p>" for n in range(6)
)
AT = "https://a.example/art/1.html"


def page(body: str, *, head: str = "", url: str = AT) -> Page:
    title = "蜻蜓怎样飞"
    article = f"<h1>{title}</h1><article>{body}</article>" if body else ""
    html = f"<html><head><title>{title}</title>{head}</head><body>{article}</body></html>"
    return read_page(html.encode(), url=url, content_type="text/html; charset=utf-8")


def linked(**entry: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(entry, ensure_ascii=False)}</script>'


def video(found: Page) -> Media:
    (only,) = [one for one in found.media if one.kind is MediaKind.VIDEO]
    return only


def test_a_player_of_the_article_tells_its_own_facts() -> None:
    found = page(
        f'{PROSE}<video src="/1.mp4" poster="/cover.jpg" data-title="飞行" data-duration="01:05"></video>{PROSE}'
    )

    assert video(found) == Media(
        kind=MediaKind.VIDEO,
        url="https://a.example/1.mp4",
        title="飞行",
        cover="https://a.example/cover.jpg",
        seconds=65,
    )


def test_json_ld_is_of_the_video_whose_address_it_names() -> None:
    said = linked(
        **{"@type": "VideoObject", "name": "悬停", "thumbnailUrl": ["/t.jpg"], "duration": "PT1M30S"},
        contentUrl="https://a.example/2.mp4",
    )
    found = page(f'{PROSE}<video src="/1.mp4"></video><video src="/2.mp4"></video>{PROSE}', head=said)

    facts = {one.url[-5:]: (one.title, one.cover[-6:], one.seconds) for one in found.media}
    assert facts == {"1.mp4": ("", "", None), "2.mp4": ("悬停", "/t.jpg", 90)}


def test_another_entity_s_video_is_not_the_article_s() -> None:
    said = linked(**{"@type": "VideoObject", "name": "往期：一杯水的旅行"}) + linked(
        **{"@type": "NewsArticle", "headline": "蜻蜓怎样飞"}
    )

    assert video(page(f'{PROSE}<video src="/1.mp4"></video>{PROSE}', head=said)).title == ""


def test_a_stream_has_its_beginning_end_and_replay() -> None:
    event = {"@type": "BroadcastEvent", "isLiveBroadcast": True}
    event |= {"startDate": "2026-09-18T19:00:00+08:00", "endDate": "2026-09-18T20:30:00+08:00"}
    said = linked(
        **{"@type": "VideoObject", "name": "今晚看月亮", "embedUrl": "https://player.example/live/7"},
        publication=event,
        recordedIn={"url": "https://a.example/replay/7"},
    )

    found = page("", head=said)

    assert found.state is PageState.OK
    assert video(found) == Media(
        kind=MediaKind.VIDEO,
        url="https://player.example/live/7",
        title="今晚看月亮",
        starts=datetime(2026, 9, 18, 19, tzinfo=BEIJING),
        ends=datetime(2026, 9, 18, 20, 30, tzinfo=BEIJING),
        replay="https://a.example/replay/7",
    )


def test_a_video_page_without_text_is_one_by_its_open_graph() -> None:
    metas = {
        "og:type": "video.other",
        "og:title": "落月全过程",
        "og:image": "//img.example/c.jpg",
        "og:video:url": "https://v.example/7.mp4",
        "video:duration": "754",
    }
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in metas.items())

    found = video(page("", head=head))

    assert (found.url, found.title, found.cover, found.seconds) == (
        "https://v.example/7.mp4",
        "落月全过程",
        "https://img.example/c.jpg",
        754,
    )


@pytest.mark.parametrize(
    ("url", "script"),
    [
        (
            "https://www.bilibili.com/video/BV1xx/",
            'window.__INITIAL_STATE__={"videoData":{"pic":"http://i0.hdslb.com/c.jpg","title":"落月","duration":90}};',
        ),
        (
            "https://v.qq.com/x/page/a.html",
            "var VIDEO_INFO = {title: '落月', duration: '90', pic_640_360: 'http://i0.hdslb.com/c.jpg'}",
        ),
    ],
)
def test_the_state_in_a_platform_s_scripts_is_read(url: str, script: str) -> None:
    head = f'<meta property="og:type" content="video"><script>{script}</script>'

    found = video(page("", head=head, url=url))

    assert (found.url, found.title, found.cover, found.seconds) == (url, "落月", "http://i0.hdslb.com/c.jpg", 90)


def test_a_player_in_wechat_has_its_cover_written_in_code() -> None:
    body = (
        '<div id="js_article"><div id="js_content"><p>正文</p><iframe class="video_iframe"'
        ' data-cover="http%3A%2F%2Fmmbiz.qpic.cn%2Fx%2F0" data-src="https://v.qq.com/iframe/preview.html?vid=a1"></iframe>'
        '<p><img data-src="https://mmbiz.qpic.cn/y/0"></p><p>图源：示例馆</p></div></div>'
    )
    found = read_page(f"<html><body>{body}</body></html>".encode(), url="https://mp.weixin.qq.com/s/abc")

    assert {one.kind: (one.cover, one.credit) for one in found.media} == {
        MediaKind.VIDEO: ("http://mmbiz.qpic.cn/x/0", ""),
        MediaKind.IMAGE: ("", "图源：示例馆"),
    }


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT1M30S", 90), ("PT1H", 3600), ("P1DT1S", 86401), ("PT15.033S", 15), ("01:30", 90), ("1:02:03", 3723),
        ("754", 754), ("", None), ("0", None), ("P", None), ("soon", None), ("PT99999H", None), ("9" * 30, None),
    ],
)  # fmt: skip
def test_a_length_is_read_as_it_is_written_anywhere(text: str, seconds: int | None) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-18T19:00:00+08:00", datetime(2026, 9, 18, 19, tzinfo=BEIJING)),
        ("1789729200", datetime.fromtimestamp(1789729200, BEIJING)),
        ("1789729200000", datetime.fromtimestamp(1789729200, BEIJING)),
        ("2026-09-18", None), ("", None), ("12", None), ("tonight", None),
    ],
)  # fmt: skip
def test_a_moment_has_an_hour(text: str, moment: datetime | None) -> None:
    assert moment_of(text) == moment


def test_a_page_that_declares_nothing_leaves_media_as_they_are() -> None:
    media = (Media(kind=MediaKind.VIDEO, url="https://a.example/1.mp4"),)
    found = page(PROSE)

    assert with_facts(media, NO_FACTS, None, base=AT) == media
    assert found.media == ()
