"""crawler.reading.recheck: how hosts are asked when links are looked at; fetching is a table of answers."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.exchange import Answer, Ask
from crawler.extract.state import PageState
from crawler.reading import recheck
from crawler.reading.channel import PageReader
from crawler.reading.failures import Unanswered, bad_status
from crawler.reading.recheck import A_HOST, HOSTS_AT_ONCE, PUT_OFF, SILENT_IN_A_ROW
from crawler.reading.worker import Reading
from indexer.catalogue.evidence import EvidenceStore
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.catalogue.looks import Sight
from indexer.catalogue.troubles import RefusalReason
from indexer.records import channels
from indexer.records.database import Database
from indexer.records.reads import Validators
from indexer.whitelist.records import Channel
from tests.crawler.reading.looking import LATER, collect, link, look_again, url_of
from tests.simulators.answers import NOW, TEXT, Here, Web, article, listing


def test_a_site_is_not_stormed_however_much_of_it_is_held(
    database: Database, channel: Channel, web: Web, store: EvidenceStore
) -> None:
    origin = str(channel.address).removesuffix("/list/")
    names = [f"art-{number}" for number in range(A_HOST * 2 + 5)]
    web.pages = {f"{origin}/{name}": article(f"第{name}篇", TEXT * 2 + name) for name in names}
    web.pages[str(channel.address)] = listing(origin, *names)
    collect(database, channel, web, store)
    at_once, most = 0, 0

    async def fetch(channel: Channel, ask: Ask, validators: Validators) -> Answer | None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        answer = await real(channel, ask, validators)
        at_once -= 1
        return answer

    real, web.fetch = web.fetch, fetch  # type: ignore[method-assign]  # counted on its way

    assert [look_again(database, web, store).looked for _ in range(4)] == [A_HOST, A_HOST, 5, 0]
    assert most == 1


def test_a_host_that_asks_for_a_pause_is_left_alone_until_its_end(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item
) -> None:
    until = LATER + timedelta(hours=3)
    for name in ("snow", "rain"):
        web.pages[url_of(channel, name)] = bad_status(url_of(channel, name), 429, rests_until=until)

    look_again(database, web, store)
    asked = len(web.asked)
    look_again(database, web, store, until - timedelta(minutes=1))

    assert asked == len(web.asked) == 1
    assert look_again(database, web, store, until + timedelta(seconds=1)).looked == 1


class Asking:
    """Reads every page as one that asks whether a person is there."""

    async def read(self, channel: Channel, answer: Answer) -> Reading:
        return Reading(found=(), unreadable=("平台要求验证", "请推送文件"), state=PageState.CAPTCHA)


@pytest.mark.parametrize(("status", "pool"), [(503, Here()), (429, Here()), (None, Asking())])
def test_a_host_that_is_busy_or_wants_a_person_is_left_for_an_hour(
    database: Database,
    channel: Channel,
    web: Web,
    store: EvidenceStore,
    snow: Item,
    status: int | None,
    pool: PageReader,
) -> None:
    web.pages = {url: bad_status(url, status) if status else page for url, page in web.pages.items()}
    web.etag = None

    look_again(database, web, store, pool=pool)
    look_again(database, web, store, LATER + PUT_OFF - timedelta(minutes=1), pool=pool)

    assert len(web.asked) == 1
    assert look_again(database, web, store, LATER + PUT_OFF + timedelta(minutes=1)).looked == 1


def test_a_host_that_does_not_answer_is_left_after_a_few_links(
    database: Database, channel: Channel, web: Web, store: EvidenceStore
) -> None:
    origin = str(channel.address).removesuffix("/list/")
    names = [f"art-{number}" for number in range(SILENT_IN_A_ROW + 4)]
    web.pages = {f"{origin}/{name}": article(f"第{name}篇", TEXT * 2 + name) for name in names}
    web.pages[str(channel.address)] = listing(origin, *names)
    collect(database, channel, web, store)
    web.pages = {url: Unanswered(url, RefusalReason.HOST_SILENT) for url in web.pages}

    assert look_again(database, web, store).looked == SILENT_IN_A_ROW
    assert look_again(database, web, store, LATER + timedelta(minutes=30)).looked == 0


def test_a_fault_of_the_program_is_an_alarm_of_its_link_and_costs_the_others_nothing(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item
) -> None:
    web.pages[url_of(channel)] = LookupError("over this one")

    round_ = look_again(database, web, store)

    assert (round_.looked, link(database, snow).alarm) == (2, Sight.BROKEN)
    assert "LookupError" in link(database, snow).alarm_words


def test_words_that_no_record_takes_are_kept_without_their_control_characters(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item
) -> None:
    web.pages[url_of(channel)] = Unanswered(url_of(channel), RefusalReason.NOT_VISITED, why="转到了 \0 和 \ud800")

    look_again(database, web, store)

    assert link(database, snow).alarm is Sight.ELSEWHERE
    assert "\0" not in link(database, snow).alarm_words


@pytest.fixture
def many_hosts(database: Database, channel: Channel, make_candidate: Callable[..., Candidate]) -> Web:
    """A piece on each of more hosts than are asked at once."""
    hosts = tuple(f"h{number}.example" for number in range(HOSTS_AT_ONCE + 3))
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, hosts=hosts))
    pages: dict[str, str | Exception] = {f"http://{host}/1.html": article(f"关于{host}", TEXT * 2) for host in hosts}
    for url in pages:
        assert take_in(database, make_candidate(channel=channel.id, url=url), now=NOW).item
    return Web(pages)


def test_only_a_few_hosts_are_asked_side_by_side(database: Database, many_hosts: Web, store: EvidenceStore) -> None:
    at_once, most = 0, 0

    async def fetch(channel: Channel, ask: Ask, validators: Validators) -> Answer | None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        answer = await real(channel, ask, validators)
        at_once -= 1
        return answer

    real, many_hosts.fetch = many_hosts.fetch, fetch  # type: ignore[method-assign]  # counted on its way

    assert look_again(database, many_hosts, store).looked == HOSTS_AT_ONCE + 3
    assert 1 < most <= HOSTS_AT_ONCE


def test_what_a_round_has_no_time_for_is_due_still(
    database: Database, many_hosts: Web, store: EvidenceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fetch(channel: Channel, ask: Ask, validators: Validators) -> Answer | None:
        await asyncio.Event().wait()
        raise AssertionError("nothing sets it")

    real, many_hosts.fetch = many_hosts.fetch, fetch  # type: ignore[method-assign]  # never ends
    monkeypatch.setattr(recheck, "ROUND_SECONDS", 0.2)

    assert look_again(database, many_hosts, store).looked == 0
    many_hosts.fetch = real  # type: ignore[method-assign]
    monkeypatch.undo()
    assert look_again(database, many_hosts, store).looked == HOSTS_AT_ONCE + 3


def test_links_of_a_channel_that_is_suspended_are_not_visited(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item
) -> None:
    with database.transaction() as tx:
        tx.change(channels.CHANNELS.update().values(status="suspended"))

    assert look_again(database, web, store).looked == 0
    assert web.asked == []
