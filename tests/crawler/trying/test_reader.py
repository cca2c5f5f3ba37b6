"""A channel on trial is read as its source would read it."""

import pytest

from config.settings import Settings
from crawler.exchange import Answer, Ask, Found, Note
from crawler.guard import FetchRefused
from crawler.reading.worker import Reading
from crawler.trying.reader import FURTHER_LISTS, Reader
from crawler.trying.trial import channel_of
from crawler.trying.visits import Visits
from indexer.whitelist.records import Channel
from indexer.whitelist.trials import Proposal
from tests.simulators.website import Answer as Came
from tests.simulators.website import Website


def reader(website: Website, settings: Settings | None, *, at_last: int = 1, broken: int = 0) -> Reader:
    """A reader of a list that leads to further lists, of which the one of this number has an article."""

    def place(number: int) -> str:
        return "broken" if number == broken else "list"

    def run(channel: Channel, answer: Answer) -> Reading:
        number = int(answer.about.get("number", "0"))
        if number == at_last:
            return Reading(found=(Note(why=f"第{number}张"), Ask(url=f"{website.origin}/1", about={"page": "article"})))
        further: list[Found] = [
            Ask(url=f"{website.origin}/{place(one)}/", about={"page": "list", "number": str(one)})
            for one in range(1, 9)
        ]
        return Reading(found=(Note(why=f"第{number}张是空的"), *further))

    proposal = Proposal(address=f"{website.origin}/list/", source="site")
    channel = channel_of(proposal, Answer(url=proposal.address, body=b""))
    return Reader(channel=channel, run=run, visits=Visits(settings=settings) if settings else None)


def start(website: Website) -> Answer:
    website.page("/list/", "")
    return Answer(url=f"{website.origin}/list/", body=b"")


@pytest.mark.parametrize(
    ("at_last", "why", "articles"),
    [(0, "第0张", 1), (1, "第1张", 1), (FURTHER_LISTS, "第3张", 1), (FURTHER_LISTS + 1, "第0张是空的", 0)],
)
def test_a_list_of_lists_is_followed_to_the_first_that_names_an_article_and_not_without_end(
    website: Website, settings: Settings, at_last: int, why: str, articles: int
) -> None:
    found = reader(website, settings, at_last=at_last).read_list(start(website))

    assert (found.short.why, len(found.short.articles)) == (why, articles)
    assert len(website.asked("/list/")) == min(at_last, FURTHER_LISTS)


def test_a_further_list_that_cannot_be_fetched_says_why(website: Website, settings: Settings) -> None:
    answer = start(website)
    website.answers.clear()

    found = reader(website, settings).read_list(answer)

    assert "回答 404" in found.short.why


def test_a_further_list_that_cannot_be_read_ends_no_trial(website: Website, settings: Settings) -> None:
    website.answers["/broken/"] = Came(status=404)

    found = reader(website, settings, at_last=2, broken=1).read_list(start(website))

    assert (found.short.why, len(found.short.articles)) == ("第2张", 1)


def test_of_a_saved_file_nothing_is_asked_for(website: Website) -> None:
    saved = reader(website, None)

    assert saved.read_list(start(website)).short.articles == ()
    with pytest.raises(FetchRefused, match="保存的文件"):
        saved.ask(Ask(url=f"{website.origin}/list/"))
    assert website.seen == []


def test_another_source_reads_the_same_site_without_the_options_of_the_first(website: Website) -> None:
    other = reader(website, None).of_source("feed", "http://a.example/feed").channel

    assert (other.source, other.address, other.hosts, other.options) == (
        "feed",
        "http://a.example/feed",
        (website.host,),
        {},
    )
