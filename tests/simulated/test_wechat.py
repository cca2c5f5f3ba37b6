"""The simulated API of WeChat keeps to what its documentation says."""

import re
from collections.abc import Mapping

import pytest

from tests.simulated.asking import Answered, ask, post
from tests.simulated.conftest import DRAFT, PARAGRAPHS, Simulated
from tests.simulators.wechat.addresses import article_id, short_id
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Draft, Standing

BATCHGET, ARTICLE = "/cgi-bin/freepublish/batchget", "/cgi-bin/freepublish/getarticle"
TOTALS = "/datacube/getarticletotaldetail"
LIST = {"offset": 0, "count": 20, "no_content": 1}


def stable(wechat: Simulated, *, force: bool = False, changed: Mapping[str, str] = {}) -> Answered:
    account = wechat.account
    asked = {"grant_type": "client_credential", "appid": account.id, "secret": account.secret, "force_refresh": force}
    return post(wechat.api, "/cgi-bin/stable_token", asked | dict(changed))


def token(wechat: Simulated) -> str:
    return str(stable(wechat).json["access_token"])


def code(wechat: Simulated, value: str) -> int:
    return int(post(wechat.api, BATCHGET, LIST, access_token=value).json.get("errcode", 0))


def test_the_same_token_is_given_again_until_five_minutes_before_its_end(wechat: Simulated) -> None:
    first = token(wechat)
    wechat.hands.turn(minutes=114)

    again = stable(wechat).json

    assert (again["access_token"], again["expires_in"]) == (first, 360)
    assert len(first) <= 512


def test_two_tokens_work_for_five_minutes(wechat: Simulated) -> None:
    first = token(wechat)
    wechat.hands.turn(minutes=116)
    second = token(wechat)

    assert [code(wechat, first), code(wechat, second)] == [0, 0]
    wechat.hands.turn(minutes=5)
    assert [code(wechat, first), code(wechat, second)] == [42001, 0]


def test_a_forced_token_ends_the_one_before_and_may_not_be_forced_again_at_once(wechat: Simulated) -> None:
    first = token(wechat)
    forced = stable(wechat, force=True).json["access_token"]

    assert [code(wechat, first), code(wechat, forced)] == [40001, 0]
    assert stable(wechat, force=True).json["errcode"] == 45011


@pytest.mark.parametrize(("changed", "expected"), [({"appid": "wx0"}, 40013), ({"secret": "wrong"}, 40125)])
def test_a_token_is_refused_to_whoever_does_not_know_the_secret(
    wechat: Simulated, changed: dict[str, str], expected: int
) -> None:
    assert stable(wechat, changed=changed).json["errcode"] == expected


def test_an_address_off_the_allow_list_is_named_in_the_refusal(wechat: Simulated) -> None:
    wechat.account.allowed_ips = frozenset({"198.51.100.1"})

    refused = stable(wechat).json

    assert refused["errcode"] == 40164
    assert re.fullmatch(
        r"invalid ip 203\.0\.113\.7 ipv6 ::ffff:203\.0\.113\.7, not in whitelist rid: [0-9a-f-]{26}", refused["errmsg"]
    )


def test_only_what_nobody_was_told_of_is_listed_a_message_counting_once(wechat: Simulated) -> None:
    world, account = wechat.world, wechat.account
    told = world.publish(account.id, Draft(title="群发", paragraphs=PARAGRAPHS, is_notified=True))
    pair = world.publish(account.id, DRAFT, Draft(title="第二篇", paragraphs=PARAGRAPHS))

    listed = post(wechat.api, BATCHGET, LIST, access_token=token(wechat)).json

    newest = listed["item"][0]
    assert (listed["total_count"], listed["item_count"]) == (4, 4)
    assert [news["title"] for news in newest["content"]["news_item"]] == ["月球车如何过夜", "第二篇"]
    assert "content" not in newest["content"]["news_item"][0]
    assert newest["article_id"] == article_id(pair[0])
    assert article_id(told[0]) not in [item["article_id"] for item in listed["item"]]


def test_an_article_comes_with_its_body_and_without_where_it_was_deleted(wechat: Simulated) -> None:
    (made,) = wechat.world.publish(wechat.account.id, DRAFT)
    value, asked = token(wechat), {"article_id": article_id(made)}

    (before,) = post(wechat.api, ARTICLE, asked, access_token=value).json["news_item"]
    wechat.world.take_away(made)
    (after,) = post(wechat.api, ARTICLE, asked, access_token=value).json["news_item"]

    assert PARAGRAPHS[1] in before["content"]
    assert (after["is_deleted"], after["content"]) == (True, "")
    assert post(wechat.api, ARTICLE, {"article_id": "?"}, access_token=value).json["errcode"] == 53600


