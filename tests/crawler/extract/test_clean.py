"""crawler.extract.clean: nothing of a hostile page survives, and what a reader needs does."""

import random
import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.extract.clean import ATTRIBUTES, TAGS, clean
from crawler.extract.document import PIECE_TAGS, bounded
from crawler.extract.flood import find_flood
from crawler.extract.html.tree import read_html
from crawler.extract.html.writer import MOST_DEPTH
from tests.crawler.extract.html5 import Tree, as_browsers_read, as_written

BASE = "http://a.example/news/1.html"
PIECES_TEXT = """
<p>|</p>|<b>|</b>|<b class=x id=y>|<i>|</i>|<a href='2.html'>|<a href=//b.example/x>|<a href='javascript:alert(1)'>|</a>
<a href='mailto:a@b.example'>|<img src=x onerror=alert(1)>|<img data-src=y.jpg width=9 height=900>|<svg>|</svg>
<svg><foreignObject>|<svg><desc>|<svg><title>|<math>|</math>|<mtext>|<mglyph>|<malignmark>
<annotation-xml encoding='text/html'>|</annotation-xml>|<style>|</style>|<!--|-->|--!>|<!-->|<!|<?|</
<script>alert(1)</script>|<script>|</script>|<noscript>|</noscript>|<template>|</template>
<iframe srcdoc='<script>alert(1)</script>'>|</iframe>
<iframe src='https://v.qq.com/a'>|<video src=v.mp4>|</video>|<audio><source src=s.mp3>|</audio>|]]>|<![CDATA[|月球|a b
<table>|</table>|<caption>|<colgroup>|<col>|<tbody>|<tr>|</tr>|<td>|</td>|<th scope=col colspan=2>|<form action=http://b.example>
<input>|</form>|<title>|</title>|<textarea>|</textarea>|<select>|</select>|<option>|<button>|</button>|<plaintext>|<xmp>|</xmp>
<base href=//b.example>|<body onload=alert(1)>|<html>|<head>|</body>|</html>|<frameset>|<li>|</li>
<ul>|</ul>|<ol start=3>|<dl>|<dt>|<dd>|</dl>|<h1>|<h2>|</h2>|<div>|</div>|<div
<section>|</section>|<ruby>|<rt>|<rp>|</ruby>|<pre>|</pre>|<br>|</br>|<hr>
<nobr>|<font color=red>|</font>|<marquee>|</marquee>|<object>|<applet>|<center>|<address>|<details>|<summary>
<blockquote>|<span title='"><img src=x>'>|&lt;script&gt;|&amp;lt;|&#0;|&#13;|&#x110000;|&amp|"|'|`|=|>|<
"""
PIECES = [piece for line in PIECES_TEXT.strip().splitlines() for piece in line.split("|")] + [
    "\x00", "\r", "\n", "\x0c", "\x1f", "\ufeff", "\ud800", "\u2028", "\xa0", "|",
]  # fmt: skip


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>月</a>",
        "<a href=' java\nscript:alert(1)'>月</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>月</a>",
        "<a href='vbscript:alert(1)'>月</a>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "<iframe src='http://b.example/frame'></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action='http://b.example'><input name=q><button>go</button></form>",
        "<style>body{background:url(http://b.example)}</style>",
        "<p style='position:fixed' class=admin id=main>月</p>",
        "<object data='http://b.example'></object><embed src='http://b.example'>",
        "<meta http-equiv=refresh content='0;url=http://b.example'><base href='http://b.example'>",
        "<video src='javascript:alert(1)'></video>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    ],
)
def test_what_could_act_is_gone(hostile: str) -> None:
    cleaned = clean(f"<div>{hostile}<p>正文</p></div>", BASE)

    assert not re.search(r"<(?:script|style|iframe|form|input|object|embed|svg|math|meta|base)\b", cleaned, re.I)
    assert not re.search(r"\son\w+=|javascript:|vbscript:|data:|style=|class=|id=|srcdoc", cleaned, re.I)
    assert "<p>正文</p>" in cleaned
    hold(hostile)


