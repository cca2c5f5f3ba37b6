"""An account is read by its connection: what is new alone, within half of its quota; what is missing is known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.platforms.wechat.calls import QUOTAS
from indexer.base.ids import ItemId, canonical_key
from indexer.base.times import BEIJING
from indexer.catalogue.items import Item
from indexer.catalogue.looks import Sight
from indexer.catalogue.troubles import RefusalReason
from indexer.people.accounts import User
from indexer.records import announced, items, looks, platform_calls, reads, refusals, to_understand, understood
from indexer.records.database import Database
from indexer.review.desk import decide
from indexer.review.records import Move, State
from indexer.whitelist.records import Channel
from tests.conftest import NOW
from tests.crawler.platforms.accounts import Account, Reads, url
from tests.crawler.platforms.standing_in import APPID, ARTICLE_PATH, LIST_PATH


def titles(database: Database) -> list[str]:
    with database.reading() as tx:
        return sorted(version.title for _, version in to_understand.waiting(tx, 200))


def tally(database: Database, account: Channel) -> announced.Tally:
    with database.reading() as tx:
        return announced.tally(tx, account.id)


def spent(database: Database, call: str, *, left: int = 0) -> None:
    with database.transaction() as tx:
        day = NOW.astimezone(BEIJING).date()
        platform_calls.spend(tx, caller=f"account {APPID}", call=call, day=day, most=QUOTAS[call] - left)


def test_each_publication_is_asked_for_once_and_each_of_its_articles_taken_in(
    reading: Reads, publisher: Account, account: Channel, database: Database
) -> None:
    publisher.articles = 2
    publisher.publish(1, 2)

    first, second = reading.times(account, 2)

    assert (first.new, first.error, second.new, second.error) == (4, None, 0, None)
    assert titles(database) == ["潮汐 1-1", "潮汐 1-2", "潮汐 2-1", "潮汐 2-2"]
    assert (publisher.lists(), publisher.asked()) == ([0, 0], ["P2", "P1"])


def test_what_is_new_is_asked_for_alone(reading: Reads, publisher: Account, account: Channel) -> None:
    publisher.publish(*range(1, 10))
    reading.read(account)
    publisher.publish(10)

    result = reading.read(account)

    assert (result.new, publisher.asked()[9:]) == (1, ["P10"])


def test_further_pages_are_read_while_they_hold_news_and_never_again(
    reading: Reads, publisher: Account, account: Channel
) -> None:
    publisher.publish(*range(1, 46))

    results = reading.times(account, 2)

    assert [result.new for result in results] == [45, 0]
    assert publisher.lists() == [0, 20, 40, 0]


def test_what_a_spent_quota_left_comes_the_next_day(
    reading: Reads, publisher: Account, account: Channel, database: Database
) -> None:
    publisher.publish(*range(1, 6))
    spent(database, "getarticle", left=2)

    first, again = reading.times(account, 2)
    reading.now += timedelta(days=1)
    later = reading.read(account)

    assert (first.new, first.waits_for_quota, again.new, later.new, later.error) == (2, True, 0, 3, None)
    assert "明天自动继续" in (first.error or "")
    assert first.trouble is not None
    assert first.trouble.case == "quota_spent"
    assert (tally(database, account).collected, len(publisher.asked())) == (5, 5)


def test_what_lies_on_later_pages_is_not_lost_where_the_quota_ends_before(
    reading: Reads, publisher: Account, account: Channel, database: Database
) -> None:
    publisher.publish(*range(1, 31))
    spent(database, "getarticle", left=3)
    reading.read(account)
    reading.now += timedelta(days=1)

    result = reading.read(account)

    assert result.new == 27
    assert publisher.lists() == [0, 20, 0]


def test_a_spent_list_is_no_failure(reading: Reads, publisher: Account, account: Channel, database: Database) -> None:
    spent(database, "batchget")

    result = reading.read(account)

    assert (result.waits_for_quota, publisher.lists()) == (True, [])


@pytest.mark.parametrize(
    ("said", "case"),
    [
        ({"errcode": 48001, "errmsg": "api unauthorized"}, "not_permitted"),
        ({"errcode": -1, "errmsg": "system error"}, "busy"),
        ({"errcode": 45011, "errmsg": "api minute-quota reach limit"}, "rate_limited"),
    ],
)
def test_what_holds_for_the_account_is_asked_once_and_said_of_the_channel(
    reading: Reads, publisher: Account, account: Channel, said: dict[str, object], case: str
) -> None:
    publisher.publish(1, 2, 3)
    publisher.stand_in.said[ARTICLE_PATH] = [said]

    result = reading.read(account)

    assert result.trouble is not None
    assert (result.trouble.case, len(publisher.asked()), result.waits_for_quota) == (case, 1, False)


def test_one_publication_that_is_gone_costs_itself_alone_and_rests(
    reading: Reads, publisher: Account, account: Channel, database: Database
) -> None:
    publisher.publish(1, 2, 3)
    publisher.stand_in.said[ARTICLE_PATH] = [{"errcode": 53600, "errmsg": "Article ID 无效"}]

    first, second = reading.times(account, 2)
    reading.now += timedelta(hours=7)
    third = reading.read(account)

    assert (first.new, first.refused, first.error) == (2, 1, None)
    assert (second.new, third.new, publisher.asked()) == (0, 1, ["P3", "P2", "P1", "P3"])
    with database.reading() as tx:
        [refusal] = refusals.recent(tx, channel=account.id)
    assert refusal.reason is RefusalReason.PLATFORM


def test_what_is_missing_is_named_with_its_reason(
    reading: Reads, publisher: Account, account: Channel, database: Database
) -> None:
    publisher.publish(1, 2, 3)
    publisher.stand_in.said[ARTICLE_PATH] = [{"errcode": 53600, "errmsg": "Article ID 无效"}]
    reading.read(account)

    counted = tally(database, account)

    assert (counted.collected, counted.total) == (2, 3)
    [missing] = counted.missing
    assert (missing.announced.title, missing.announced.url) == ("潮汐 3-1", url(3))
    assert "53600" in missing.reason


def test_an_article_of_another_account_is_refused(reading: Reads, publisher: Account, account: Channel) -> None:
    publisher.biz = "MjM5OTAyNDkwMA=="
    publisher.publish(1)

    result = reading.read(account)

    assert (result.new, result.refused) == (0, 1)


def test_an_account_that_was_confirmed_is_read_at_once(
    reading: Reads, publisher: Account, account: Channel, database: Database
) -> None:
    publisher.publish(1)
    unknown = replace(account, options={})
    with database.transaction() as tx:
        from indexer.records import channels

        channels.save_channel(tx, unknown)
    refused, resting = reading.times(unknown, 2)
    with database.transaction() as tx:
        channels.save_channel(tx, account)

    taken = reading.read(account)

    assert (refused.refused, resting.refused, taken.new) == (1, 0, 1)
    assert len(publisher.asked()) == 2


@pytest.fixture
def public(
    reading: Reads,
    publisher: Account,
    account: Channel,
    database: Database,
    make_user: Callable[..., User],
) -> Item:
    """An article that was collected and approved."""
    publisher.publish(1)
    reading.read(account)
    with database.transaction() as tx:
        [(item, version)] = to_understand.waiting(tx, 2)
        understood.save(
            tx, item.id, 1, tags=(), findings=(), vector=None, embedder="none", cluster=item.cluster, at=NOW
        )
    decide(
        database,
        item=item.id,
        version=version.number,
        state=State.PENDING,
        move=Move.APPROVE,
        who=make_user(),
        why="",
        now=NOW,
    )
    return item


def test_what_the_account_deleted_comes_down_and_stays_as_a_person_decides_then(
    reading: Reads,
    publisher: Account,
    account: Channel,
    database: Database,
    public: Item,
    make_user: Callable[..., User],
) -> None:
    publisher.gone.add((1, 1))

    reading.read(account)

    with database.reading() as tx:
        item, look = items.item(tx, ItemId(public.id)), looks.look(tx, public.id)
    assert item is not None
    assert look is not None
    assert (item.state, item.public, look.gone) == (State.WITHDRAWN, None, Sight.DELETED)

    decide(
        database,
        item=item.id,
        version=1,
        state=State.WITHDRAWN,
        move=Move.APPROVE,
        who=make_user("编辑乙"),
        why="平台误报",
        now=NOW,
    )
    reading.read(account)

    with database.reading() as tx:
        again = items.item(tx, public.id)
    assert again is not None
    assert again.public == 1


def test_what_was_deleted_before_it_was_seen_is_never_asked_for(
    reading: Reads, publisher: Account, account: Channel, database: Database
) -> None:
    publisher.publish(1, 2)
    publisher.gone.add((1, 1))

    result = reading.read(account)

    counted = tally(database, account)
    assert (result.new, publisher.asked(), counted.collected, counted.total) == (1, ["P2"], 1, 1)


def test_an_empty_list_is_no_trouble(reading: Reads, publisher: Account, account: Channel) -> None:
    result = reading.read(account)

    assert (result.new, result.error, publisher.asked()) == (0, None, [])


def test_a_list_of_nothing_but_bytes_is_said(reading: Reads, publisher: Account, account: Channel) -> None:
    publisher.stand_in.said[LIST_PATH] = [{"errcode": 40097, "errmsg": "invalid args"}]

    result = reading.read(account)

    assert result.trouble is not None
    assert (result.trouble.case, result.error is None) == ("call_wrong", False)


def test_reads_are_known_by_key(database: Database, reading: Reads, publisher: Account, account: Channel) -> None:
    publisher.publish(1)
    reading.read(account)

    with database.reading() as tx:
        assert reads.held(tx, [canonical_key(url(1))]) == {"wechat/3070376195/1/1/a11"}