def test_parameters_in_the_address_are_not_looked_at(wechat: Simulated) -> None:
    assert ask(wechat.api, BATCHGET, access_token=token(wechat), offset="0").json["errcode"] == 43002
    assert post(wechat.api, BATCHGET, {"offset": 0, "count": 21}, access_token=token(wechat)).json["errcode"] == 40097


def test_statistics_name_all_publications_up_to_yesterday(wechat: Simulated) -> None:
    (told,) = wechat.world.publish(wechat.account.id, Draft(title="群发", paragraphs=PARAGRAPHS, is_notified=True))
    value, days = token(wechat), {"begin_date": "2026-09-17", "end_date": "2026-09-17"}

    too_early = post(wechat.api, TOTALS, days, access_token=value).json
    wechat.hands.turn(days=1)
    rows = post(wechat.api, TOTALS, days, access_token=token(wechat)).json["list"]

    assert too_early["errcode"] == 61501
    assert len(rows) == 4
    assert (rows[-1]["msgid"], rows[-1]["publish_type"], rows[-1]["ref_date"]) == (told.id, 0, "2026-09-17")


def test_the_hundredth_call_of_a_day_is_the_last_until_the_quota_is_cleared(wechat: Simulated) -> None:
    value = token(wechat)
    codes = [code(wechat, value) for _ in range(101)]

    cleared = [
        post(wechat.api, "/cgi-bin/clear_quota", {"appid": wechat.account.id}, access_token=value).json["errcode"]
        for _ in range(11)
    ]

    assert codes == [0] * 100 + [45009]
    assert cleared == [0] * 10 + [48006]
    assert code(wechat, value) == 0


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.QUOTA_SPENT, 45009),
        (Fault.NOT_PERMITTED, 48001),
        (Fault.CALL_WRONG, 40097),
        (Fault.BUSY_PLATFORM, -1),
        (Fault.IP_NOT_ALLOWED, 40164),
    ],
)
def test_a_fault_is_met_by_its_account_alone_and_for_its_time(wechat: Simulated, fault: Fault, expected: int) -> None:
    value, account = token(wechat), wechat.account
    wechat.hands.turn(minutes=1)
    until = wechat.hands.at.replace(minute=30)
    wechat.world.faults.on(fault, account.id, until=until)
    wechat.world.faults.on(fault, "wxsomebodyelse", until=until)

    during = code(wechat, value)
    wechat.hands.turn(minutes=30)

    assert [during, code(wechat, value)] == [expected, 0]
    assert [(shown.fault, shown.account) for shown in wechat.world.faults.shown] == [(fault, account.id)]


@pytest.mark.parametrize(("fault", "expected"), [(Fault.TOKEN_EXPIRED, 42001), (Fault.TOKEN_RACED, 40001)])
def test_a_token_that_ended_early_is_followed_by_one_that_works(wechat: Simulated, fault: Fault, expected: int) -> None:
    value = token(wechat)
    wechat.hands.turn(minutes=1)
    wechat.world.faults.on(fault, wechat.account.id)

    assert code(wechat, value) == expected
    assert code(wechat, token(wechat)) == 0


def test_a_frozen_list_answers_and_has_nothing_new(wechat: Simulated) -> None:
    wechat.world.faults.on(Fault.FROZEN, wechat.account.id)
    wechat.hands.turn(minutes=1)
    wechat.world.publish(wechat.account.id, DRAFT)

    assert post(wechat.api, BATCHGET, LIST, access_token=token(wechat)).json["total_count"] == 3


def test_pages_say_what_became_of_an_article(wechat: Simulated) -> None:
    (made,) = wechat.world.publish(wechat.account.id, DRAFT)
    path = f"/s/{short_id(wechat.account, made)}"

    there = ask(wechat.mp, path).text
    wechat.world.take_away(made, Standing.WITHHELD)
    withheld = ask(wechat.mp, path).text
    wechat.world.faults.on(Fault.CAPTCHA, wechat.account.id)

    assert PARAGRAPHS[0] in there
    assert "违规" in withheld
    assert "环境异常" in ask(wechat.mp, path).text


def test_an_album_with_one_article_has_an_object_in_the_place_of_a_list(wechat: Simulated) -> None:
    account = wechat.account
    asked = {"action": "getalbum", "__biz": account.biz, "album_id": account.album, "count": "20", "f": "json"}
    several = ask(wechat.mp, "/mp/appmsgalbum", **asked).json["getalbum_resp"]
    wechat.world.faults.on(Fault.ALBUM_SINGLE, account.id)
    one = ask(wechat.mp, "/mp/appmsgalbum", **asked).json["getalbum_resp"]

    rest = ask(
        wechat.mp,
        "/mp/appmsgalbum",
        **asked,
        begin_msgid=one["article_list"]["msgid"],
        begin_itemidx=one["article_list"]["itemidx"],
    ).json["getalbum_resp"]

    assert [row["title"] for row in several["article_list"]][1:2] == [rest["article_list"]["title"]]
    assert (several["continue_flag"], one["continue_flag"]) == ("0", "1")
