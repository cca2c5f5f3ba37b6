"""Feeds and sitemaps made to be slow to read."""

from collections.abc import Mapping
from html import escape

from tests.benchmarks.hostile.pages import PIECES
from tests.benchmarks.hostile.shapes import Shape, again
from tests.benchmarks.hostile.texts import TEXTS


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
