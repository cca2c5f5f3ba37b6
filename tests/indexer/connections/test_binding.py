"""Which channel an account that authorised the component is bound to, and what is kept of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import Settings
from config.units.options import ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME
from config.words import ChannelKind
from indexer.base.changes import ChangeKind
from indexer.base.ids import ChannelId
from indexer.connections.binding import AuthorisedAccount, Fit, bind, channel_for, withdraw
from indexer.connections.desk import disconnect
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records import channels, connections, ledger, seen_accounts, tokens
from indexer.records.database import Database
from indexer.records.sealing import unseal
from indexer.whitelist.records import Channel
from tests.operators import OPERATOR

NOW = datetime(2026, 9, 20, 4, tzinfo=UTC)
FOUND = AuthorisedAccount(
    account="wx00000000000000ab",
    name="示例科技馆",
    original_id="gh_0123456789ab",
    subject="示例科技馆（事业单位）",
    rights=("1", "7"),
    refresh_token="refresh-token",
    token_name="authorizer:wx00000000000000ab",
    token="access-token",
    lasts=timedelta(hours=2),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path)


def account(database: Database, channel: Channel, name: str = "account", **options: str) -> Channel:
    made = replace(channel, id=ChannelId(name), kind=ChannelKind.WECHAT, name="示例馆公众号", options=options)
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


def bound(database: Database, channel: Channel) -> Connection | None:
    with database.reading() as tx:
        return connections.connection(tx, channel.id)


def test_the_account_of_a_channel_by_its_original_id_is_bound_with_its_tokens_sealed(
    database: Database, settings: Settings, channel: Channel
) -> None:
    own = account(database, channel, **{ACCOUNT_ID: "GH_0123456789AB", ACCOUNT_NAME: "示例科技馆"})

    assert bind(database, settings, own.id, FOUND, by=OPERATOR, now=NOW) is Fit.FITS

    found = bound(database, own)
    with database.reading() as tx:
        token = tokens.token(tx, FOUND.token_name)
        change = ledger.last_of(tx, ChangeKind.CHANNEL_CONNECTED, own.id)
    assert found is not None
    assert token is not None
    assert (found.name, found.new_name, found.original_id) == ("示例科技馆", "", FOUND.original_id)
    assert (unseal(settings, found.sealed), unseal(settings, token.sealed)) == ("refresh-token", "access-token")
    assert token.expires_at == NOW + FOUND.lasts
    assert change is not None
    assert change.actor == OPERATOR


def test_a_name_that_differs_from_the_registered_one_is_shown_to_a_person(
    database: Database, settings: Settings, channel: Channel
) -> None:
    own = account(database, channel, **{ACCOUNT_ID: FOUND.original_id, ACCOUNT_NAME: "旧名"})

    assert bind(database, settings, own.id, FOUND, by=OPERATOR, now=NOW) is Fit.FITS

    found = bound(database, own)
    assert found is not None
    assert (found.name, found.new_name) == ("旧名", "示例科技馆")


@pytest.mark.parametrize("options", [{}, {ACCOUNT_BIZ: "3900000001"}])
def test_an_account_that_may_or_may_not_be_the_channel_s_waits_for_a_person(
    database: Database, settings: Settings, channel: Channel, options: dict[str, str]
) -> None:
    own = account(database, channel, **options)

    assert bind(database, settings, own.id, FOUND, by=OPERATOR, now=NOW) is Fit.UNCONFIRMED

    found = bound(database, own)
    with database.reading() as tx:
        (seen,) = seen_accounts.seen_of(tx, own.id)
    assert found is not None
    assert (found.name, found.new_name, seen.account.original_id) == ("", FOUND.name, FOUND.original_id)


def test_an_account_of_the_registered_name_is_the_channel_s_where_no_number_is_known(
    database: Database, settings: Settings, channel: Channel
) -> None:
    own = account(database, channel, **{ACCOUNT_NAME: "示例科技馆"})

    assert bind(database, settings, own.id, FOUND, by=OPERATOR, now=NOW) is Fit.FITS


@pytest.mark.parametrize("options", [{ACCOUNT_ID: "gh_of_another"}, {ACCOUNT_NAME: "另一个馆"}])
def test_a_foreign_account_is_bound_to_nothing_and_nothing_of_it_is_kept(
    database: Database, settings: Settings, channel: Channel, options: dict[str, str]
) -> None:
    own = account(database, channel, **options)

    assert bind(database, settings, own.id, FOUND, by=OPERATOR, now=NOW) is Fit.FOREIGN

    with database.reading() as tx:
        kept = (connections.every(tx), tokens.token(tx, FOUND.token_name), seen_accounts.seen_of(tx, own.id))
    assert kept == ([], None, [])


def test_an_account_that_another_channel_has_is_taken_until_that_one_is_disconnected(
    database: Database, settings: Settings, channel: Channel
) -> None:
    first, second = account(database, channel), account(database, channel, "second")
    bind(database, settings, first.id, FOUND, by=OPERATOR, now=NOW)

    taken = bind(database, settings, second.id, FOUND, by=OPERATOR, now=NOW)
    disconnect(database, first.id, by=OPERATOR, now=NOW)
    free = bind(database, settings, second.id, FOUND, by=OPERATOR, now=NOW)

    assert (taken, free) == (Fit.TAKEN, Fit.UNCONFIRMED)
    assert bound(database, first) is None


def test_a_channel_that_is_gone_is_none(database: Database, settings: Settings) -> None:
    assert bind(database, settings, ChannelId("gone"), FOUND, by=OPERATOR, now=NOW) is Fit.NO_CHANNEL


def test_the_channel_of_an_account_is_the_connected_one_else_the_only_one_registered_so(
    database: Database, settings: Settings, channel: Channel
) -> None:
    with database.reading() as tx:
        nobody = channel_for(tx, FOUND)
    own = account(database, channel, **{ACCOUNT_ID: FOUND.original_id})
    with database.reading() as tx:
        registered = channel_for(tx, FOUND)
    twin = account(database, channel, "twin", **{ACCOUNT_ID: FOUND.original_id})
    with database.reading() as tx:
        two = channel_for(tx, FOUND)
    bind(database, settings, twin.id, FOUND, by=OPERATOR, now=NOW)
    with database.reading() as tx:
        connected = channel_for(tx, FOUND)

    assert (nobody, registered, two, connected) == (None, own.id, None, twin.id)


def test_what_is_withdrawn_keeps_its_row_without_secrets(
    database: Database, settings: Settings, channel: Channel
) -> None:
    own = account(database, channel)
    bind(database, settings, own.id, FOUND, by=OPERATOR, now=NOW)
    held = bound(database, own)
    assert held is not None

    with database.transaction() as tx:
        withdraw(tx, held, token_name=FOUND.token_name, now=NOW)

    found = bound(database, own)
    assert found is not None
    assert (found.state, found.sealed, found.account) == (ConnectionState.WITHDRAWN, "", FOUND.account)
    with database.reading() as tx:
        assert tokens.token(tx, FOUND.token_name) is None


def test_a_connection_by_the_account_s_own_secret_gives_way_to_the_authorisation(
    database: Database, settings: Settings, channel: Channel
) -> None:
    own = account(database, channel)
    with database.transaction() as tx:
        connections.save(
            tx, Connection(channel=own.id, platform=Platform.WECHAT, account=FOUND.account, who="单位甲", at=NOW)
        )

    bind(database, settings, own.id, FOUND, by=OPERATOR, now=NOW)

    found = bound(database, own)
    assert found is not None
    assert found.platform is Platform.COMPONENT
