"""The whole way of A3 on the simulated WeChat: ticket, authorisation, publication, event, piece; and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from flask_login import FlaskLoginClient

from config.settings import Settings
from crawler.platforms.connecting import Connecting
from crawler.platforms.events import PlatformEvents
from crawler.platforms.wechat.authorising import ticket_name
from indexer.connections.records import ConnectionState
from indexer.people import sessions
from indexer.people.accounts import Visit
from indexer.people.rights import Role
from indexer.records import channels, inbox, people, to_understand
from indexer.records.database import Database
from indexer.records.inbox import Became, InboxKind
from indexer.search.factory import open_index
from indexer.whitelist.records import Channel
from tests.crawler.platforms.component_world import (
    ACCOUNT,
    OTHER,
    Clock,
    channel,
    clock,
    connection_of,
    platforms,
    settings,
    third_party,
    token_of,
)
from tests.serving import site_of
from tests.simulators.cast import COMPONENT
from tests.simulators.component.platform import ComponentApi
from tests.simulators.running import Platforms
from tests.simulators.world.accounts import Component, WechatAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Draft
from web.app.access import SignedIn
from web.app.factory import create_app
from web.app.limits import limiter

__all__ = ["channel", "clock", "platforms", "settings", "third_party"]  # fixtures
DRAFT = Draft(title="水母没有大脑怎么游泳", paragraphs=("水母的伞缘排着一圈神经节，轮流发出节拍，伞面跟着收缩。" * 3,))


@pytest.fixture
def app(settings: Settings, database: Database, platforms: Platforms) -> Iterator[Flask]:
    """The site, served where the simulated WeChat calls it."""
    made = create_app(settings, database=database, index=open_index(settings))
    made.config |= {"TESTING": True, "WTF_CSRF_ENABLED": False}
    made.test_client_class = FlaskLoginClient
    limiter.enabled = False
    component = platforms.world.account(COMPONENT.id, Component)
    assert component is not None
    with site_of(made) as address:
        component.events = f"{address}/callbacks/component"
        component.messages = f"{address}/callbacks/component/$APPID$"
        yield made
    limiter.enabled = True


@pytest.fixture
def person(app: Flask, database: Database, channel: Channel, clock: Clock) -> FlaskClient:
    """A person of the channel's unit, signed in."""
    with database.transaction() as tx:
        user = people.add_user(tx, "单位甲", role=Role.UNIT, unit=channel.unit, password_hash="none")
        token = sessions.start(tx, user.id, Visit(), now=clock())
    return app.test_client(user=SignedIn(user, token))


@pytest.fixture
def work(settings: Settings, database: Database, platforms: Platforms, clock: Clock) -> "Work":
    return Work(settings, database, platforms, clock)


class Work:
    """WeChat's letters delivered, then the steps of `carnival work` until nothing waits."""

    def __init__(self, settings: Settings, database: Database, platforms: Platforms, clock: Clock) -> None:
        self.platforms = platforms
        self.steps = (PlatformEvents(settings, database, clock=clock), Connecting(settings, database, clock=clock))

    def __call__(self) -> list[tuple[int, str]]:
        delivered = [(one.status, one.answer) for one in self.platforms.courier.deliver()]
        while any(step.do() for step in self.steps):
            pass
        return delivered


def authorise(person: FlaskClient, work: Work, settings: Settings, channel: Channel, account: WechatAccount) -> str:
    """Press the button, go to WeChat, say yes there, come back; return where the page leads then."""
    page = f"/unit/channels/{channel.id}/connect"
    assert person.post(f"{page}/component").status_code == 303
    work()
    text = person.get(page).text
    begins = text.index(settings.origin_of("mp.weixin.qq.com"))
    there = text[begins : text.index('"', begins)].replace("&amp;", "&")
    said = requests.post(there, data={"account": account.id}, allow_redirects=False, timeout=10)
    back = urlsplit(said.headers["Location"])
    return person.get(f"{back.path}?{back.query}").headers["Location"]


