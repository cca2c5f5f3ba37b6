"""Pages of an article made to be slow to read, and pieces of their HTML."""

from collections.abc import Mapping

from tests.benchmarks.hostile.shapes import Shape, again, around, halves
from tests.benchmarks.hostile.texts import PROSE, TEXTS

ARTICLE = f"<title>月球车如何过夜_示例馆</title><h1>月球车如何过夜</h1><p>2026-09-17 来源：示例馆</p><p>{PROSE * 4}</p>"

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

PIECES: Mapping[str, Shape] = {**_ELEMENTS, **_ATTRIBUTES, **{f"text: {name}": one for name, one in TEXTS.items()}}
PAGES: Mapping[str, Shape] = {
    **{
        name: around(shape, before=f"<html><body>{ARTICLE}", after="</body></html>")
        for name, shape in (*_ELEMENTS.items(), *_ATTRIBUTES.items())
    },
    **{name: around(shape, before="<html>", after=ARTICLE) for name, shape in _HEADS.items()},
    **{name: around(shape, before="<html><body>", after="</body></html>") for name, shape in _BESIDE.items()},
    **{
        f"paragraph: {name}": around(shape, before=f"<html><body>{ARTICLE}<p>", after="</p></body></html>")
        for name, shape in TEXTS.items()
    },
    **{
        f"title: {name}": around(shape, before="<html><title>", after=f"</title><body>{ARTICLE}</body></html>")
        for name, shape in TEXTS.items()
    },
}
