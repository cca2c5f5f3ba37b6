"""The step of events: each once, side by side, tried again where it may help, and given up with words."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from config.settings import Settings
from crawler.platforms.events import PAUSES, TRIES, PlatformEvents, make
from crawler.platforms.wechat.authorised import account_of_code
from crawler.platforms.wechat.authorising import ComponentCalls, account_token_name, ticket_name
from indexer.connections.binding import bind
from indexer.connections.events import read_event
from indexer.connections.receiving import Received, Receiver, component_keys, keep
from indexer.connections.records import ConnectionState
from indexer.records import platform_events, to_understand, tokens
from indexer.records.database import Database
from indexer.records.platform_events import PlatformEvent
from indexer.records.platform_events import receive as keep_event
from indexer.whitelist.records import Channel
from tests import callbacks
from tests.crawler.platforms.component_world import (
    ACCOUNT,
    PERSON,
    RIGHTS,
    Clock,
    channel,
    clock,
    code,
    component,
    connection_of,
    platforms,
    settings,
    third_party,
    ticket,
    token_of,
)
from tests.simulators.cast import COMPONENT
from tests.simulators.component.platform import ComponentApi
from tests.simulators.running import Platforms
from tests.simulators.wechat.addresses import article_id, article_url
from tests.simulators.world.posts import Draft

__all__ = ["channel", "clock", "code", "component", "platforms", "settings", "third_party", "ticket"]  # fixtures
DRAFT = Draft(title="水母没有大脑怎么游泳", paragraphs=("水母的伞缘排着一圈神经节，轮流发出节拍，伞面跟着收缩。" * 3,))
Tell = Callable[..., None]


@pytest.fixture
def step(settings: Settings, database: Database, clock: Clock) -> PlatformEvents:
    return PlatformEvents(settings, database, clock=clock)


@pytest.fixture
def tell(settings: Settings, database: Database, clock: Clock) -> Tell:
    """Keep an event as its page does."""
    keys = component_keys(settings)
    assert keys is not None

    def do(text: str, account: str = "") -> None:
        receiver = Receiver(keys=keys, account=account)
        received = Received(receiver=receiver, event=read_event(text.encode()), body=text)
        keep(database, settings, received, now=clock())

    return do


@pytest.fixture
def connected(
    database: Database, settings: Settings, clock: Clock, channel: Channel, component: ComponentCalls, code: str
) -> None:
    bind(database, settings, channel.id, account_of_code(component, code), by=PERSON, now=clock())


def notice(kind: str, clock: Clock, **fields: str) -> str:
    return callbacks.notice(kind, at=int(clock().timestamp()), component=COMPONENT.id, **fields)


def standing(database: Database) -> list[tuple[str | None, bool]]:
    """What came of each event so far, and whether it is done."""
    with database.reading() as tx:
        found = platform_events.newest(tx, limit=20)
    return [(one.outcome, one.done_at is not None) for one in found]


def titles(database: Database) -> list[str]:
    with database.reading() as tx:
        return [version.title for _, version in to_understand.waiting(tx, 10)]


def test_there_is_nothing_to_do_without_events(settings: Settings, database: Database) -> None:
    step = make(settings, database)

    assert (step.waits(), step.do(), step.name, step.every) == (False, 0, "platform_events", 0.5)


@pytest.mark.usefixtures("connected")
def test_what_an_account_published_is_here_after_one_turn_of_the_step(
    step: PlatformEvents, tell: Tell, database: Database, platforms: Platforms
) -> None:
    (post,) = platforms.world.publish(ACCOUNT.id, DRAFT)
    text = callbacks.published(article_url(ACCOUNT, post), article=article_id(post), to=ACCOUNT.original_id)
    tell(text, ACCOUNT.id)
    tell(text, ACCOUNT.id)

    assert (step.waits(), step.do(), step.waits(), step.do()) == (True, 1, False, 0)
    assert titles(database) == [DRAFT.title]
    assert standing(database) == [("收录 1 篇", True)]


def test_tickets_and_authorisations_are_done_from_what_was_kept_sealed(
    step: PlatformEvents,
    tell: Tell,
    database: Database,
    settings: Settings,
    channel: Channel,
    third_party: ComponentApi,
    component: ComponentCalls,
    clock: Clock,
) -> None:
    clock.later(minutes=1)
    pushed = third_party.push_ticket(is_asked=True) or ""
    code = third_party.authorise(ACCOUNT, component.pre_auth_code().value, RIGHTS)
    tell(notice("component_verify_ticket", clock, ComponentVerifyTicket=pushed))
    tell(notice("authorized", clock, AuthorizerAppid=ACCOUNT.id, AuthorizationCode=code))

    step.do()

    found = connection_of(database, channel)
    assert token_of(database, settings, ticket_name(COMPONENT.id)) == pushed
    assert found is not None
    assert found.state is ConnectionState.CONNECTED
    assert token_of(database, settings, account_token_name(ACCOUNT.id))


def test_a_ticket_is_kept_before_an_authorisation_that_came_with_it_is_done(
    step: PlatformEvents,
    tell: Tell,
    database: Database,
    channel: Channel,
    third_party: ComponentApi,
    component: ComponentCalls,
    clock: Clock,
) -> None:
    code = third_party.authorise(ACCOUNT, component.pre_auth_code().value, RIGHTS)
    with database.transaction() as tx:
        tokens.drop(tx, ticket_name(COMPONENT.id))
        tokens.drop(tx, f"component:{COMPONENT.id}")
    tell(notice("authorized", clock, AuthorizerAppid=ACCOUNT.id, AuthorizationCode=code))
    tell(notice("component_verify_ticket", clock, ComponentVerifyTicket=third_party.push_ticket(is_asked=True) or ""))

    step.do()

    found = connection_of(database, channel)
    assert [is_done for _, is_done in standing(database)] == [True, True]
    assert found is not None
    assert found.state is ConnectionState.CONNECTED


def test_tickets_are_done_before_all_else_and_each_account_in_one_lane(
    step: PlatformEvents, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[tuple[str, str]] = []
    others_wait = threading.Barrier(2)  # the two lanes run side by side, or this test ends with an error

    def answer(kept: PlatformEvent, _holder: str) -> None:
        began.append((kept.account, kept.kind))
        if kept.event_key.startswith("first"):
            others_wait.wait(timeout=20)

    monkeypatch.setattr(step, "_answer", answer)
    kinds = (("first", "a", "authorized"), ("first", "b", "authorized"), ("then", "a", "unauthorized"))
    with database.transaction() as tx:
        for key, account, kind in (*kinds, ("ticket", "a", "component_verify_ticket")):
            keep_event(tx, account=account, event_key=f"{key}-{account}", kind=kind, body="", at=clock())

    assert step.do() == 4

    assert began[0] == ("a", "component_verify_ticket")
    assert [kind for account, kind in began[1:] if account == "a"] == ["authorized", "unauthorized"]


@pytest.mark.usefixtures("connected")
def test_what_one_account_does_is_done_in_the_order_in_which_it_came(
    step: PlatformEvents,
    tell: Tell,
    database: Database,
    channel: Channel,
    third_party: ComponentApi,
    component: ComponentCalls,
    clock: Clock,
) -> None:
    third_party.withdraw(ACCOUNT.id)
    tell(notice("unauthorized", clock, AuthorizerAppid=ACCOUNT.id))
    code = third_party.authorise(ACCOUNT, component.pre_auth_code().value, RIGHTS)
    tell(notice("authorized", clock, AuthorizerAppid=ACCOUNT.id, AuthorizationCode=code))

    assert step.do() == 2

    found = connection_of(database, channel)
    assert found is not None
    assert found.state is ConnectionState.CONNECTED


def test_many_events_are_done_side_by_side(
    step: PlatformEvents, tell: Tell, database: Database, clock: Clock, ticket: str
) -> None:
    for number in range(6):
        clock.later(seconds=10)
        tell(notice("component_verify_ticket", clock, ComponentVerifyTicket=f"t{number}"))

    assert [step.do(), step.do(), step.do()] == [4, 2, 0]
    assert all(is_done for _, is_done in standing(database))


def test_what_the_platform_refuses_is_tried_again_after_pauses_and_then_given_up(
    step: PlatformEvents, tell: Tell, database: Database, clock: Clock, ticket: str
) -> None:
    tell(notice("authorized", clock, AuthorizerAppid=ACCOUNT.id, AuthorizationCode="no code"))
    step.do()
    told = standing(database)

    for pause in PAUSES:
        clock.now += pause - timedelta(seconds=1)
        assert step.do() == 0
        clock.later(seconds=1)
        step.do()
        told += standing(database)

    assert [is_done for _, is_done in told] == [False] * (TRIES - 1) + [True]
    assert all(words and "61010" in words for words, _ in told)


def test_an_authorisation_that_came_before_the_first_ticket_is_done_once_there_is_one(
    step: PlatformEvents,
    tell: Tell,
    database: Database,
    settings: Settings,
    channel: Channel,
    third_party: ComponentApi,
    clock: Clock,
) -> None:
    tell(notice("authorized", clock, AuthorizerAppid=ACCOUNT.id, AuthorizationCode="c"))
    step.do()

    assert "component_verify_ticket" in (standing(database)[0][0] or "")
    assert not standing(database)[0][1]


def test_an_event_of_an_account_that_nobody_connected_is_done_with_words(
    step: PlatformEvents, tell: Tell, database: Database
) -> None:
    tell(callbacks.published("https://mp.weixin.qq.com/s/x", to="gh_x"), "wx-of-nobody")
    step.do()

    assert standing(database) == [("没有这个公众号的连接", True)]


def test_an_event_that_this_machine_cannot_open_is_done_with_words(
    step: PlatformEvents, tell: Tell, database: Database, settings: Settings, clock: Clock
) -> None:
    tell(notice("component_verify_ticket", clock, ComponentVerifyTicket="t"))
    (settings.data_folder / "credentials-key").unlink()
    step.do()

    assert standing(database)[0][0] == "本机打不开这个事件（没有封存它的密钥）"


def test_an_event_that_ended_every_worker_is_given_up(
    step: PlatformEvents, tell: Tell, database: Database, clock: Clock
) -> None:
    tell(notice("component_verify_ticket", clock, ComponentVerifyTicket="t"))
    for _ in range(TRIES):
        with database.transaction() as tx:
            claimed: list[PlatformEvent] = list(
                platform_events.claim_waiting(tx, holder="killed", now=clock(), limit=5)
            )
        assert len(claimed) == 1
        clock.later(minutes=6)

    step.do()

    assert standing(database) == [("处理这个事件时程序多次意外退出，已放弃", True)]


def test_two_workers_do_each_event_once(
    step: PlatformEvents, tell: Tell, database: Database, settings: Settings, clock: Clock
) -> None:
    other = PlatformEvents(settings, database, clock=clock)
    for number in range(5):
        tell(notice("component_verify_ticket", clock, ComponentVerifyTicket=f"t{number}"))

    done = [step.do(), other.do(), step.do()]

    assert sum(done) == 5
    assert len([words for words, is_done in standing(database) if is_done]) == 5