def newest(database: Database) -> tuple[Became | None, str]:
    with database.reading() as tx:
        (filed,) = inbox.newest(tx, InboxKind.CONNECT, limit=1)
    return (filed.outcome.became, filed.outcome.words) if filed.outcome else (None, "")


def test_a_unit_authorises_publishes_and_takes_it_back(
    person: FlaskClient,
    work: Work,
    settings: Settings,
    database: Database,
    channel: Channel,
    third_party: ComponentApi,
    clock: Clock,
) -> None:
    pushed = third_party.push_ticket(is_asked=True)
    assert work() == [(200, "success")]
    assert token_of(database, settings, ticket_name(COMPONENT.id)) == pushed

    led = authorise(person, work, settings, channel, ACCOUNT)
    told = work()

    found = connection_of(database, channel)
    assert (led, told) == (f"/unit/channels/{channel.id}/connect", [(200, "success")])
    assert newest(database)[0] is Became.CONNECTED
    assert found is not None
    assert (found.state, found.account, found.name) == (ConnectionState.CONNECTED, ACCOUNT.id, ACCOUNT.name)

    work.platforms.world.publish(ACCOUNT.id, DRAFT)
    clock.later(seconds=31)
    assert work() == [(200, "success")]
    with database.reading() as tx:
        assert [version.title for _, version in to_understand.waiting(tx, 10)] == [DRAFT.title]

    clock.later(seconds=5)
    third_party.withdraw(ACCOUNT.id)
    work()
    gone = connection_of(database, channel)
    assert gone is not None
    assert (gone.state, gone.sealed) == (ConnectionState.WITHDRAWN, "")


def test_who_authorises_another_account_than_the_channel_s_is_told_so(
    person: FlaskClient,
    work: Work,
    settings: Settings,
    database: Database,
    channel: Channel,
    third_party: ComponentApi,
) -> None:
    third_party.push_ticket(is_asked=True)
    work()

    authorise(person, work, settings, channel, OTHER)
    work()

    became, words = newest(database)
    assert became is Became.NOT_CONNECTED
    assert OTHER.name in words
    assert connection_of(database, channel) is None


def test_before_the_first_ticket_the_page_says_what_is_missing(
    person: FlaskClient, work: Work, settings: Settings, channel: Channel
) -> None:
    page = f"/unit/channels/{channel.id}/connect"
    person.post(f"{page}/component")
    work()

    assert "component_verify_ticket" in person.get(page).text


@pytest.mark.parametrize("fault", [Fault.EVENT_TRIPLE, Fault.EVENT_FORGED, Fault.EVENT_UNORDERED])
def test_what_goes_wrong_on_the_way_of_events_loses_and_doubles_nothing(
    person: FlaskClient,
    work: Work,
    settings: Settings,
    database: Database,
    channel: Channel,
    third_party: ComponentApi,
    clock: Clock,
    fault: Fault,
) -> None:
    third_party.push_ticket(is_asked=True)
    work()
    authorise(person, work, settings, channel, ACCOUNT)
    work()
    work.platforms.world.faults.on(fault, ACCOUNT.id)

    titles = [f"第{number}篇：{DRAFT.title}" for number in (1, 2)]
    for title in titles:
        work.platforms.world.publish(ACCOUNT.id, replace(DRAFT, title=title))
    clock.later(seconds=31)
    statuses = {status for status, _ in work()}

    with database.reading() as tx:
        found = sorted(version.title for _, version in to_understand.waiting(tx, 10))
    assert found == titles
    assert statuses == ({200, 403} if fault is Fault.EVENT_FORGED else {200})


def test_a_channel_of_nobody_s_account_is_connected_and_an_editor_asked(
    person: FlaskClient,
    work: Work,
    settings: Settings,
    database: Database,
    channel: Channel,
    third_party: ComponentApi,
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, options={}))
    third_party.push_ticket(is_asked=True)
    work()

    authorise(person, work, settings, channel, ACCOUNT)
    work()

    found = connection_of(database, channel)
    assert found is not None
    assert (found.name, found.new_name) == ("", ACCOUNT.name)
