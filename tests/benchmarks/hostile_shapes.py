"""Texts and pages made to be slow to read: one shape a function, each as long as it is asked to be."""

from collections.abc import Callable, Mapping
from html import escape

Shape = Callable[[int], str]
"""Characters wanted → a text of about so many."""


def again(piece: str, *, before: str = "", after: str = "") -> Shape:
    """The piece again and again; `{n}` in it counts."""
    if "{n}" not in piece:
        return lambda chars: before + piece * max(1, chars // len(piece)) + after
    return lambda chars: (
        before + "".join(piece.replace("{n}", str(n)) for n in range(chars // (len(piece) + 2))) + after
    )


def halves(first: str, second: str, *, before: str = "") -> Shape:
    """Half of it the one piece, half the other: many opened, then many looked for among them."""
    return lambda chars: again(first, before=before)(chars // 2) + again(second)(chars // 2)


PROSE = "月球的夜晚长达十四个地球日，月球车要在零下一百多摄氏度里休眠。"
ARTICLE = f"<title>月球车如何过夜_示例馆</title><h1>月球车如何过夜</h1><p>2026-09-17 来源：示例馆</p><p>{PROSE * 4}</p>"

TEXTS: Mapping[str, Shape] = {
    "prose": again(PROSE),
    "one long word": again("a"),
    "at signs": again("a@"),
    "no at sign at last": again("a"),
    "digits": again("1"),
    "digits and dots": again("1."),
    "digits and blanks": again("1 "),
    "round brackets": again("("),
    "half brackets": again("(a"),
    "years": again("年"),
    "numbers of years": again("二〇"),
    "dates": again("2026-09-17 "),
    "dates with clocks": again("2026年9月17日 10:00 "),
    "half dates": again("17. September "),
    "colons": again("作者："),
    "slashes": again("记者/"),
    "telephones": again("13800138000 "),
    "addresses": again("http://a.example/{n} "),
    "words of rules": again("最高级 免费 加微信 "),
    "quotation marks": again("“”"),
    "full stops": again("。"),
    "line ends": again("\n"),
    "blanks": again(" "),
    "blanks before a letter": again(" " * 400 + "a"),
    "dashes": again("-"),
    "separators": again("a_"),
    "entities": again("&amp;"),
    "broken entities": again("&amp"),
    "less-than signs": again("<"),
    "emoji": again("👩‍🚀"),
    "combining marks": again("\u0301"),
    "capitals that grow": again("İ"),
    "ligatures": again("ﷺ"),
    "full width": again("Ａ１"),
    "sentences": again("甲{n}。"),
    "the same sentence": again("甲。"),
    "one letter": again("月"),
}

ROW = "<li><a href='/a/{n}.html'>月球车第{n}次过夜</a>2026-09-17</li>"
NESTED_LIST = "<ul class=b><li class=b><a class=t href=/{n}.html>月球车过夜</a>2026-09-17月"
LISTS: Mapping[str, Shape] = {
    "dated rows": again(ROW, before="<ul>"),
    "lists of three rows": again(f"<ul>{ROW * 3}</ul><p>月</p>"),
    "pieces of a list": again(f"<ul>{ROW * 2}</ul><br><br>"),
    "lists and pagers": again(f"<div><ul>{ROW * 3}</ul><b>下一页</b><b>月</b></div>"),
    "nested lists with days": again("<ul><li><a href=/{n}.html>月球车过夜</a>09-17"),
    "nested lists of one class": again(f"{NESTED_LIST * 20}{ROW * 3}{'</li></ul>' * 20}"),
    "rows of many links": again("<p>" + "<a href=/a/{n}.html>月球车过夜</a>" * 11 + "</p>"),
    "rows by script, nested": again("<div data-href='/{n}.html'>月"),
    "rows by script": again("<li onclick=\"location.href='/{n}.html'\">月球车过夜</li>"),
    "titles of brackets": again(f"<li><a href='/{{n}}.html'>{'[' * 500}2026-09-17{'.' * 400}a</a></li>"),
    "titles of dots": again(f"<li><a href='/{{n}}.html' title='月球车'>{'.' * 900}a</a></li>"),
    "parts of days": again("<li><a href=/{n}.html>月</a>" + "<b>30</b><b>09</b><b>2026</b>" * 9 + "</li>"),
    "records": again("<record><![CDATA[<li><a href='/{n}.html'>月球车</a></li>]]></record>", before="<datastore>"),
    "half records": again("<record><![CDATA["),
    "stores": again("<script><datastore></datastore></script>"),
    "half stores": again("<script><datastore>"),
    "recordsets": again("<recordset>"),
    "days of scripts": again("<li><a href=/{n}.html>月</a><script>document.write('2026-09-17')</script></li>"),
    "marks without end": again('\\"', before="<script>var a='", after="</script>"),
    "objects of scripts": again("{{title:'月{n}',url:'/{n}'}},", before="<script>var a=[", after="]</script>"),
    "inline in inline": again("月<b>"),
    "definitions": again("<dt>2026-09-17<dd><a href=/{n}.html>月球车过夜</a>", before="<dl>"),
}

_ELEMENTS: Mapping[str, Shape] = {
    "flat links": again("<a href='/art/{n}.html'>月球车如何过夜{n}</a>"),
    "links in a list": again("<li><a href='/art/{n}.html'>月球车如何过夜{n}</a><span>2026-09-17</span></li>"),
    "links in spans": again("<span><a href=/{n}>月球车如何过夜{n}</a></span>"),
    "links of one class": again("<a class='a b c d e f g' href=/{n}>月</a>"),
    "links without an end": again("<a href=/{n}>月"),
    "nested divs": again("<div>"),
    "nested divs with text": again("<div>月球车"),
    "nested links": again("<div><a href=/1>月"),
    "nested blocks": again("<p><div>"),
    "nested lists": again("<ul><li>月"),
    "nested tables": again("<table><tr><td>"),
    "nested bold": again("<b>"),
    "bold with classes, paragraphs": halves("<b class=c{n}>", "<p>月"),
    "fonts, paragraphs": halves("<font color=c{n}>", "<p>月"),
    "nested spans, paragraphs": halves("<span>", "<p>月</p>"),
    "nested spans, wrong ends": halves("<span>", "</i>"),
    "nested divs, comments": halves("<div>", "<!-- -->"),
    "wrong ends": again("</p></div>"),
    "line breaks": again("月<br>"),
    "only line breaks": again("<br>"),
    "paragraphs": again("<p>月球车如何过夜，夜里很冷。</p>"),
    "different paragraphs": again("<p>月球车第{n}次过夜，夜里很冷，零下一百多摄氏度。</p>"),
    "short paragraphs": again("<p>月</p>"),
    "headings": again("<h2>月球车如何过夜</h2>"),
    "different headings": again("<h2>月球车第{n}次如何过夜</h2>"),
    "titles by class": again("<div class=title>月球车第{n}次</div>"),
    "authors by class": again("<div class=author>王芳</div>"),
    "heads of related links": again("<h3>相关阅读</h3><p>月球车如何过夜。</p>"),
    "heads of comments": again("<p>评论</p>"),
    "comments by class": again("<div class=comment>好看。</div>"),
    "dates": again("<p>2026-09-17</p>"),
    "bylines": again("<p>作者：王芳</p>"),
    "pictures": again("<img src=/p/{n}.jpg>"),
    "lazy pictures": again("<img data-src=/p/{n}.jpg src=blank.gif>"),
    "players": again("<iframe src='https://v.qq.com/{n}'></iframe>"),
    "videos": again("<video src=/v{n}.mp4></video>"),
    "a video of many sources": again("<source src=/v{n}.mp4>", before="<video>", after="</video>"),
    "flat tables": again("<table><tr><td>月</td></tr></table>"),
    "rows": again("<tr><td>月</td><td>球</td></tr>", before="<table>", after="</table>"),
    "cells": again("<td>月</td>", before="<table><tr>", after="</table>"),
    "text between rows": again("月<tr>", before="<table>"),
    "embeds": again("<embed src=/1>"),
    "half embeds": again("<embed "),
    "half tags": again("<p "),
    "half closers": again("</body "),
    "comments": again("<!-- 月 -->"),
    "half comments": again("<!--"),
    "CDATA": again("<![CDATA[月]]>"),
    "half CDATA": again("<![CDATA["),
    "instructions": again("<?xml a?>"),
    "scripts": again("<script>var a=1</script>"),
    "half scripts": again("<script>"),
    "styles": again("<style>a{}</style>"),
    "svg": again("<svg><g>"),
    "forms": again("<form><input>"),
    "objects": again("<object><param>"),
    "hidden": again("<p style='display:none'>月</p>"),
    "microdata": again("<p itemprop=author>王芳</p>"),
    "times": again("<time datetime=2026-09-17>今天</time>"),
    "ruby": again("<ruby>月<rt>yue"),
    "preformatted": again("<pre>\n\n月\n"),
    "WeChat notices": again("<div class=weui-msg>月</div>"),
}
_ATTRIBUTES: Mapping[str, Shape] = {
    "attributes": again(" a{n}=1", before="<p", after=">月</p>"),
    "tags in a tag's name": again("<a"),
    "tags in a value": again("<a/b="),
    "tags in values in quotation marks": again("<a b=\"<a b='"),
    "tags in a value before a long one": halves("<a/b=", "月", before="<p>"),
    "attributes of a link": again(" a{n}=1", before="<a href=/1", after=">月球车如何过夜</a>"),
    "the same attribute": again(" a=1", before="<p", after=">月</p>"),
    "many classes": again("c{n} ", before="<p class='", after="'>月</p>"),
    "a class of capitals": again("Aa", before="<p class='", after="'>月</p>"),
    "a long style": again("color:red;", before="<p style='", after="'>月</p>"),
    "a long address": again("a/../", before="<a href='/", after="'>月球车如何过夜</a>"),
    "a long picture's address": again("blank", before="<img src='", after="'>"),
    "a placeholder": again("loading", before="<img data-src='/", after="'>"),
    "a data address": again("A", before="<img src='data:image/gif;base64,", after="'>"),
    "blanks in an address": again(" ", before="<img src='", after="'>"),
    "a source set": again("/p{n}.jpg 1x, ", before="<img data-srcset='", after="'>"),
    "a long link": again("月", before="<a href=/1>", after="</a>"),
}
_LINKED = "<script type=application/ld+json>"
_ACCOUNT = "<div id=js_content class=rich_media_content>mmbiz</div><script>"
_POST = "<div id=js_article class=share_content_page>mmbiz</div><script>picture_page_info_list=["
_HEADS: Mapping[str, Shape] = {
    "a long title": again("月", before="<title>", after="</title>"),
    "a title of separators": again("月_", before="<title>", after="</title>"),
    "a title of dashes": again(" - 月", before="<title>", after="</title>"),
    "a title of blanks": again(" ", before="<title>月", after="月</title>"),
    "meta tags": again("<meta name=author content=王芳{n}>"),
    "declared titles": again("<meta property=og:title content=月球车{n}>"),
    "declared times": again("<meta name=pubdate content='2026-09-{n}'>"),
    "a long declared time": again("2026-09-17 ", before="<meta name=pubdate content='", after="'>"),
    "charsets": again("<meta charset="),
    "JSON-LD": again('{"@type":"Article","author":"王芳{n}"},', before=f"{_LINKED}[", after="{}]</script>"),
    "nested JSON-LD": again("[", before=f"{_LINKED}", after="</script>"),
    "JSON-LD of commas": again(",", before=f"{_LINKED}", after="</script>"),
    "JSON-LD of blanks": again(", ", before=f"{_LINKED}[1", after="</script>"),
    "broken JSON-LD": again('"datePublished":"', before=f"{_LINKED}{{", after="</script>"),
    "script times": again("publishTime:'2026-09-17',", before="<script>", after="</script>"),
    "WeChat values": again("nick_name='a", before=_ACCOUNT, after="</script>"),
    "WeChat numbers": again("ct=0;", before=_ACCOUNT, after="</script>"),
    "WeChat quotes": again("msg_title:'\\\\", before=_ACCOUNT, after="</script>"),
    "WeChat pictures": again(
        "{cdn_url:'https://mmbiz.qpic.cn/{n}'},",
        before=_POST,
        after="]</script>",
    ),
    "WeChat brackets": again("[", before=f"{_POST}{{", after="</script>"),
    "WeChat braces": again("{[", before=_POST, after="</script>"),
}
_HEADLINE = "<title>月球车如何过夜_示例馆</title><h1>月球车如何过夜</h1>"
_TEXT = f"<div class=v_news_content><p>{PROSE * 4}</p></div>"
_BESIDE: Mapping[str, Shape] = {
    "pictures above the text": again("<p><img src=/p/{n}.jpg></p>", before=f"{_HEADLINE}<div>", after=f"</div>{_TEXT}"),
    "players above the text": again("<p><video src=/{n}.mp4></p>", before=f"{_HEADLINE}<div>", after=f"</div>{_TEXT}"),
    "pictures below the text": again("<p><img src=/p/{n}.jpg></p>", before=f"{_HEADLINE}{_TEXT}<div>", after="</div>"),
    "pictures that wait, with noscript": again("<img><noscript><img src=/p/{n}.jpg></noscript>", before=_HEADLINE),
    "elements named as the text": again("<article>月</article>", before=_HEADLINE, after=_TEXT),
    "elements named as the text, nested": again("<article>月", before=_HEADLINE, after=_TEXT),
    "date lines above the text": again("<p>时间：2026-09-17 2026-09-18</p>", before=_HEADLINE, after=_TEXT),
    "signatures": again("<p>示例学会</p><p>2026年9月17日</p>", before=_HEADLINE + _TEXT),
    "videos of scripts": again("<p><script vurl=/{n}.mp4></script></p>", before=_HEADLINE, after=_TEXT),
    "videos of boxes": again("<div sudy-wp-src=/{n}.mp4>", before=_HEADLINE, after=_TEXT),
    "marks without end": again('\\"', before="<script><p>", after="</script>"),
    "lines of a heading": again("月<br>2026-09-17<br>", before="<h1>", after=f"</h1>{_TEXT}"),
}


def _around(shape: Shape, *, before: str, after: str) -> Shape:
    return lambda chars: before + shape(chars) + after


PIECES: Mapping[str, Shape] = {**_ELEMENTS, **_ATTRIBUTES, **{f"text: {name}": one for name, one in TEXTS.items()}}
PAGES: Mapping[str, Shape] = {
    **{
        name: _around(shape, before=f"<html><body>{ARTICLE}", after="</body></html>")
        for name, shape in (*_ELEMENTS.items(), *_ATTRIBUTES.items())
    },
    **{name: _around(shape, before="<html>", after=ARTICLE) for name, shape in _HEADS.items()},
    **{name: _around(shape, before="<html><body>", after="</body></html>") for name, shape in _BESIDE.items()},
    **{
        f"paragraph: {name}": _around(shape, before=f"<html><body>{ARTICLE}<p>", after="</p></body></html>")
        for name, shape in TEXTS.items()
    },
    **{
        f"title: {name}": _around(shape, before="<html><title>", after=f"</title><body>{ARTICLE}</body></html>")
        for name, shape in TEXTS.items()
    },
}


def _item(shape: Shape, *, name: str) -> Shape:
    return lambda chars: _feed(f"<item><link>http://a.example/1</link><{name}>{escape(shape(chars))}</{name}></item>")


def _feed(inside: str) -> str:
    return f"<rss version='2.0'><channel><title>示例馆</title>{inside}</channel></rss>"


FEEDS: Mapping[str, Shape] = {
    **{f"description: {name}": _item(shape, name="description") for name, shape in PIECES.items()},
    **{f"title: {name}": _item(shape, name="title") for name, shape in TEXTS.items()},
    **{f"author: {name}": _item(shape, name="author") for name, shape in TEXTS.items()},
    **{f"date: {name}": _item(shape, name="pubDate") for name, shape in TEXTS.items()},
    **{f"guid: {name}": _item(shape, name="guid") for name, shape in TEXTS.items()},
    "items": lambda chars: _feed(again("<item><link>/{n}</link><title>月</title></item>")(chars)),
    "nested items": lambda chars: _feed(again("<item><title>月</title>")(chars)),
    "nested groups": lambda chars: _feed("<item>" + again("<media:group>")(chars)),
    "contents in groups": lambda chars: _feed(again("<item><media:group><media:content url='/{n}'/>")(chars)),
    "nested descriptions": lambda chars: _feed(again("<item><description>")(chars)),
    "links": lambda chars: _feed("<item>" + again("<link>/{n}</link>")(chars) + "</item>"),
    "authors": lambda chars: _feed("<item>" + again("<author>王芳{n}</author>")(chars) + "</item>"),
    "categories": lambda chars: _feed("<item>" + again("<category>月{n}</category>")(chars) + "</item>"),
    "summaries": lambda chars: _feed("<item>" + again("<description>月</description><summary>球</summary>")(chars)),
    "contents": lambda chars: _feed("<item>" + again("<content:encoded>月</content:encoded>")(chars) + "</item>"),
    "media in media": lambda chars: _feed("<item>" + again("<media:content url='/{n}'><media:title>月")(chars)),
    "sources": lambda chars: _feed("<item>" + again("<source url='/{n}'>月</source>")(chars) + "</item>"),
    "elements of many namespaces": lambda chars: _feed(again("<a{n}:b xmlns:a{n}='u{n}'><item/></a{n}:b>")(chars)),
    "namespaces": lambda chars: f"<rss{again(' xmlns:n{n}=' + chr(39) + 'u{n}' + chr(39))(chars)}><channel/></rss>",
    "attributes": lambda chars: f"<rss{again(' a{n}=' + chr(39) + chr(39))(chars)}><channel/></rss>",
    "bases": lambda chars: _feed(again("<item xml:base='a/'><link>x</link>")(chars)),
    "entities of the document": lambda chars: (
        f"<!DOCTYPE rss [{again('<!ENTITY e{n} ' + chr(34) + 'x' + chr(34) + '>')(min(chars, 60_000))}]>"
        + _feed("<item><title>" + again("&e1;")(chars) + "</title></item>")
    ),
    "half entities of the document": lambda chars: "<!DOCTYPE rss [" + again("<!ENTITY a ")(chars),
    "document types": lambda chars: again("<!DOCTYPE [")(chars) + _feed(""),
    "comments": lambda chars: again("<!-- -->")(chars) + _feed(""),
    "half comments": lambda chars: _feed(again("<!--")(chars)),
    "half CDATA": lambda chars: _feed(again("<![CDATA[")(chars)),
    "stray ampersands": lambda chars: _feed("<item><title>" + again("& ")(chars) + "</title></item>"),
    "less-than signs": lambda chars: _feed("<item><title>" + again("< ")(chars) + "</title></item>"),
    "sitemap": again("<url><loc>http://a.example/{n}</loc></url>", before="<urlset>", after="</urlset>"),
    "nested sitemap": again("<url><loc>http://a.example/{n}</loc>", before="<urlset>", after="</urlset>"),
    "nested sitemaps": again("<sitemap>", before="<sitemapindex>", after="</sitemapindex>"),
    "news of a sitemap": again("<news:news>", before="<urlset><url>", after="</url></urlset>"),
    "addresses, one a line": again("http://a.example/{n}\n"),
    "JSON items": again('{"url":"/{n}","title":"月"},', before='{"items":[', after="{}]}"),
    "JSON brackets": again("[", before='{"items":['),
    "JSON authors": again('{"name":"王芳{n}"},', before='{"items":[{"url":"/1","authors":[', after="{}]}]}"),
    "JSON author of at signs": again("a@", before='{"items":[{"url":"/1","authors":[{"name":"', after='"}]}]}'),
    "JSON attachments": again('{"url":"/{n}"},', before='{"items":[{"url":"/1","attachments":[', after="{}]}]}"),
}
