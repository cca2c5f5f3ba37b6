"""Calls of an account that authorised the component: by its token, renewed with a refresh token that may change."""

from dataclasses import replace

import pytest

from config.settings import Settings
from crawler.platforms.calling import Caller
from crawler.platforms.port import PlatformRefused, Wish
from crawler.platforms.ways.component import WAY
from crawler.platforms.wechat import calls
from crawler.platforms.wechat.authorised import account_of_code
from crawler.platforms.wechat.authorising import ComponentCalls, account_token_name
from indexer.catalogue.platform_words import PlatformCase
from indexer.connections.binding import bind
from indexer.connections.desk import SEALED
from indexer.connections.records import ConnectionState
from indexer.records import channels, connections, seen_accounts
from indexer.records.database import Database
from indexer.records.sealing import seal, unseal
from indexer.whitelist.records import Channel
from tests.crawler.platforms.component_world import (
    ACCOUNT,
    OTHER,
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
from tests.simulators.component.platform import ComponentApi
from tests.simulators.running import Platforms
from tests.simulators.world.faults import Fault

__all__ = [
    "channel",
    "clock",
    "code",
    "component",
    "platforms",
    "settings",
    "third_party",
    "ticket",
]  # fixtures, found by their names


@pytest.fixture
def caller(
    settings: Settings, database: Database, clock: Clock, channel: Channel, component: ComponentCalls, code: str
) -> Caller:
    """A caller where the channel is connected."""
    found = account_of_code(component, code)
    bind(database, settings, channel.id, found, by=PERSON, now=clock())
    return Caller(settings, database, clock=clock)


def renewals(platforms: Platforms) -> int:
    return sum(number for (_, call, _), number in platforms.world.calls.items() if call == "api_authorizer_token")


def test_the_token_that_came_with_the_code_is_used_first(
    caller: Caller, channel: Channel, platforms: Platforms
) -> None:
    answer = caller.send(calls.list_ask(channel.id))

    assert b'"total_count"' in answer.body
    assert renewals(platforms) == 0


def test_a_token_that_ends_is_renewed_and_a_new_refresh_token_is_kept(
    caller: Caller, channel: Channel, platforms: Platforms, database: Database, settings: Settings, clock: Clock
) -> None:
    before = connection_of(database, channel)
    platforms.world.faults.on(Fault.REFRESH_CHANGES, ACCOUNT.id)
    clock.later(hours=3)
    caller.send(calls.list_ask(channel.id))
    after = connection_of(database, channel)
    clock.later(hours=3)

    answer = caller.send(calls.list_ask(channel.id))

    assert before is not None
    assert after is not None
    assert unseal(settings, after.sealed) not in (None, unseal(settings, before.sealed))
    assert (b'"total_count"' in answer.body, renewals(platforms)) == (True, 2)


def test_a_refresh_token_is_not_kept_over_one_of_a_newer_authorisation(
    caller: Caller, channel: Channel, platforms: Platforms, database: Database, settings: Settings
) -> None:
    held = connection_of(database, channel)
    assert held is not None
    platforms.world.faults.on(Fault.REFRESH_CHANGES, ACCOUNT.id)

    of_old = replace(held, sealed="of an older authorisation")
    WAY.fetch(of_old, unseal(settings, held.sealed) or "", caller.tools(WAY))

    assert connection_of(database, channel) == held


def test_an_authorisation_that_was_taken_back_ends_the_connection(
    caller: Caller, channel: Channel, third_party: ComponentApi, database: Database, clock: Clock
) -> None:
    third_party.withdraw(ACCOUNT.id)
    clock.later(hours=3)

    with pytest.raises(PlatformRefused) as refused:
        caller.send(calls.list_ask(channel.id))

    found = connection_of(database, channel)
    assert refused.value.trouble.case == PlatformCase.AUTHORISATION_WITHDRAWN
    assert found is not None
    assert found.state is ConnectionState.WITHDRAWN


def test_secrets_stand_in_no_row_in_the_clear(
    caller: Caller, database: Database, settings: Settings, third_party: ComponentApi
) -> None:
    refresh, token = third_party.refresh[ACCOUNT.id], token_of(database, settings, account_token_name(ACCOUNT.id))

    assert database.file is not None
    raw = database.file.read_bytes()

    assert token is not None
    assert [secret.encode() in raw for secret in (refresh, token)] == [False, False]
    with database.reading() as tx:
        assert connections.every(tx)


def brought(channel: Channel, settings: Settings, clock: Clock, code: str) -> Wish:
    return Wish(channel=channel, fields={SEALED: seal(settings, code)}, who="单位甲", at=clock())


def test_a_code_that_a_person_brought_back_connects_the_account_that_the_channel_is_registered_as(
    settings: Settings, database: Database, clock: Clock, channel: Channel, component: ComponentCalls, code: str
) -> None:
    tools = Caller(settings, database, clock=clock).tools(WAY)

    made = WAY.connect(brought(channel, settings, clock, code), tools)

    assert (made.channel, made.account, made.name, made.who) == (channel.id, ACCOUNT.id, ACCOUNT.name, "单位甲")
    assert made.state is ConnectionState.CONNECTED


def test_a_code_of_another_account_than_the_channel_s_is_refused_and_nothing_of_it_is_kept(
    settings: Settings,
    database: Database,
    clock: Clock,
    channel: Channel,
    component: ComponentCalls,
    third_party: ComponentApi,
) -> None:
    code = third_party.authorise(OTHER, component.pre_auth_code().value, RIGHTS)

    with pytest.raises(PlatformRefused) as refused:
        WAY.connect(brought(channel, settings, clock, code), Caller(settings, database, clock=clock).tools(WAY))

    assert refused.value.trouble.case == PlatformCase.FOREIGN_USER
    assert OTHER.name in str(refused.value)
    assert token_of(database, settings, account_token_name(OTHER.id)) is None
    assert connection_of(database, channel) is None


def test_where_nobody_knows_the_channel_s_account_it_is_connected_and_a_person_is_asked(
    settings: Settings, database: Database, clock: Clock, channel: Channel, component: ComponentCalls, code: str
) -> None:
    unknown = replace(channel, options={})
    with database.transaction() as tx:
        channels.save_channel(tx, unknown)

    made = WAY.connect(brought(unknown, settings, clock, code), Caller(settings, database, clock=clock).tools(WAY))

    with database.reading() as tx:
        (seen,) = seen_accounts.seen_of(tx, channel.id)
    assert (made.name, made.new_name) == ("", ACCOUNT.name)
    assert (seen.account.original_id, seen.account.name, seen.url) == (ACCOUNT.original_id, ACCOUNT.name, "")