def everything_below(tree: Tree) -> Iterator[Tree]:
    """The element and all below it."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        waiting.extend(child for child in one[2] if not isinstance(child, str))
        yield one


def hold(html: str) -> None:
    """Assert all that is promised of cleaned HTML, whatever it was made from."""
    cleaned = clean(html, BASE)
    written = as_written(cleaned)

    assert as_browsers_read(cleaned) == [written]
    assert as_browsers_read(cleaned, before="<body><div>") == [written]  # without a doctype other rules hold
    assert clean(cleaned, BASE) == cleaned
    elements = list(everything_below(written))[1:]
    assert {tag for tag, _, _ in elements} <= TAGS
    attributes = [(tag, name, value) for tag, pairs, _ in elements for name, value in pairs]
    assert {(tag, name) for tag, name, _ in attributes} <= ALLOWED
    addresses = [value for _, name, value in attributes if name in ("href", "src")]
    assert [one for one in addresses if not re.match(r"https?://[^/\s]|mailto:\S", one)] == []
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", cleaned)


ALLOWED = {(tag, name) for tag, names in ATTRIBUTES.items() for name in names} | {("a", "rel")}
# Ways in which one parser was led to read another tree than the next: parts close what they did not open, text becomes
# elements, elements change places.
CONFUSIONS = [
    "<p><svg><style>",
    "<svg><style><img src=x onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><style><img src=x></style></annotation-xml></math>",
    "<svg><foreignObject><p><svg><desc></p><div></div></div></div>",
    "<svg><title><a href='/x'></title></a></svg></div>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
    "<template><div></template></div></div>",
    "<table><div>月</div><tr><td>a</td>b</table>",
    "<table><tr><td><table></td></tr><div></table></div>",
    "<a href=1>1<table><a href=2>2<tr><td><a href=3>3",
    "<p>1<p>2<div><p>3</div></p></p>",
    "<p><button><p>1</button>2</p></div>",
    "<p><object><div></object></div>",
    "<select><option><p>1<div></select></div></option>",
    "<plaintext></div><p>",
    "<xmp><p></xmp></p>",
    "<textarea></div></textarea></div>",
    "<title></title></div>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--!--><p>1<!-- --!><img src=x>-->",
    "<!-- <div --></div><!",
    "<![CDATA[<p>]]><svg><![CDATA[</svg><p>]]>",
    "<b><i><p>1</b>2</i>3</p>",
    "<b><b><b><b><b>1</b></b></b><p>2</b></b>",
    "<a href=1><div><a href=2></div>3</a></div>",
    "<li>1<li>2<ul><li>3<p>4<li>5</ul><dd>6<dt>7",
    "<h1>1<h2>2</h1>3</h2>",
    "<ruby>a<rt>b<p>c<rt>d<rp>e</ruby>",
    "<pre>\n\n1</pre><pre><font>\n2</font></pre>",
    "<frameset><frame><p>1",
    "<body><head><html></body></html>1",
    "<div\x00></div\x00><p\x00>",
    "<im\x00g src=x><p>\x00</p>",
    "<img src='x\x00y'><a href='ht\ntp://a.example/\x00'>1</a>",
    "<nobr>1<nobr>2<p>3<nobr>4",
    "<marquee><p>1</marquee>2</p></div>",
    "<br/></br></p><hr></hr><img></img>",
    "<pre>&#13;&#13;1</pre>",
    "&#13;&#10;<pre>&#10;&#10;1</pre>\ufeff",
    "<colgroup>1<col><table><colgroup> <col>2</colgroup><caption>3<p>4<caption>5",
    "<audio><div></audio></div><video src='/v.mp4'><p></video></p>",
    "<iframe src='https://v.qq.com/a'></div></iframe></div>",
    "<a href='/1'><iframe src='https://v.qq.com/a'></iframe></a>",
]


@pytest.mark.parametrize("html", CONFUSIONS)
def test_where_parsers_differ_the_result_is_one_tree_for_all(html: str) -> None:
    hold(html)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
@example(["<p>", "<svg>", "<style>"])
@example(["<svg>", "<style>", "<img src=x onerror=alert(1)>"])
def test_no_mixture_of_pieces_yields_more_than_is_promised(pieces: Sequence[str]) -> None:
    hold("".join(pieces))


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/!-='\"& \n\tabpdivsgtle月\x00\r"), max_size=80))
def test_no_text_yields_more_than_is_promised(text: str) -> None:
    hold(text)


@pytest.mark.parametrize("seed", range(8))
def test_thousands_of_seeded_mixtures_hold(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    for _ in range(250):
        hold("".join(chance.choices(PIECES, k=chance.randint(1, 60))))


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "a href=/x", "blockquote><p", "svg", "center"])
def test_deep_nesting_is_cut_and_its_text_kept(tag: str) -> None:
    cleaned = clean("月" + f"<{tag}>球" * 100_000, BASE)

    depth = max_depth(as_written(cleaned))
    assert depth <= MOST_DEPTH + 1
    assert as_browsers_read(cleaned) == [as_written(cleaned)]
    assert cleaned.count("球") <= PIECE_TAGS


def max_depth(tree: Tree) -> int:
    """How many elements stand in one another."""
    deepest, waiting = 0, [(tree, 0)]
    while waiting:
        (_, _, children), depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children if not isinstance(child, str))
    return deepest


@pytest.mark.parametrize(
    "flood",
    [
        "<p {}>月",
        "<a href=/1 {}>月",
        "<p a='>' {}>月",
        '<!-- <p a="--><p {}>月',
        "<svg><style><p {}>月",
        "<p a=1{}>月",
        "<p/{}>月",
    ],
)
def test_a_flood_of_attributes_never_reaches_the_parser(flood: str) -> None:
    names = " ".join(f"a{number}" for number in range(50_000))

    text = bounded("<p>前</p>" + flood.format(names))

    assert find_flood(text) is None
    assert len(text) < 2_000
    assert "前" in clean(text, BASE)


def test_elements_that_parsers_open_again_multiply_no_more_than_their_kinds() -> None:
    # 2,000 different <b> before 2,000 paragraphs are four million elements to a parser that sees them all.
    hostile = "<p>" + "".join(f"<b class=c{number}>" for number in range(2_000)) + "<p>月" * 2_000

    steps = sum(1 for _ in read_html(bounded(hostile)))

    assert steps < 40 * 4_000


def test_an_honest_tag_of_many_attributes_stays() -> None:
    many = " ".join(f"data-a{number}='x y=z'" for number in range(90))

    assert clean(f"<p {many}>月</p>", BASE) == "<p>月</p>"


def test_cleaning_twice_changes_nothing() -> None:
    once = clean("<p>月<b>球</b> <a href='/2.html'>下一篇</a><img data-src='m.jpg' alt='月'></p>", BASE)

    assert clean(once, BASE) == once


def test_addresses_become_absolute_and_links_lend_no_name() -> None:
    cleaned = clean("<p><a href='../2.html'>二</a><img data-src='//img.example/m.jpg' alt='月'></p>", BASE)

    assert 'href="http://a.example/2.html"' in cleaned
    assert 'rel="nofollow noopener noreferrer"' in cleaned
    assert 'src="http://img.example/m.jpg"' in cleaned
    assert 'alt="月"' in cleaned


def test_a_known_player_becomes_a_link_and_an_unknown_frame_nothing() -> None:
    cleaned = clean(
        "<p>看</p><iframe src='https://v.qq.com/txp/iframe/player.html?vid=abc'></iframe>"
        "<iframe src='https://ads.example/x'></iframe>",
        BASE,
    )

    assert "▶ 视频" in cleaned
    assert "v.qq.com" in cleaned
    assert "ads.example" not in cleaned


def test_without_an_address_of_the_page_relative_links_are_dropped() -> None:
    assert "href" not in clean("<p><a href='2.html'>二</a></p>", None)
