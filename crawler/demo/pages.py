"""The demo's pages as their kinds of sites write them: government lists, plain articles, WeChat-style pages."""

import base64
import json
from datetime import datetime
from html import escape

from crawler.demo.campaign import Article, Form, Outlet
from indexer.base.times import BEIJING


def page_of(outlet: Outlet, article: Article, origin: str) -> str:
    """Return an article's page; origin: `http://host:port` of the simulator."""
    match outlet.form:
        case Form.WECHAT:
            return _wechat_page(article, outlet, origin)
        case Form.SITE:
            return _government_page(article, outlet, origin)
        case _:
            return _plain_page(article, outlet, origin)


def list_of(outlet: Outlet) -> str:
    """Return a site's list page, as government sites write it: links with a day beside each."""
    rows = "\n".join(
        f'<li><a href="{outlet.path_of(article)}" title="{escape(article.title)}">{escape(article.title)}</a>'
        f"<span>{article.at[:10]}</span></li>"
        for article in outlet.articles
    )
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="{outlet.encoding}">
<title>{escape(outlet.title)}</title></head>
<body>{_menu(outlet)}<div class="main"><h2>工作动态</h2><ul class="news-list">
{rows}
</ul></div>{_footer(outlet)}</body></html>"""


def moment_of(article: Article) -> datetime:
    """Return when an article was published; a bare day counts from its midnight."""
    return datetime.fromisoformat(article.at).replace(tzinfo=BEIJING)


def picture_of(article: Article, origin: str) -> str:
    """Return the address of an article's picture, which is also its film's cover."""
    return f"{origin}/pictures/{article.picture}-{article.id}.jpg"


def body_of(article: Article, origin: str) -> str:
    """Return the article's text as HTML, with its picture or film."""
    picture = picture_of(article, origin)
    film = f'<video src="{origin}/films/{article.video}.webm" poster="{picture}" controls></video>'
    lead = film if article.video else f'<img src="{picture}" alt="{escape(article.title)}" width="960" height="540">'
    return f"<p>{lead}</p>\n" + "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)


def _government_page(article: Article, outlet: Outlet, origin: str) -> str:
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="{outlet.encoding}">
<title>{escape(article.title)}_{escape(outlet.title)}</title>
<meta name="SiteName" content="{escape(outlet.title)}"><meta name="ColumnName" content="工作动态">
<meta name="ArticleTitle" content="{escape(article.title)}"><meta name="PubDate" content="{article.at}">
<meta name="ContentSource" content="{escape(article.author)}"></head>
<body>{_menu(outlet)}<div class="position">当前位置：<a href="{outlet.prefix}">首页</a> &gt; 工作动态</div>
<h1>{escape(article.title)}</h1>
<div class="info"><span>日期：{article.at}</span> <span>来源：{escape(article.author)}</span></div>
<div class="TRS_Editor" id="zoom">{body_of(article, origin)}</div>{_footer(outlet)}</body></html>"""


def _plain_page(article: Article, outlet: Outlet, origin: str) -> str:
    declared = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title,
        "datePublished": moment_of(article).isoformat(),
        "author": {"@type": "Organization", "name": article.author},
    }
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{escape(article.title)} - {escape(outlet.title)}</title>
<meta property="og:title" content="{escape(article.title)}">
<script type="application/ld+json">{json.dumps(declared, ensure_ascii=False)}</script></head>
<body>{_menu(outlet)}<main><header><h1>{escape(article.title)}</h1>
<p class="byline">{escape(article.author)} · {article.at}</p></header>
<article>{body_of(article, origin)}</article></main>
{_footer(outlet)}</body></html>"""


def _wechat_page(article: Article, outlet: Outlet, origin: str) -> str:
    body = body_of(article, origin).replace('<img src="', '<img data-src="')
    biz = base64.b64encode(outlet.biz.encode()).decode()
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title></title>
<link rel="dns-prefetch" href="//res.wx.qq.com"><meta property="og:title" content="{escape(article.title)}">
<meta name="author" content="{escape(article.author)}"></head>
<body id="activity-detail" class="zh_CN"><div id="js_article" class="rich_media"><div id="img-content">
<h1 class="rich_media_title" id="activity-name">{escape(article.title)}</h1>
<div id="meta_content"><span class="rich_media_meta rich_media_meta_text">{escape(article.author)}</span>
<a id="js_name" href="javascript:void(0);">{escape(outlet.title)}</a><em id="publish_time"></em></div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden;">
{body}</div></div></div>
<script>var biz = "{biz}" || ""; var user_name = "{outlet.original_id}";
var nickname = {_script_text(outlet.title)}; var msg_title = {_script_text(article.title)};
var ct = "{int(moment_of(article).timestamp())}";</script></body></html>"""


def _script_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c")


def _menu(outlet: Outlet) -> str:
    links = "".join(f'<a href="{outlet.prefix}{name}/">{label}</a> ' for name, label in MENU.items())
    return f'<div class="header"><h2>{escape(outlet.title)}</h2><div class="nav">{links}</div></div>'


def _footer(outlet: Outlet) -> str:
    return f'<div class="footer">主办：{escape(outlet.title)}　演示页面，单位与内容均为虚构单位所发</div>'


MENU = {"about": "单位介绍", "services": "公众服务", "contact": "联系我们"}
