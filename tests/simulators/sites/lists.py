"""What a site says that it has published: a list page, a feed, a sitemap, JSON, the feed of a bridge."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from types import MappingProxyType

from indexer.base.times import BEIJING
from tests.simulators.world.accounts import Form, Site
from tests.simulators.world.posts import Post

ROWS = 20
Address = Callable[[Post], str]
RSS, XML, HTML, JSON = "application/rss+xml", "application/xml", "text/html", "application/json"


def written(site: Site, posts: Sequence[Post], address: Address) -> tuple[str, str]:
    """Return the list and its media type; address: of a post."""
    media_type, write = _FORMS[site.form]
    return media_type, write(site, posts[:ROWS], address)


def post_page(site: Site, post: Post, picture: str) -> str:
    """Return an article's page; picture: address of the first picture, empty where there is none."""
    title, at = escape(post.title), _moment(post.at)
    image = f'<p><img src="{picture}" alt="{title}" width="320" height="180"></p>' if picture else ""
    body = image + "".join(f"<p>{escape(paragraph)}</p>" for paragraph in post.paragraphs)
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_{escape(site.name)}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{at}">
<meta name="ContentSource" content="{escape(site.name)}"></head><body>
<div class="position">当前位置：<a href="{site.base}/list/">首页</a> &gt; 工作动态</div>
<h1>{title}</h1><div class="info"><span>日期：{at}</span> <span>来源：{escape(site.name)}</span></div>
<div class="TRS_Editor" id="zoom">{body}</div><div class="footer">主办：{escape(site.name)}</div></body></html>"""


def _list_page(site: Site, posts: Sequence[Post], address: Address) -> str:
    rows = "\n".join(
        f'<li><a href="{escape(address(post))}" title="{escape(post.title)}">{escape(post.title)}</a>'
        f"<span>{_moment(post.at)[:10]}</span></li>"
        for post in posts
    )
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(site.name)}</title></head>
<body><div class="nav"><a href="{site.base}/about.html">关于我们</a></div><div class="main"><h2>工作动态</h2>
<ul class="news-list">
{rows}
</ul></div><div class="footer">主办：{escape(site.name)}</div></body></html>"""


def _feed(site: Site, posts: Sequence[Post], address: Address) -> str:
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{escape(address(post))}</link>"
        f'<guid isPermaLink="true">{escape(address(post))}</guid><pubDate>{format_datetime(post.at)}</pubDate>'
        f"<description>{escape(_html(post))}</description></item>"
        for post in posts
    )
    head = f"<title>{escape(site.name)}</title><link>{site.base}/</link><language>zh-cn</language>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def _sitemap(_site: Site, posts: Sequence[Post], address: Address) -> str:
    urls = "".join(
        f"<url><loc>{escape(address(post))}</loc><lastmod>{post.changed_at.isoformat(timespec='seconds')}</lastmod></url>"
        for post in posts
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{space}">{urls}</urlset>'


def _json(_site: Site, posts: Sequence[Post], address: Address) -> str:
    rows = [{"title": post.title, "url": address(post), "date": _moment(post.at)} for post in posts]
    return json.dumps({"code": 0, "data": {"list": rows}}, ensure_ascii=False)


def _html(post: Post) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in post.paragraphs)


def _moment(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


Write = Callable[[Site, Sequence[Post], Address], str]
_FORMS: Mapping[Form, tuple[str, Write]] = MappingProxyType(
    {
        Form.LIST: (HTML, _list_page),
        Form.FEED: (RSS, _feed),
        Form.SITEMAP: (XML, _sitemap),
        Form.JSON: (JSON, _json),
        Form.BRIDGE: (RSS, _feed),
    }
)
