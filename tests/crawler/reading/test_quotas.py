"""Calls that a platform counts: what is counted here, and what is still worth asking for after a refusal."""

from collections import deque
from datetime import UTC, datetime

import pytest

from crawler.exchange import Ask
from crawler.reading.failures import refused_by_platform, unreadable
from crawler.reading.quotas import QuotaSpent, count_call, is_of_account, is_spent, worth_asking
from indexer.base.ids import ChannelId
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import RefusalReason, Trouble
from indexer.records.database import Database

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
C = PlatformCase


def ask(call: str = "list", credential: str = "") -> Ask:
    return Ask(url="https://api.example/x", call=call, credential=credential)


def count(database: Database, asked: Ask) -> None:
    count_call(database, asked, ChannelId("a"), quotas={"list": 1}, now=NOW)


@pytest.mark.parametrize("credential", ["", "trial"])
def test_a_call_beyond_its_quota_is_not_made(database: Database, credential: str) -> None:
    count(database, ask(credential=credential))

    with pytest.raises(QuotaSpent, match="今天对平台的 list 调用已满 1 次"):
        count(database, ask(credential=credential))


def test_calls_of_a_connection_are_counted_where_it_is_opened(database: Database) -> None:
    for _ in range(3):
        count(database, ask(credential="connection:a"))
        count(database, ask(call=""))


@pytest.mark.parametrize(
    ("case", "of_account", "spent"),
    [
        (C.QUOTA_SPENT, True, True),
        (C.IP_NOT_ALLOWED, True, False),
        (C.NOT_PERMITTED, True, False),
        (C.BUSY, True, False),
        (C.CALL_WRONG, False, False),
        (C.UNKNOWN_CODE, False, False),
    ],
)
def test_a_refusal_is_of_the_account_or_of_one_piece(case: PlatformCase, of_account: bool, spent: bool) -> None:
    facts = {"case": case.value, "code": "1", "call": "list", "said": "no", "ip": "192.0.2.7"}
    trouble = refused_by_platform("https://api.example/x", Trouble(reason=RefusalReason.PLATFORM, facts=facts))

    assert (is_of_account(trouble), is_spent(trouble)) == (of_account, spent)


def test_a_page_that_cannot_be_read_says_nothing_of_an_account() -> None:
    assert not is_of_account(unreadable("https://a.example/", what="x", do="y"))


def test_other_calls_are_made_where_only_one_is_spent_and_none_of_an_account_that_is_refused() -> None:
    lists, articles, others = ask(credential="a"), ask("article", "a"), ask("article", "b")
    waiting = [lists, articles, others]

    assert worth_asking(waiting, articles, is_spent=True) == deque([lists])
    assert worth_asking(waiting, articles, is_spent=False) == deque([others])
