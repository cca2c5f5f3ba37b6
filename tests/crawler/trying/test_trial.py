"""A site is tried: by which source, its list, its first articles, and what else it offers."""

import json

import pytest

from config.settings import Settings
from config.words import ChannelKind
from crawler.exchange import Answer as Came
from crawler.exchange import Unreadable
from crawler.guard import FetchRefused
from crawler.trying.trial import channel_of, try_address, try_file
from indexer.catalogue.items import MediaKind
from indexer.whitelist.trials import Offer, Proposal, Trial
from tests.simulators.website import Answer, Website

TEXT = "蜻蜓的两对翅膀可以各自扇动，所以它能悬停，能倒飞，还能在空中急转弯，捕捉飞行中的小虫。"
TITLES = [f"蜻蜓怎样飞行的第{number}个问题" for number in range(5)]
LIST = "".join(
    f'<li><a href="/news/{number}.html">蜻蜓怎样飞行的第{number}个问题</a><span>2026-09-1{number}</span></li>'
    for number in range(5)
)
PAGE = f"<html><head><title>首页</title>{{head}}</head><body><ul class=news>{LIST}</ul></body></html>"


def article(number: int) -> str:
    title, picture = TITLES[number], f'<img src="/p{number}.jpg">'
    body = f"<h1>{title}</h1><p>发布时间：2026-09-1{number}</p><p>{TEXT * 4}</p>{picture}"
    return f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>"


def feed(website: Website, *, entries: int = 2) -> str:
    items = "".join(
        f"<item><title>蜻蜓{number}</title><link>{website.origin}/news/{number}.html</link>"
        f"<pubDate>Thu, 17 Sep 2026 08:00:00 +0800</pubDate></item>"
        for number in range(entries)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>示例</title>{items}</channel></rss>'


@pytest.fixture
def site(website: Website) -> Website:
    """A site with a list page and its articles."""
    website.page("/news/", PAGE.format(head=""))
    for number in range(5):
        website.page(f"/news/{number}.html", article(number))
    return website


def tried(settings: Settings, website: Website, path: str = "/news/", **fields: object) -> Trial:
    return try_address(settings, Proposal(address=f"{website.origin}{path}", **fields))  # type: ignore[arg-type]


def test_a_list_page_is_read_with_its_first_three_articles(settings: Settings, site: Website) -> None:
    found = tried(settings, site)

    assert (found.source, found.kind, found.hosts, found.listed) == ("site", ChannelKind.SITE, (site.host,), 5)
    assert [row.url for row in found.rows] == [f"{site.origin}/news/{number}.html" for number in range(5)]
    assert (found.rows[1].title, found.rows[1].day) == (TITLES[1], "2026-09-11")
    assert found.why
    assert [piece.title for piece in found.pieces] == TITLES[:3]
    first = found.pieces[0]
    assert (first.published, first.chars > 100) == ("2026-09-10", True)
    assert TEXT[:10] in first.text
    assert [medium.kind for medium in first.media] == [MediaKind.IMAGE]
    assert site.asked("/news/3.html") == []


def test_an_article_that_cannot_be_read_says_why_and_the_others_are_read(settings: Settings, site: Website) -> None:
    site.answers["/news/1.html"] = Answer(status=404)

    pieces = tried(settings, site).pieces

    assert [bool(piece.why_not) for piece in pieces] == [False, True, False]
    assert "回答 404" in pieces[1].why_not
    assert pieces[1].title == TITLES[1]


def test_an_article_that_leads_out_of_the_path_says_so(settings: Settings, site: Website) -> None:
    site.answers["/news/0.html"] = Answer(status=302, headers={"Location": "/other/0.html"})
    site.page("/other/0.html", article(0))

    first = tried(settings, site, path="/news/", hosts=(site.host,)).pieces[0]
    narrow = try_address(settings, Proposal(address=f"{site.origin}/news/", path="/news/")).pieces[0]

    assert not first.why_not
    assert "范围之外" in narrow.why_not


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("/own.xml", '<link rel="alternate" type="application/rss+xml" href="/own.xml">'),
        ("/rss.xml", ""),
    ],
)
def test_a_feed_that_the_page_declares_or_that_lies_in_a_common_place_is_offered_and_suggested(
    settings: Settings, site: Website, path: str, head: str
) -> None:
    site.page("/news/", PAGE.format(head=head))
    site.answers[path] = Answer(body=feed(site).encode())

    found = tried(settings, site)

    offer = Offer(source="feed", address=f"{site.origin}{path}", articles=2)
    assert found.offers == (offer,)
    assert found.best(Proposal(address=f"{site.origin}/news/")) == offer


def test_what_answers_in_a_common_place_and_is_no_feed_or_an_empty_one_is_not_offered(
    settings: Settings, site: Website
) -> None:
    site.page("/feed", "<html><body>找不到网页</body></html>")
    site.answers["/rss.xml"] = Answer(body=feed(site, entries=0).encode())

    found = tried(settings, site)

    own = Offer(source="site", address=f"{site.origin}/news/", articles=5)
    assert found.offers == ()
    assert found.best(Proposal(address=f"{site.origin}/news/")) == own


def test_a_feed_elsewhere_is_not_asked_for(settings: Settings, site: Website) -> None:
    site.page(
        "/news/", PAGE.format(head='<link rel="alternate" type="application/rss+xml" href="http://else.example/f">')
    )

    assert tried(settings, site).offers == ()


