"""indexer.catalogue.shortening: what is kept of a long candidate, still whole HTML."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.clean import clean
from indexer.catalogue.items import Candidate, CleanHtml, Media, MediaKind
from indexer.catalogue.shortening import HTML_SHARE, MOST_MEDIA, NAME_CHARS, TITLE_CHARS, shorten, shorten_html
from tests.crawler.extract.html5 import as_browsers_read, as_written

ENDS = ["</p>", "</ul>", "</table>", "</a>", "</div>"]
PIECES = st.sampled_from(
    [
        *ENDS,
        "&amp;&lt;",
        " ",
        "\n",
        "<h2>",
        "<div>",
        "<p>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<a href=/1 title='a>b'>",
        "<img src=/1>",
        "<br>",
        "<pre>",
        "月球车",
    ]
)
HUGE = 10**9


def shortened(html: str, chars: int) -> tuple[str, int]:
    return shorten_html(CleanHtml(html), text_chars=chars, html_chars=HUGE)


@pytest.mark.parametrize(
    ("html", "chars", "kept", "omitted"),
    [
        ("<p>月球车</p>", 3, "<p>月球车</p>", 0),
        ("<p>月球车</p>", 2, "<p>月球</p>", 1),
        ("<p>月<b>球</b>车</p><p>过夜</p>", 1, "<p>月<b></b></p>", 4),
        ("<p>&amp;&lt;月</p>", 2, "<p>&amp;&lt;</p>", 1),
        ('<p><a href="/1" title="a&gt;b">月球</a></p>', 1, '<p><a href="/1" title="a&gt;b">月</a></p>', 1),
        ("<ul><li>月</li><li>球<br>车</li></ul>", 2, "<ul><li>月</li><li>球<br></li></ul>", 1),
        ("", 0, "", 0),
    ],
)
def test_the_tree_is_cut_and_not_the_string(html: str, chars: int, kept: str, omitted: int) -> None:
    assert shortened(html, chars) == (kept, omitted)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40), st.integers(0, 60), st.integers(0, 400))
def test_whatever_is_cut_stays_clean_and_balanced(pieces: list[str], chars: int, room: int) -> None:
    html = clean("".join(pieces), "http://a.example/")

    kept, omitted = shorten_html(html, text_chars=chars, html_chars=room)

    assert as_browsers_read(kept) == [as_written(kept)]
    assert clean(kept, "http://a.example/") == kept
    assert (kept == html) or omitted >= 0
    assert shorten_html(html, text_chars=HUGE, html_chars=HUGE) == (html, 0)


def test_pictures_without_text_are_bounded_too() -> None:
    picture = f'<img src="http://a.example/{"a" * 900}.jpg">'

    kept, omitted = shorten_html(CleanHtml(f"<p>{picture * 1000}</p>"), text_chars=100, html_chars=3000)

    assert kept == f"<p>{picture * 3}</p>"
    assert omitted == 0


def test_every_part_of_a_candidate_has_its_limit(make_candidate: Callable[..., Candidate]) -> None:
    media = tuple(Media(kind=MediaKind.IMAGE, url=f"http://a.example/{number}.jpg") for number in range(MOST_MEDIA + 1))
    text = "月" * 1500
    long = make_candidate(
        title="题" * 9000,
        author="甲" * 900,
        account="乙" * 900,
        text=text,
        html=CleanHtml(f"<p>{text}</p>"),
        media=media,
    )

    short = shorten(long, text_chars=1000)

    kept = short.candidate
    assert (len(kept.title), len(kept.author), len(kept.account)) == (TITLE_CHARS, NAME_CHARS, NAME_CHARS)
    assert (kept.text, kept.html) == ("月" * 1000, f"<p>{'月' * 1000}</p>")
    assert kept.media == media[:MOST_MEDIA]
    assert short.omitted_chars == 500
    assert len(kept.html) <= 1000 * HTML_SHARE


def test_a_short_candidate_stays_as_it_is(make_candidate: Callable[..., Candidate]) -> None:
    candidate = make_candidate()

    assert shorten(candidate, text_chars=1000).candidate == candidate
    assert shorten(candidate, text_chars=1000).omitted_chars == 0
