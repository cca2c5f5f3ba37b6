"""crawler.sources.weibo: a timeline's posts, each long one asked for whole while it is unknown, errors in words."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from config.units.options import option_faults
from config.weibo import post_address
from config.words import ChannelKind
from crawler.exchange import Answer, Ask, Found, Named, Span, Unreadable
from crawler.platforms.weibo import calls
from crawler.sources import options_of
from crawler.sources.weibo import SOURCE
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel
from tests.crawler.platforms.weibo.invented import NUMBER, UID, status, timeline

CHANNEL = Channel(
    id=ChannelId("kjg-weibo"),
    unit=UnitId("kjg"),
    kind=ChannelKind.WEIBO,
    name="示例科技馆",
    source="weibo",
    address=f"https://weibo.com/u/{UID}",
    hosts=("weibo.com",),
)


def start(channel: Channel = CHANNEL) -> Ask:
    (ask,) = SOURCE.start(channel, options_of(SOURCE, channel))
    return ask


def read(body: bytes, channel: Channel = CHANNEL, *, code: int = 200, **about: str) -> list[Found]:
    answer = Answer(url=start().url, body=body, status=code, about={"page": calls.LISTED} | about)
    return list(SOURCE.read(channel, options_of(SOURCE, channel), answer))


def query(ask: Ask) -> dict[str, list[str]]:
    return parse_qs(urlsplit(ask.url).query)


def numbered(place: int, **fields: object) -> dict[str, object]:
    number = str(int(NUMBER) - place)
    return status(id=int(number), idstr=number, mid=number, **fields)


def test_a_read_begins_with_the_timeline_of_the_registered_account() -> None:
    ask = start()

    assert ask.url.startswith("https://api.weibo.com/2/statuses/user_timeline.json?")
    assert query(ask)["uid"] == [UID]
    assert (ask.credential, ask.call) == ("connection:kjg-weibo", "user_timeline")


def test_without_a_registered_number_the_timeline_is_that_of_whoever_authorised() -> None:
    assert "uid" not in query(start(replace(CHANNEL, address="https://weibo.com/kjg")))
    assert query(start(replace(CHANNEL, address=None, options={"uid": UID})))["uid"] == [UID]


def test_it_is_read_with_and_without_an_address() -> None:
    assert SOURCE.is_polled(replace(CHANNEL, address=None))


def test_a_day_takes_at_most_half_of_an_account_s_hundred_calls() -> None:
    lists_a_day = 24 * 3600 / SOURCE.shortest.total_seconds()

    assert lists_a_day <= SOURCE.quotas[calls.TIMELINE]
    assert sum(SOURCE.quotas.values()) <= 50


def test_a_timeline_names_its_posts_and_gives_them() -> None:
    found = read(timeline(numbered(0), numbered(1)))

    assert [one.number for one in found if isinstance(one, Named)] == [NUMBER, str(int(NUMBER) - 1)]
    assert [one.title for one in found if isinstance(one, Candidate)] == ["月球车如何过夜"] * 2
    assert not [one for one in found if isinstance(one, Ask)]


def test_a_long_post_is_asked_for_whole_while_it_is_unknown() -> None:
    found = read(timeline(status(isLongText=True)))

    (ask,) = [one for one in found if isinstance(one, Ask)]
    assert query(ask)["id"] == [NUMBER]
    assert (ask.call, ask.credential) == ("statuses_show", "connection:kjg-weibo")
    assert [one.url for one in found if isinstance(one, Named)] == list(ask.leads_to)
    assert not [one for one in found if isinstance(one, Candidate)]


def test_the_whole_post_is_the_piece() -> None:
    whole = status(isLongText=True, longText={"longTextContent": "整篇的文字，月夜很长。"})
    (found,) = read(json.dumps(whole).encode(), page=calls.SHOWN)

    assert isinstance(found, Candidate)
    assert found.text == "整篇的文字，月夜很长。"


def test_what_is_deleted_or_hidden_is_named_as_gone_and_nothing_of_it_is_kept() -> None:
    secret = numbered(1, text="只给自己看的", visible={"type": 1})
    gone = numbered(2, user=None, deleted="1", text="抱歉，此微博已被作者删除。")
    found = read(timeline(status(), secret, gone))

    named = [one for one in found if isinstance(one, Named) and one.is_gone]
    assert [(one.number, one.title) for one in named] == [(str(int(NUMBER) - place), "") for place in (1, 2)]
    assert len([one for one in found if isinstance(one, Candidate)]) == 1


def test_a_page_says_between_which_numbers_it_names_everything() -> None:
    pinned = status(id=4012345678901234, idstr="4012345678901234", isTop=1)
    (span,) = [one for one in read(timeline(pinned, status(), numbered(7))) if isinstance(one, Span)]

    assert (span.lowest, span.highest) == (int(NUMBER) - 7, int(NUMBER))
    assert not [one for one in read(timeline(status(), None)) if isinstance(one, Span)]
    assert not [one for one in read(timeline()) if isinstance(one, Span)]


def test_a_pinned_old_post_stands_where_it_belongs_and_does_not_end_the_page() -> None:
    pinned = status(id=4012345678901234, idstr="4012345678901234", isTop=1)
    found = read(timeline(pinned, *(numbered(place) for place in range(60))))

    candidates = [one for one in found if isinstance(one, Candidate)]
    (further,) = [one for one in found if isinstance(one, Ask)]
    assert len(candidates) == 61
    assert candidates[-1].url == post_address(UID, "4012345678901234")
    assert query(further)["max_id"] == [str(int(NUMBER) - 60)]


def test_pages_end_after_so_many_and_each_lies_below_the_one_before() -> None:
    page = timeline(*(numbered(place) for place in range(60)))

    (second,) = [one for one in read(page) if isinstance(one, Ask)]
    assert (second.about["number"], second.continues) == ("2", 1)
    assert not [one for one in read(page, number="3") if isinstance(one, Ask)]
    assert not [one for one in read(timeline(status())) if isinstance(one, Ask)]


@pytest.mark.parametrize(
    ("error", "code", "case"),
    [
        ({"error": "expired_token", "error_code": 21327}, 403, "authorisation_ended"),
        ({"error": "invalid_access_token", "error_code": "21332"}, 403, "authorisation_ended"),
        ({"error": "accessor was revoked", "error_code": 21319}, 403, "authorisation_withdrawn"),
        ({"error": "request uid's value must be the current user", "error_code": 21335}, 400, "foreign_user"),
        ({"error": "User requests out of rate limit!", "error_code": 10023}, 403, "rate_limited"),
        ({"error": "Insufficient app permissions!", "error_code": 10014}, 403, "app_not_permitted"),
        ({"error": "x", "error_code": 29999}, 400, "unknown_code"),
        ({}, 502, "busy"),
    ],
)
def test_an_error_is_told_with_its_case(error: dict[str, object], code: int, case: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(json.dumps(error).encode(), code=code)

    assert refused.value.trouble is not None
    assert refused.value.trouble.case == case
    assert str(refused.value.trouble) == f"{refused.value.what}。{refused.value.do}"


def test_a_gateway_s_page_is_a_busy_platform_and_any_other_page_is_no_answer() -> None:
    with pytest.raises(Unreadable) as busy:
        read(b"<html>502 Bad Gateway</html>", code=502)
    with pytest.raises(Unreadable) as other:
        read(b"<html>sign in</html>")

    assert busy.value.trouble is not None
    assert busy.value.trouble.case == "busy"
    assert other.value.trouble is None


def test_a_page_that_is_pushed_is_told_what_to_do_instead() -> None:
    with pytest.raises(Unreadable, match="不能按链接推送"):
        read(b"<html><body>sign in</body></html>", page="article")


def test_options_are_checked_where_they_are_written() -> None:
    assert option_faults("weibo", {"uid": UID, "pages": "2", "item_kind": "activity"}) == []
    assert [option for option, *_ in option_faults("weibo", {"uid": "kjg", "pages": "NaN"})] == ["uid", "pages"]
