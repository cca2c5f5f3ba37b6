"""What a platform names of a channel while it is read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.exchange import Ask, Named
from crawler.reading.naming import REST, Naming
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.catalogue.looks import Sight
from indexer.catalogue.troubles import Refusal, RefusalReason
from indexer.records import announced, items, looks, refusals
from indexer.records.announced import ToldBy
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import WechatAccount, with_account
from tests.simulators.answers import NOW, TEXT


@pytest.fixture
def naming(database: Database, channel: Channel) -> Naming:
    return Naming(channel=channel, database=database, clock=lambda: NOW)


def url(channel: Channel, number: int) -> str:
    return f"https://{channel.hosts[0]}/list/{number}"


def named(channel: Channel, number: int, **fields: object) -> Named:
    made = Named(number=f"P{number}#1", url=url(channel, number), title=f"潮汐 {number}")
    return replace(made, **fields)  # type: ignore[arg-type]  # of whatever fields a test names


def asks(channel: Channel, *numbers: int, call: str = "article") -> list[Ask]:
    return [Ask(url="https://api.example/a", call=call, leads_to=(url(channel, number),)) for number in numbers]


def wanted(naming: Naming, asked: list[Ask]) -> list[Ask]:
    with naming.database.reading() as tx:
        return list(naming.wanted(tx, asked))


def collect(database: Database, channel: Channel, number: int) -> None:
    take_in(database, Candidate(channel=channel.id, url=url(channel, number), title="潮汐", text=TEXT), now=NOW)


def refuse(database: Database, channel: Channel, number: int, reason: RefusalReason) -> None:
    refused = Refusal(
        channel=channel.id, unit=channel.unit, url=url(channel, number), title="", reason=reason, message="x", at=NOW
    )
    with database.transaction() as tx:
        refusals.add(tx, refused)


def test_whether_all_is_news_is_told_of_the_last_answer(naming: Naming, channel: Channel) -> None:
    news = []
    for some in ([1, 2], [2, 3], [4]):
        naming.note([named(channel, number) for number in some])
        news.append(naming.all_new)

    assert (naming.is_named, news) == (True, [True, False, True])


def test_a_further_page_is_worth_a_call_while_there_is_news_or_more_than_was_named(
    naming: Naming, channel: Channel
) -> None:
    further = [Ask(url="https://api.example/list", continues=total) for total in (2, 3)]
    naming.note([named(channel, 1), named(channel, 2)])
    all_new = wanted(naming, further)
    naming.note([named(channel, 1)])

    assert (all_new, wanted(naming, further)) == (further, further[1:])


def test_what_is_here_is_not_asked_for_and_of_several_one_that_is_not_is_enough(
    naming: Naming, channel: Channel, database: Database
) -> None:
    collect(database, channel, 1)
    both = Ask(url="https://api.example/a", leads_to=(url(channel, 1), url(channel, 2)))

    assert wanted(naming, [*asks(channel, 1), both]) == [both]


@pytest.mark.parametrize(("later", "is_asked"), [(timedelta(0), False), (REST, True)])
def test_what_was_refused_rests_where_it_costs_a_call(
    naming: Naming, channel: Channel, database: Database, later: timedelta, is_asked: bool
) -> None:
    refuse(database, channel, 1, RefusalReason.UNREADABLE)
    naming.clock = lambda: NOW + later

    assert bool(wanted(naming, asks(channel, 1))) is is_asked
    assert wanted(naming, asks(channel, 1, call="")) != []


def test_an_article_that_waited_for_its_account_is_asked_for_once_that_is_confirmed(
    naming: Naming, channel: Channel, database: Database
) -> None:
    refuse(database, channel, 1, RefusalReason.ACCOUNT_UNCONFIRMED)
    unconfirmed = wanted(naming, asks(channel, 1))
    naming.channel = with_account(channel, WechatAccount(biz="3070376195"))

    assert (unconfirmed, len(wanted(naming, asks(channel, 1)))) == ([], 1)


def test_what_is_not_here_is_told_once_a_read(naming: Naming, channel: Channel, database: Database) -> None:
    collect(database, channel, 1)
    naming.note([named(channel, 1), named(channel, 2), named(channel, 3, is_gone=True)])

    assert (list(naming.unheld()), list(naming.unheld())) == ([named(channel, 2)], [])


def test_a_piece_that_is_gone_is_noted_on_its_link(naming: Naming, channel: Channel, database: Database) -> None:
    collect(database, channel, 1)

    naming.note([named(channel, 1, is_gone=True)], told_by=ToldBy.EVENT)

    with database.reading() as tx:
        [item] = items.locked_by_keys(tx, [_key(channel)]).values()
        look = looks.look(tx, item.id)
        counted = announced.tally(tx, channel.id)
    assert look is not None
    assert (look.gone, look.alarm) == (Sight.DELETED, Sight.DELETED)
    assert (counted.collected, counted.total) == (1, 1)


def _key(channel: Channel) -> str:
    from indexer.base.ids import canonical_key

    return canonical_key(url(channel, 1))
