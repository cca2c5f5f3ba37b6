"""crawler.extract.clean: nothing of a hostile page survives, and what a reader needs does."""

import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.clean import ATTRIBUTES, TAGS, clean

BASE = "http://a.example/news/1.html"
PIECES = [
    "<p>",
    "</p>",
    "<b>",
    "<img src=x onerror=alert(1)>",
    "<svg>",
    "</svg>",
    "<math>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<script>alert(1)</script>",
    "<a href='javascript:alert(1)'>",
    "</a>",
    "<noscript>",
    "</noscript>",
    "<template>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "]]>",
    "<![CDATA[",
    "月球",
    "&lt;script&gt;",
    '"',
    "'",
    "<table>",
    "<td>",
    "<form action=http://b.example><input>",
    "<mglyph>",
    "<title>",
    "<textarea>",
    "<base href=//b.example>",
    "\x00",
]


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


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_mixture_of_pieces_yields_a_tag_or_attribute_beyond_the_list(pieces: list[str]) -> None:
    cleaned = clean("".join(pieces) or "x", BASE)

    nodes = [
        node for node in lxml.html.fragment_fromstring(f"<div>{cleaned}</div>").iter() if isinstance(node.tag, str)
    ]
    attributes = {(node.tag, name) for node in nodes for name in node.attrib}
    assert {node.tag for node in nodes} <= TAGS
    assert attributes <= {(tag, name) for tag, names in ATTRIBUTES.items() for name in names} | {("a", "rel")}
    addresses = [node.get(name) for node in nodes for name in ("href", "src") if node.get(name)]
    assert [one for one in addresses if not one.startswith(("http:", "https:", "mailto:"))] == []


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
