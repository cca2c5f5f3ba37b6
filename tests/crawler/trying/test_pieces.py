"""The first articles of a list as they would be collected."""

from crawler.exchange import Answer, Found
from crawler.reading.listing import Listed
from crawler.reading.worker import Reading
from crawler.trying.pieces import ARTICLE_CHARS, PIECES, TEXT_CHARS, first_pieces, page_itself
from crawler.trying.reader import FoundList, Reader
from crawler.trying.trial import TRIED, channel_of
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel
from indexer.whitelist.trials import Piece, Proposal

ADDRESS = "http://a.example/1.html"


def reader(*found: Found, unreadable: tuple[str, str] | None = None) -> Reader:
    def run(channel: Channel, answer: Answer) -> Reading:
        return Reading(found=found, unreadable=unreadable)

    return Reader(channel=channel_of(Proposal(address=ADDRESS), Answer(url=ADDRESS, body=b"")), run=run)


def candidate(number: int = 1, *, title: str = "霾", text: str = "长" * 900, account: str = "") -> Candidate:
    url = f"http://a.example/{number}.html"
    return Candidate(channel=TRIED, url=url, title=title, text=text, account=account)


def test_what_the_list_holds_whole_is_shown_without_being_asked_for() -> None:
    whole = tuple(candidate(number, account="示例馆") for number in range(9))

    pieces = first_pieces(reader(), FoundList(short=Listed(articles=()), found=whole))

    assert len(pieces) == PIECES
    assert pieces[0] == Piece(
        url="http://a.example/0.html", title="霾", author="示例馆", chars=900, text="长" * TEXT_CHARS
    )


def test_a_page_is_an_article_where_it_has_a_title_and_enough_text() -> None:
    answer = Answer(url=ADDRESS, body=b"")

    assert [piece.title for piece in page_itself(reader(candidate(text="长" * ARTICLE_CHARS)), answer)] == ["霾"]
    assert page_itself(reader(candidate(text="长" * (ARTICLE_CHARS - 1))), answer) == []
    assert page_itself(reader(candidate(title="")), answer) == []
    assert page_itself(reader(), answer) == []
    assert page_itself(reader(unreadable=("没有正文", "请检查")), answer) == []
