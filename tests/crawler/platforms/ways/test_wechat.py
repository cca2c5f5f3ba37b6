"""WeChat by an account's own app id and secret: what is asked for a token, and what its answer means."""

from datetime import timedelta

import pytest

from config.settings import Settings
from crawler.exchange import Answer
from crawler.platforms.calling import Caller
from crawler.platforms.port import Fetched, PlatformRefused, Verdict, Wish
from crawler.platforms.ways import ways
from crawler.platforms.ways.wechat import WAY, token_in
from indexer.connections.records import Connection, Platform
from indexer.records.database import Database
from indexer.records.sealing import seal
from indexer.whitelist.records import Channel
from tests.conftest import NOW
from tests.crawler.platforms.standing_in import APPID, SECRET, TOKEN_PATH, StandIn


def answer(body: str, status: int = 200) -> Answer:
    return Answer(url="https://api.weixin.qq.com/cgi-bin/stable_token", body=body.encode(), status=status)


def wish(settings: Settings, account: Channel, *, secret: str = SECRET) -> Wish:
    fields = {"account": APPID, "sealed": seal(settings, secret), "callback_sealed": "gAAA"}
    return Wish(channel=account, fields=fields, who="单位甲", at=NOW)


def test_the_way_is_found_by_its_platform() -> None:
    assert ways()[Platform.WECHAT] is WAY


def test_a_token_has_the_time_that_the_platform_gives_it() -> None:
    found = token_in(answer('{"access_token": "t", "expires_in": 345}'))

    assert found == Fetched(value="t", lasts=timedelta(seconds=345))
    assert "'t'" not in repr(found)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ('{"errcode": 40013, "errmsg": "invalid appid"}', 200, "不认识登记的 AppID"),
        ('{"errcode": 40125, "errmsg": "invalid appsecret"}', 200, "AppSecret"),
        ('{"errcode": 89503, "errmsg": "ip 192.0.2.7 waits for the administrator"}', 200, "192.0.2.7"),
        ("<html>502</html>", 502, "HTTP 502"),
        ('{"access_token": "t", "expires_in": 7200}', 500, "HTTP 500"),
        ("{}", 200, "HTTP 200"),
    ],
)
def test_what_brings_no_token_says_why(body: str, status: int, words: str) -> None:
    with pytest.raises(PlatformRefused, match=words):
        token_in(answer(body, status))


def test_what_was_entered_is_tried_and_becomes_a_connection(
    settings: Settings, database: Database, account: Channel, stand_in: StandIn
) -> None:
    asked = wish(settings, account)

    made = WAY.connect(asked, Caller(settings, database, clock=lambda: NOW).tools(WAY))

    assert made == Connection(
        channel=account.id,
        platform=Platform.WECHAT,
        account=APPID,
        sealed=asked.fields["sealed"],
        callback_sealed="gAAA",
        who="单位甲",
        at=NOW,
    )
    assert len(stand_in.asked(TOKEN_PATH)) == 1


def test_a_wrong_secret_becomes_none(settings: Settings, database: Database, account: Channel) -> None:
    tools = Caller(settings, database, clock=lambda: NOW).tools(WAY)

    with pytest.raises(PlatformRefused, match="AppSecret"):
        WAY.connect(wish(settings, account, secret="f" * 32), tools)


def test_an_answers_code_says_how_the_authorisation_stands() -> None:
    bodies = ['{"item": []}', '{"errcode": 42001}', '{"errcode": 61003}', '{"errcode": 42007}', '{"errcode": 45009}']

    assert [WAY.verdict(answer(body)) for body in bodies] == [
        Verdict.FINE,
        Verdict.TOKEN_REFUSED,
        Verdict.WITHDRAWN,
        Verdict.ENDED,
        Verdict.SPENT,
    ]
