"""Notices of the component: tickets, authorisations that fit a channel or none, authorisations taken back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from config.settings import Settings
from config.units.options import ACCOUNT_ID
from crawler.platforms.port import PlatformRefused
from crawler.platforms.wechat.authorised import Authorisations
from crawler.platforms.wechat.authorising import ComponentCalls, account_token_name, ticket_name
from indexer.connections.events import Event, read_event
from indexer.connections.records import ConnectionState
from indexer.records import channels
from indexer.records.database import Database
from indexer.records.sealing import unseal
from indexer.whitelist.records import Channel
from tests import callbacks
from tests.crawler.platforms.component_world import (
    ACCOUNT,
    OTHER,
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

__all__ = ["channel", "clock", "code", "component", "platforms", "settings", "third_party", "ticket"]  # fixtures


@pytest.fixture
def authorisations(settings: Settings, database: Database, clock: Clock, component: ComponentCalls) -> Authorisations:
    return Authorisations(settings, database, component=component, clock=clock)


def told(kind: str, clock: Clock, *, ago: float = 0, **fields: str) -> Event:
    at = int(clock().timestamp() - ago)
    return read_event(callbacks.notice(kind, at=at, component=COMPONENT.id, **fields).encode())


@pytest.fixture
def authorise(
    authorisations: Authorisations, component: ComponentCalls, third_party: ComponentApi, clock: Clock
) -> Callable[..., str]:
    """Let the account authorise the component, and do the notice of it."""

    def do(account: object = ACCOUNT, kind: str = "authorized") -> str:
        given = third_party.authorise(account, component.pre_auth_code().value, RIGHTS)  # type: ignore[arg-type]
        appid = account.id  # type: ignore[attr-defined]
        return authorisations.authorised(told(kind, clock, AuthorizerAppid=appid, AuthorizationCode=given))

    return do


def test_a_newer_ticket_takes_the_place_of_the_one_before_and_an_older_one_does_not(
    authorisations: Authorisations, database: Database, settings: Settings, clock: Clock, ticket: str
) -> None:
    clock.later(minutes=10)
    newer = told("component_verify_ticket", clock, ComponentVerifyTicket="newer")
    older = told("component_verify_ticket", clock, ago=30, ComponentVerifyTicket="older")

    assert [authorisations.ticket(each) for each in (newer, older, newer)] == [
        "票据已保存",
        "已有更新的票据",
        "已有更新的票据",
    ]
    assert token_of(database, settings, ticket_name(COMPONENT.id)) == "newer"


def test_a_ticket_of_the_future_does_not_keep_later_ones_out(
    authorisations: Authorisations, database: Database, settings: Settings, clock: Clock
) -> None:
    authorisations.ticket(
        told("component_verify_ticket", clock, ago=-(10**9), ComponentVerifyTicket="of a wrong clock")
    )
    clock.later(minutes=10)
    authorisations.ticket(told("component_verify_ticket", clock, ComponentVerifyTicket="right"))

    assert token_of(database, settings, ticket_name(COMPONENT.id)) == "right"


def test_an_account_that_one_channel_is_registered_as_connects_it(
    authorise: Callable[..., str], database: Database, settings: Settings, channel: Channel, third_party: ComponentApi
) -> None:
    assert authorise() == "授权已保存（fits）"

    found = connection_of(database, channel)
    assert found is not None
    assert (found.account, found.name, found.new_name, found.original_id, found.subject, found.rights) == (
        ACCOUNT.id,
        ACCOUNT.name,
        "",
        ACCOUNT.original_id,
        ACCOUNT.subject,
        ("1", "7", "11"),
    )
    assert unseal(settings, found.sealed) == third_party.refresh[ACCOUNT.id]
    assert token_of(database, settings, account_token_name(ACCOUNT.id))


def test_an_account_that_no_channel_is_registered_as_connects_none(
    authorise: Callable[..., str], database: Database, settings: Settings, channel: Channel
) -> None:
    assert authorise(OTHER).startswith("没有渠道登记了这个公众号")
    assert connection_of(database, channel) is None
    assert token_of(database, settings, account_token_name(OTHER.id)) is None


def test_an_account_that_two_channels_are_registered_as_waits_for_a_person(
    authorise: Callable[..., str], database: Database, channel: Channel
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, id="channel-twin", options={ACCOUNT_ID: ACCOUNT.original_id}))  # type: ignore[arg-type]

    assert authorise().startswith("没有渠道登记了这个公众号")
    assert connection_of(database, channel) is None


def test_a_code_of_another_account_than_the_notice_says_connects_nothing(
    authorisations: Authorisations, code: str, database: Database, channel: Channel, clock: Clock
) -> None:
    words = authorisations.authorised(told("authorized", clock, AuthorizerAppid=OTHER.id, AuthorizationCode=code))

    assert "不是事件所说的公众号" in words
    assert connection_of(database, channel) is None


def test_a_changed_authorisation_renews_the_connection_of_whoever_made_it(
    authorise: Callable[..., str], database: Database, settings: Settings, channel: Channel, third_party: ComponentApi
) -> None:
    authorise()

    assert authorise(kind="updateauthorized") == "授权已保存（fits）"

    found = connection_of(database, channel)
    assert found is not None
    assert unseal(settings, found.sealed) == third_party.refresh[ACCOUNT.id]


def test_an_authorisation_that_was_taken_back_wipes_the_secrets(
    authorise: Callable[..., str],
    authorisations: Authorisations,
    database: Database,
    settings: Settings,
    channel: Channel,
    third_party: ComponentApi,
    clock: Clock,
) -> None:
    authorise()
    third_party.withdraw(ACCOUNT.id)
    clock.later(minutes=1)

    words = authorisations.unauthorised(told("unauthorized", clock, AuthorizerAppid=ACCOUNT.id))

    found = connection_of(database, channel)
    assert found is not None
    assert (words, found.state, found.sealed) == ("授权已取消，凭据已清除", ConnectionState.WITHDRAWN, "")
    assert token_of(database, settings, account_token_name(ACCOUNT.id)) is None
    assert (
        authorisations.unauthorised(told("unauthorized", clock, AuthorizerAppid=ACCOUNT.id)) == "没有这个公众号的连接"
    )


def test_a_withdrawal_that_was_overtaken_by_a_new_authorisation_changes_nothing(
    authorise: Callable[..., str], authorisations: Authorisations, database: Database, channel: Channel, clock: Clock
) -> None:
    authorise()

    words = authorisations.unauthorised(told("unauthorized", clock, ago=60, AuthorizerAppid=ACCOUNT.id))

    found = connection_of(database, channel)
    assert found is not None
    assert (words, found.state) == ("取消之后又授权过：连接不变", ConnectionState.CONNECTED)


def test_an_older_withdrawal_that_still_holds_is_done(
    authorise: Callable[..., str],
    authorisations: Authorisations,
    database: Database,
    channel: Channel,
    third_party: ComponentApi,
    clock: Clock,
) -> None:
    authorise()
    third_party.withdraw(ACCOUNT.id)

    authorisations.unauthorised(told("unauthorized", clock, ago=60, AuthorizerAppid=ACCOUNT.id))

    found = connection_of(database, channel)
    assert found is not None
    assert found.state is ConnectionState.WITHDRAWN


def test_a_code_that_is_too_old_is_a_trouble(authorisations: Authorisations, clock: Clock) -> None:
    with pytest.raises(PlatformRefused):
        authorisations.authorised(told("authorized", clock, AuthorizerAppid=ACCOUNT.id, AuthorizationCode="old"))
