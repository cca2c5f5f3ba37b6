"""crawler.reading.listings: what a list names, its newest day, and whether it moved."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.exchange import Ask, BadEntry, Named, Note
from crawler.reading.articles import article_ask
from crawler.reading.listings import Listing
from indexer.base.ids import ChannelId
from indexer.base.times import Published
from indexer.catalogue.items import Candidate

LATE = datetime(2026, 9, 16, 17, tzinfo=UTC)  # one o'clock on the 17th in Beijing


def candidate(number: int, **fields: object) -> Candidate:
    return Candidate(channel=ChannelId("a"), url=f"http://a.example/{number}", title=f"第{number}篇", **fields)  # type: ignore[arg-type]


def listed(*found: object) -> Listing:
    listing = Listing()
    listing.add(found)  # type: ignore[arg-type]
    return listing


def test_before_a_list_is_read_nothing_is_known_of_it() -> None:
    assert (Listing().pieces, Listing().newest, Listing().digest) == (None, None, None)


def test_a_list_without_a_piece_was_read_all_the_same() -> None:
    assert listed().pieces == []
    assert listed().digest is not None


def test_taken_asked_for_and_unreadable_pieces_count_and_nothing_else_does() -> None:
    found = listed(
        Note(why="示例"),
        candidate(1),
        article_ask("http://a.example/2", title="第二篇"),
        Ask(url="http://api.example/get?id=3", leads_to=("http://a.example/3",)),
        BadEntry(url="http://a.example/4", title="第四篇", what="坏了", do="请改"),
        Ask(url="http://a.example/page/2", about={"page": "list"}),
    )

    assert [url for url, _ in found.pieces or ()] == [f"http://a.example/{number}" for number in (1, 2, 3, 4)]


def test_what_a_platform_names_is_the_list_and_not_what_is_asked_for_of_it() -> None:
    found = listed(
        Named(number="1_1", title="第一篇", day=date(2026, 9, 3)), Ask(url="http://b/1", leads_to=("http://b/2",))
    )

    assert (found.pieces, found.newest) == ([("1_1", "第一篇")], date(2026, 9, 3))


def test_the_newest_day_is_that_of_beijing_and_of_all_pages() -> None:
    found = listed(
        candidate(1, published=Published(at=LATE)),
        article_ask("http://a.example/2", day=Published(at=datetime(2026, 9, 3, tzinfo=UTC), is_day=True)),
    )
    found.add([candidate(3, published=Published(at=datetime(2026, 9, 1, tzinfo=UTC)))])

    assert found.newest == date(2026, 9, 17)
    assert len(found.pieces or ()) == 3


@given(st.lists(st.tuples(st.integers(0, 5), st.text(max_size=5)), max_size=6))
def test_the_digest_is_the_same_while_the_list_names_the_same(rows: list[tuple[int, str]]) -> None:
    pieces = [BadEntry(url=f"http://a.example/{number}", title=title, what="", do="") for number, title in rows]

    again, one_less = listed(*pieces), listed(*pieces[1:])

    assert listed(*pieces).digest == again.digest
    assert len(again.digest or "") == 64
    assert not pieces or one_less.digest != again.digest


def test_white_space_in_a_title_moves_no_list() -> None:
    spaced = BadEntry(url="http://a.example/", title=" 一  二\n", what="", do="")
    plain = BadEntry(url="http://a.example/", title="一 二", what="", do="")

    assert listed(spaced).digest == listed(plain).digest
