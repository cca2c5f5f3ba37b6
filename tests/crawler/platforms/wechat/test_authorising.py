"""The component at the simulated WeChat: one token for all, codes that count once, refusals told as troubles."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from config.settings import Settings
from crawler.platforms.port import PlatformRefused
from crawler.platforms.wechat.authorising import ComponentCalls, account_token_name, ticket_name
from indexer.catalogue.platform_words import PlatformCase
from indexer.records.database import Database
from tests.crawler.platforms.component_world import (
    ACCOUNT,
    RIGHTS,
    Clock,
    clock,
    code,
    component,
    platforms,
    settings,
    third_party,
    ticket,
    token_of,
)
from tests.simulators.cast import COMPONENT
from tests.simulators.component.platform import ComponentApi
from tests.simulators.running import Platforms
from tests.simulators.world.faults import Fault

__all__ = [
    "clock",
    "code",
    "component",
    "platforms",
    "settings",
    "third_party",
    "ticket",
]  # fixtures, found by their names


def case_of(call: Callable[[], object]) -> str:
    with pytest.raises(PlatformRefused) as refused:
        call()
    return refused.value.trouble.case


def token_calls(platforms: Platforms) -> int:
    return sum(number for (account, call, _), number in platforms.world.calls.items() if call == "api_component_token")


def test_a_code_for_sending_a_person_is_had_with_the_token_that_the_ticket_brings(
    component: ComponentCalls, database: Database, settings: Settings
) -> None:
    got = component.pre_auth_code()

    assert got.value
    assert got.lasts == timedelta(minutes=10)
    assert token_of(database, settings, f"component:{COMPONENT.id}")


def test_two_workers_fetch_one_token(
    component: ComponentCalls, settings: Settings, database: Database, clock: Clock, platforms: Platforms
) -> None:
    workers = [component, *(ComponentCalls(settings, database, clock=clock) for _ in range(3))]
    with ThreadPoolExecutor(len(workers)) as threads:
        codes = list(threads.map(lambda worker: worker.pre_auth_code().value, workers))

    assert len(set(codes)) == len(workers)
    assert token_calls(platforms) == 1


def test_a_token_that_the_platform_killed_is_fetched_anew_once(
    component: ComponentCalls, third_party: ComponentApi, platforms: Platforms
) -> None:
    component.pre_auth_code()
    third_party.api.tokens.end(COMPONENT.id, of="component")

    assert component.pre_auth_code().value
    assert token_calls(platforms) == 2


def test_a_code_brings_the_account_and_its_tokens_to_whoever_comes_with_it_however_often(
    component: ComponentCalls, code: str, settings: Settings, database: Database, clock: Clock
) -> None:
    first = component.exchange(code)
    again = ComponentCalls(settings, database, clock=clock).exchange(code)

    assert (first.appid, first.rights, first.expires_in) == (ACCOUNT.id, (1, 7, 11), 7200)
    assert first == again
    assert first.refresh_token not in repr(first)


def test_a_code_that_is_none_or_too_old_says_that_one_must_authorise_again(
    component: ComponentCalls, code: str, clock: Clock
) -> None:
    assert case_of(lambda: component.exchange("code of nobody")) == PlatformCase.AUTHORISATION_ENDED
    clock.later(minutes=11)
    assert case_of(lambda: component.exchange(code)) == PlatformCase.AUTHORISATION_ENDED


def test_who_the_account_is_says_the_platform(component: ComponentCalls, code: str) -> None:
    component.exchange(code)

    info = component.account_info(ACCOUNT.id)

    assert (info.name, info.original_id, info.subject) == (ACCOUNT.name, ACCOUNT.original_id, ACCOUNT.subject)


def test_a_refresh_token_that_changes_is_told(component: ComponentCalls, code: str, platforms: Platforms) -> None:
    got = component.exchange(code)
    platforms.world.faults.on(Fault.REFRESH_CHANGES, ACCOUNT.id)

    renewed = component.renew(ACCOUNT.id, got.refresh_token)

    assert renewed.refresh_token not in ("", got.refresh_token)
    assert renewed.token not in ("", got.token)


def test_an_account_that_took_it_back_is_told_as_withdrawn(
    component: ComponentCalls, code: str, third_party: ComponentApi
) -> None:
    got = component.exchange(code)
    third_party.withdraw(ACCOUNT.id)

    assert case_of(lambda: component.renew(ACCOUNT.id, got.refresh_token)) == PlatformCase.AUTHORISATION_WITHDRAWN
    assert case_of(lambda: component.account_info(ACCOUNT.id)) == PlatformCase.AUTHORISATION_WITHDRAWN


def test_a_refresh_token_that_was_replaced_ends_the_authorisation(
    component: ComponentCalls, code: str, third_party: ComponentApi
) -> None:
    old = component.exchange(code).refresh_token
    third_party.authorise(ACCOUNT, component.pre_auth_code().value, RIGHTS)

    assert case_of(lambda: component.renew(ACCOUNT.id, old)) == PlatformCase.AUTHORISATION_ENDED


def test_without_a_ticket_or_with_an_old_one_nothing_is_asked(
    settings: Settings, database: Database, clock: Clock, platforms: Platforms, third_party: ComponentApi
) -> None:
    calls = ComponentCalls(settings, database, clock=clock)

    assert case_of(calls.pre_auth_code) == PlatformCase.NO_TICKET
    assert token_calls(platforms) == 0


def test_a_ticket_lasts_twelve_hours(component: ComponentCalls, clock: Clock) -> None:
    clock.later(hours=12, seconds=1)

    assert case_of(component.pre_auth_code) == PlatformCase.NO_TICKET


def test_a_ticket_that_this_machine_cannot_open_is_said(
    component: ComponentCalls, settings: Settings, clock: Clock
) -> None:
    (settings.data_folder / "credentials-key").unlink()

    assert case_of(component.pre_auth_code) == PlatformCase.CANNOT_OPEN


@pytest.mark.parametrize("changed", [{"wechat_component_appid": ""}, {"wechat_component_secret": None}])
def test_a_component_that_is_not_set_up_is_said(
    component: ComponentCalls, settings: Settings, database: Database, clock: Clock, changed: dict[str, object]
) -> None:
    calls = ComponentCalls(settings.model_copy(update=changed), database, clock=clock)

    assert case_of(calls.pre_auth_code) == PlatformCase.NO_COMPONENT


def test_an_address_that_wechat_does_not_let_in_is_named(component: ComponentCalls, platforms: Platforms) -> None:
    platforms.world.faults.on(Fault.IP_NOT_ALLOWED, COMPONENT.id)

    with pytest.raises(PlatformRefused) as refused:
        component.pre_auth_code()
    assert refused.value.trouble.case == PlatformCase.IP_NOT_ALLOWED


def test_names_of_tokens_are_as_the_records_say() -> None:
    assert (ticket_name("wx1"), account_token_name("wx2")) == ("ticket:wx1", "authorizer:wx2")
