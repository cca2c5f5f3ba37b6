"""crawler.platforms.weibo.calls: requests to the platform's own host, without a secret, each counted."""

from urllib.parse import parse_qs, urlsplit

from crawler.platforms.weibo import calls
from crawler.platforms.weibo.statuses import read_status
from indexer.base.ids import ChannelId
from tests.crawler.platforms.weibo.invented import NUMBER, UID, status

CHANNEL = ChannelId("kjg-weibo")


def test_every_call_goes_to_the_platform_with_the_connection_s_credential_and_is_counted() -> None:
    asks = [calls.timeline_ask(CHANNEL, uid=UID), calls.whole_ask(CHANNEL, read_status(status()))]

    assert {urlsplit(ask.url).netloc for ask in asks} == {"api.weibo.com"}
    assert {ask.credential for ask in asks} == {"connection:kjg-weibo"}
    assert [ask.call for ask in asks] == list(calls.QUOTAS)
    assert all("access_token" not in ask.url for ask in asks)
    assert all(ask.takes_any_answer for ask in asks)


def test_a_further_page_begins_below_the_one_before() -> None:
    further = calls.timeline_ask(CHANNEL, before="5012", number=2)

    assert parse_qs(urlsplit(further.url).query)["max_id"] == ["5012"]
    assert (further.continues, calls.timeline_ask(CHANNEL).continues) == (calls.WHILE_ALL_IS_NEWS, 0)


def test_a_whole_post_is_asked_for_by_its_id_and_known_by_its_address() -> None:
    ask = calls.whole_ask(CHANNEL, read_status(status()))

    assert parse_qs(urlsplit(ask.url).query) == {"id": [NUMBER], "isGetLongText": ["1"]}
    assert ask.item_url.startswith(f"https://weibo.com/{UID}/")