def test_a_source_that_is_named_is_used_and_nothing_else_is_looked_for(settings: Settings, site: Website) -> None:
    found = tried(settings, site, source="site", options={"list": "ul.news li:first-child a"})

    assert [row.url for row in found.rows] == [f"{site.origin}/news/0.html"]
    assert site.asked("/feed") == []


def test_an_option_that_cannot_be_used_says_so(settings: Settings, site: Website) -> None:
    with pytest.raises(Unreadable, match="采集选项 pages 写法不对"):
        tried(settings, site, source="site", options={"pages": "many"})


def test_a_feed_is_told_by_the_answer_and_its_summaries_are_read_by_their_pages(
    settings: Settings, site: Website
) -> None:
    site.answers["/f"] = Answer(body=feed(site).encode())

    found = tried(settings, site, "/f")

    assert (found.source, found.why, found.offers) == ("feed", "按订阅源（RSS、Atom、JSON Feed）读取，列出 2 篇", ())
    assert found.rows[0].day == "2026-09-17T08:00:00+08:00"
    assert [piece.title for piece in found.pieces] == TITLES[:2]


def test_a_page_without_a_list_that_is_an_article_is_shown_as_one(settings: Settings, site: Website) -> None:
    found = tried(settings, site, "/news/2.html")

    assert found.rows == ()
    assert found.why.endswith("请登记列出文章的栏目页，或由单位推送这一篇")
    assert [piece.title for piece in found.pieces] == TITLES[2:3]
    assert found.best(Proposal(address=f"{site.origin}/news/2.html")) is None


def test_a_page_that_is_neither_says_why_there_is_no_list(settings: Settings, site: Website) -> None:
    site.page("/empty/", "<html><body><div id=list></div></body></html>")

    found = tried(settings, site, "/empty/")

    assert (found.rows, found.pieces) == ((), ())
    assert found.why


def test_a_site_that_moved_has_both_hosts(settings: Settings, site: Website) -> None:
    asked = f"{site.origin}/news/"

    channel = channel_of(Proposal(address="http://old.example/"), Came(url=asked, body=b"<html>"))

    assert channel.hosts == ("old.example", site.host)


def test_a_page_that_cannot_be_fetched_is_refused_in_words(settings: Settings, site: Website) -> None:
    with pytest.raises(FetchRefused, match="回答 404"):
        tried(settings, site, "/nothing/")


def test_a_private_address_is_refused_as_everywhere(settings: Settings, site: Website) -> None:
    guarded = settings.model_copy(update={"private_hosts": ()})

    with pytest.raises(FetchRefused, match="指向内部地址"):
        tried(guarded, site)


def test_a_saved_page_gives_its_list_and_nothing_is_asked_for(site: Website) -> None:
    asked = Proposal(address=f"{site.origin}/news/", hosts=(site.host,))

    found = try_file(asked, PAGE.format(head="").encode())

    assert (found.listed, found.pieces, found.offers) == (5, (), ())
    assert site.seen == []


def test_a_saved_feed_is_told_too() -> None:
    saved = json.dumps(
        {"version": "https://jsonfeed.org/version/1", "items": [{"url": "http://a.example/1", "title": "霾"}]}
    )

    found = try_file(Proposal(address="http://a.example/"), saved.encode())

    assert (found.source, [row.title for row in found.rows]) == ("feed", ["霾"])


def test_a_sitemap_of_sitemaps_is_followed_to_the_one_that_names_articles(settings: Settings, site: Website) -> None:
    site.answers["/map.xml"] = Answer(
        body=f"<sitemapindex><sitemap><loc>{site.origin}/news.xml</loc></sitemap></sitemapindex>".encode()
    )
    listed = "".join(f"<url><loc>{site.origin}/news/{number}.html</loc></url>" for number in range(5))
    site.answers["/news.xml"] = Answer(body=f"<urlset>{listed}</urlset>".encode())

    found = tried(settings, site, "/map.xml")

    assert (found.source, found.listed, [piece.title for piece in found.pieces]) == ("sitemap", 5, TITLES[:3])


def test_a_json_list_says_which_option_it_lacks_and_is_read_with_it(settings: Settings, site: Website) -> None:
    rows = [{"url": f"/news/{number}.html", "title": title} for number, title in enumerate(TITLES)]
    site.answers["/list.json"] = Answer(body=json.dumps({"data": {"rows": rows}}).encode())

    lacking = tried(settings, site, "/list.json")
    whole = tried(settings, site, "/list.json", options={"items": "data.rows"})

    assert (lacking.source, lacking.rows) == ("json_list", ())
    assert "data.rows" in lacking.why
    assert ([row.title for row in whole.rows], whole.pieces[0].title) == (TITLES, TITLES[0])


def test_the_sitemap_that_robots_txt_names_is_offered(settings: Settings, site: Website) -> None:
    site.answers["/robots.txt"] = Answer(body=f"User-agent: *\nSitemap: {site.origin}/map.xml\n".encode())
    site.answers["/map.xml"] = Answer(body=f"<urlset><url><loc>{site.origin}/news/1.html</loc></url></urlset>".encode())

    found = tried(settings, site)

    assert found.offers == (Offer(source="sitemap", address=f"{site.origin}/map.xml", articles=1),)
