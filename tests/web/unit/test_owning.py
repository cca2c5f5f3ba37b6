"""Whose channels a person may connect."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from indexer.base.ids import UnitId
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit
from web.app.access import SignedIn
from web.unit.owning import own_channel


@pytest.mark.parametrize(
    ("role", "unit", "is_own"),
    [(Role.UNIT, "unit-a", True), (Role.UNIT, "unit-b", False), (Role.ADMIN, None, True)],
)
def test_a_unit_has_its_own_channels_and_an_administrator_any(
    app: Flask,
    database: Database,
    channel: Channel,
    make_unit: Callable[..., Unit],
    make_user: Callable[..., User],
    role: Role,
    unit: str | None,
    is_own: bool,
) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b"), name="另一示例馆"))
    user = make_user("某人", role=role, unit=UnitId(unit) if unit else None)
    with app.test_request_context("/"):
        app.login_manager._update_request_context_with_user(SignedIn(user, "token"))  # type: ignore[attr-defined]
        found = _found(channel.id)
        missing = _found("no-such-channel")

    assert (found, missing) == (channel if is_own else None, None)


def _found(wanted: str) -> Channel | None:
    try:
        return own_channel(wanted)
    except NotFound:
        return None
