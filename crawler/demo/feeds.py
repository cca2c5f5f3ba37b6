"""The demo's feeds: RSS with text or with summaries, Atom, JSON Feed."""

import json
from email.utils import format_datetime
from html import escape

from crawler.demo.campaign import Article, Form, Outlet
from crawler.demo.pages import body_of, moment_of, picture_of

SUMMARY_CHARS = 60


def feed_of(outlet: Outlet, origin: str) -> tuple[str, str, str]:
    """Return the file name, media type and text of an outlet's feed."""
    match outlet.form:
        case Form.ATOM:
            return "atom.xml", "application/atom+xml", _atom(outlet, origin)
        case Form.JSON:
            return "feed.json", "application/feed+json", _json(outlet, origin)
        case _:
            return "feed.xml", "application/rss+xml", _rss(outlet, origin)


def _rss(outlet: Outlet, origin: str) -> str:
    entries = "\n".join(_rss_entry(outlet, article, origin) for article in outlet.articles)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>{escape(outlet.title)}</title><link>{origin}{outlet.prefix}</link><description>{escape(outlet.title)}</description>
{entries}
</channel></rss>"""


def _rss_entry(outlet: Outlet, article: Article, origin: str) -> str:
    link = origin + outlet.path_of(article)
    if article.video:
        film = f"{origin}/films/{article.video}.webm"
        summary = escape(" ".join(article.paragraphs))
        cover = f'<media:thumbnail url="{picture_of(article, origin)}"/>'
        text = f'<description>{summary}</description><enclosure url="{film}" type="video/webm" length="0"/>{cover}'
    elif outlet.form is Form.RSS_SUMMARY:
        text = f"<description>{escape(article.paragraphs[0][:SUMMARY_CHARS])}…</description>"
    else:
        text = f"<content:encoded>{escape(body_of(article, origin))}</content:encoded>"
    return f"""<item><title>{escape(article.title)}</title><link>{link}</link><guid isPermaLink="true">{link}</guid>
<pubDate>{format_datetime(moment_of(article))}</pubDate><dc:creator>{escape(article.author)}</dc:creator>{text}</item>"""


def _atom(outlet: Outlet, origin: str) -> str:
    entries = "\n".join(
        f"""<entry><title>{escape(article.title)}</title><id>{origin}{outlet.path_of(article)}</id>
<link href="{origin}{outlet.path_of(article)}"/><published>{moment_of(article).isoformat()}</published>
<updated>{moment_of(article).isoformat()}</updated><author><name>{escape(article.author)}</name></author>
<content type="html">{escape(body_of(article, origin))}</content></entry>"""
        for article in outlet.articles
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(outlet.title)}</title><id>{origin}{outlet.prefix}</id>
<updated>{moment_of(outlet.articles[0]).isoformat()}</updated>
{entries}
</feed>"""


def _json(outlet: Outlet, origin: str) -> str:
    entries = [
        {
            "id": origin + outlet.path_of(article),
            "url": origin + outlet.path_of(article),
            "title": article.title,
            "date_published": moment_of(article).isoformat(),
            "authors": [{"name": article.author}],
            "content_html": body_of(article, origin),
        }
        for article in outlet.articles
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.title, "items": entries}
    return json.dumps(feed, ensure_ascii=False)
