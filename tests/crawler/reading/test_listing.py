"""crawler.reading.listing: what a source would take of a list page, for those who try it."""

from datetime import UTC, datetime

from crawler.exchange import Ask, Note
from crawler.reading.listing import ListedArticle, listed
from indexer.base.ids import ChannelId
from indexer.base.times import Published
from indexer.catalogue.items import Candidate, CleanHtml

ROW = Ask(
    url="https://a.example/kx/1.html",
    about={"page": "article", "url": "https://a.example/kx/1.html", "title": "一滴水", "date": "2026年9月1日"},
)


def test_a_day_written_in_any_form_is_answered_in_one() -> None:
    assert listed([ROW]).articles == (ListedArticle(url=ROW.url, title="一滴水", date="2026-09-01"),)


def test_an_entry_that_a_feed_holds_whole_is_listed_too() -> None:
    published = Published(at=datetime(2026, 9, 1, 8, tzinfo=UTC))
    entry = Candidate(
        channel=ChannelId("c"), url=ROW.url, title="一滴水", text="水", html=CleanHtml(""), published=published
    )

    assert listed([entry]).articles[0].date == "2026-09-01T08:00:00+00:00"


def test_what_a_source_notes_stands_before_its_refusal() -> None:
    found = listed([Note(why="按选择器读取", selector="ul a")], why="列表页上没有找到文章链接")

    assert (found.why, found.selector) == ("按选择器读取。列表页上没有找到文章链接", "ul a")
