"""crawler.reading.channel with a platform's source: its own hosts, quotas, and what is asked again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest

from config.units.options import ItemOptions
from config.words import ChannelKind
from crawler import sources as folder
from crawler.exchange import Answer, Ask, Body, Found, Method, Source
from crawler.sources import sources
from indexer.catalogue.items import Candidate, Proof
from indexer.records import channels, platform_calls, reads
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import WechatAccount, with_account
from tests.simulators.answers import NOW, TEXT, Web, run

API = "https://api.platform.example"
OURS = WechatAccount(biz="3070376195")


class Platform(Source[ItemOptions]):
    """Lists two articles by one call and reads each by another; the second is quoted at most twice a day."""

    kind, options, proof = "platform", ItemOptions, Proof.ACCOUNT
    hosts = frozenset({"api.platform.example"})
    quotas = MappingProxyType({"list": 100, "article": 2})

    def start(self, channel: Channel, options: ItemOptions) -> Iterator[Ask]:
        yield Ask(url=f"{API}/list", method=Method.POST, body=Body(content=b"{}"), call="list", takes_any_answer=True)

    def read(self, channel: Channel, options: ItemOptions, answer: Answer) -> Iterator[Found]:
        if answer.url.endswith("/list"):
            for name in answer.body.decode().split():
                yield Ask(url=f"{API}/{name}", call="article", credential="trial", leads_to=(item(channel, name),))
        else:
            name = answer.url.rpartition("/")[2]
            yield Candidate(channel=channel.id, url=item(channel, name), title=name, text=TEXT, account_biz=OURS.biz)


def item(channel: Channel, name: str) -> str:
    return f"https://{channel.hosts[0]}/s/{name}"


@pytest.fixture
def account(channel: Channel, database: Database, monkeypatch: pytest.MonkeyPatch) -> Channel:
    """An account of the platform, read by the source above."""
    known = MappingProxyType({**sources(), "platform": Platform()})
    monkeypatch.setattr(folder, "sources", lambda: known)
    made = with_account(replace(channel, kind=ChannelKind.WECHAT, source="platform"), OURS)
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


def web(*names: str) -> Web:
    return Web({f"{API}/list": " ".join(names), **dict.fromkeys((f"{API}/{name}" for name in names), "an article")})


def test_answers_of_the_kinds_own_host_are_not_outside_the_channel(database: Database, account: Channel) -> None:
    result = run(database, account, web("tide", "moon"))

    assert (result.new, result.refused, result.error) == (2, 0, None)


def test_a_call_beyond_its_quota_is_left_with_the_others_of_its_name(database: Database, account: Channel) -> None:
    platform = web("tide", "moon", "ebb", "flood")

    result = run(database, account, platform)

    assert result.new == 2
    assert [url.rpartition("/")[2] for url in platform.asked] == ["list", "tide", "moon"]
    assert result.waits_for_quota
    assert result.error == "今天对平台的 article 调用已满 2 次。不用处理：余下的明天自动继续"


def test_the_next_day_goes_on_where_the_quota_ended(database: Database, account: Channel) -> None:
    run(database, account, web("tide", "moon", "ebb", "flood"))
    platform = web("tide", "moon", "ebb", "flood")

    result = run(database, account, platform, NOW + timedelta(days=1))

    assert (result.new, result.error) == (2, None)
    assert [url.rpartition("/")[2] for url in platform.asked] == ["list", "ebb", "flood"]


def test_a_quota_is_counted_for_the_credential_that_makes_the_call(database: Database, account: Channel) -> None:
    with database.transaction() as tx:
        for _ in range(2):
            platform_calls.count_call(tx, caller="credential trial", call="article", day=NOW.date(), most=2)

    result = run(database, account, web("tide"))

    assert (result.new, result.waits_for_quota) == (0, True)


def test_what_is_posted_or_needs_a_credential_is_never_asked_only_if_it_changed(
    database: Database, account: Channel
) -> None:
    platform = web("tide")
    run(database, account, platform)
    run(database, account, platform, NOW + timedelta(hours=1))

    with database.reading() as tx:
        assert reads.validators(tx, [(account.id, f"{API}/list")]) == {(account.id, f"{API}/list"): (None, None)}
    assert set(platform.sent) == {(None, None)}
