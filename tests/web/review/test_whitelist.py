"""Approving, suspending and revoking channels in the desk."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.words import WhitelistStatus
from indexer.base.actors import ActorKind, operator
from indexer.base.ids import ChannelId, UnitId
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist import desk as use_cases
from indexer.whitelist.records import Channel
from indexer.whitelist.states import ALLOWED, WhitelistMove, open_moves
from web.review.whitelist import moves

OTHER = operator("编辑乙")
ADDRESS = "/review/whitelist/channel-b"


@pytest.fixture(autouse=True)
def _applied(database: Database, channel: Channel, make_channel: Callable[..., Channel]) -> None:
    applied = make_channel(
        id=ChannelId("channel-b"),
        unit=UnitId("unit-a"),
        name="示例视频号",
        status=WhitelistStatus.APPLIED,
        licence=None,
    )
    with database.transaction() as tx:
        channels.save_channel(tx, applied)


@pytest.fixture
def status(database: Database) -> Callable[[], WhitelistStatus]:
    def read() -> WhitelistStatus:
        with database.reading() as tx:
            found = channels.channel(tx, ChannelId("channel-b"))
        assert found is not None
        return found.status

    return read


@pytest.mark.parametrize(
    ("form", "after"),
    [
        ({"after": "approved", "licence": "示例授权 7", "why": "材料齐全"}, WhitelistStatus.APPROVED),
        ({"after": "approved", "licence": "示例授权 7", "why": " \u200b\u3164 "}, WhitelistStatus.APPLIED),
        ({"after": "suspended", "why": "表里没有的一步"}, WhitelistStatus.APPLIED),
        ({"status": "nonsense", "after": "revoked", "why": "单位要求"}, WhitelistStatus.APPLIED),
        ({"status": "", "after": "revoked", "why": "单位要求"}, WhitelistStatus.APPLIED),
        ({"after": "approved", "licence": "", "why": "材料齐全"}, WhitelistStatus.APPLIED),
        ({"after": "approved", "licence": "示例授权 7", "why": ""}, WhitelistStatus.APPLIED),
        ({"after": "revoked", "why": "单位要求"}, WhitelistStatus.REVOKED),
        ({"after": "applied", "why": "倒退"}, WhitelistStatus.APPLIED),
        ({"after": "nonsense", "why": "材料齐全"}, WhitelistStatus.APPLIED),
    ],
)
def test_a_step_needs_reason_and_licence(
    desk_client: FlaskClient, status: Callable[[], WhitelistStatus], form: dict[str, str], after: WhitelistStatus
) -> None:
    desk_client.post(ADDRESS, data={"status": "applied"} | form)

    assert status() is after


def test_a_step_from_a_page_that_is_out_of_date_is_refused_and_keeps_what_was_typed(
    desk_client: FlaskClient, status: Callable[[], WhitelistStatus], database: Database, now: datetime
) -> None:
    use_cases.step(database, ChannelId("channel-b"), WhitelistMove.REVOKE, who=OTHER, why="单位来函撤回", now=now)

    answer = desk_client.post(
        ADDRESS, data={"status": "applied", "after": "approved", "licence": "示例授权 8", "why": "我打的字"}
    )

    assert answer.status_code == 409
    assert status() is WhitelistStatus.REVOKED
    assert "编辑乙：单位来函撤回" in answer.text
    assert 'value="示例授权 8"' in answer.text
    assert 'value="我打的字"' in answer.text
    assert 'name="status" value="revoked"' in answer.text


@pytest.mark.parametrize(
    "form",
    [
        {"after": "approved", "licence": "", "why": "我打的字"},
        {"after": "suspended", "why": "我打的字"},
        {"after": "approved", "licence": "示例授权 7" * 50, "why": "我打的字"},
    ],
)
def test_a_refused_step_keeps_what_was_typed(desk_client: FlaskClient, form: dict[str, str]) -> None:
    answer = desk_client.post(ADDRESS, data={"status": "applied"} | form)

    assert answer.status_code == 400
    assert 'value="我打的字"' in answer.text


def test_a_step_that_names_no_status_is_refused(
    desk_client: FlaskClient, status: Callable[[], WhitelistStatus]
) -> None:
    answer = desk_client.post(ADDRESS, data={"after": "revoked", "why": "单位要求"})

    assert answer.status_code == 400
    assert status() is WhitelistStatus.APPLIED


def test_a_step_is_shown_with_who_made_it_and_why(desk_client: FlaskClient, database: Database) -> None:
    answer = desk_client.post(
        ADDRESS,
        data={"status": "applied", "after": "approved", "licence": "示例授权 7", "why": "材料齐全"},
        follow_redirects=True,
    )

    assert "“示例视频号”的状态现为：已批准" in answer.text
    assert "编辑甲 · 材料齐全" in answer.text
    with database.reading() as tx:
        assert channels.status_changes(tx, ChannelId("channel-b"))[-1].actor.kind is ActorKind.PERSON


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [("status=applied", "示例视频号", "示例馆网站"), ("name=示例馆&status=approved", "示例馆网站", "示例视频号")],
)
def test_channels_are_filtered(desk_client: FlaskClient, query: str, shown: str, hidden: str) -> None:
    page = desk_client.get(f"/review/whitelist?{query}").text

    assert shown in page
    assert hidden not in page


def test_every_status_has_a_step_and_none_leads_to_itself() -> None:
    steps = {status: [ALLOWED[status, move].after for move in open_moves(status)] for status in WhitelistStatus}

    assert [status for status, after in steps.items() if status in after or not after] == []
    assert WhitelistStatus.APPLIED not in {after for leads in steps.values() for after in leads}


@pytest.mark.parametrize("asked", list(WhitelistStatus))
def test_a_channel_has_a_button_for_each_step_that_is_open(
    desk_client: FlaskClient, database: Database, make_channel: Callable[..., Channel], asked: WhitelistStatus
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(id=ChannelId("channel-c"), name="示例音频", status=asked))

    page = desk_client.get("/review/whitelist?status=" + asked).text

    for after in WhitelistStatus:
        is_open = after in [ALLOWED[asked, move].after for move in open_moves(asked)]
        assert (f'name="after" value="{after}"' in page) is is_open


@pytest.mark.parametrize("status", list(WhitelistStatus))
def test_each_open_step_of_a_status_has_a_button_with_words_of_its_own(app: Flask, status: WhitelistStatus) -> None:
    with app.test_request_context():
        buttons = moves(status)

    assert [after for after, _ in buttons] == [ALLOWED[status, move].after for move in open_moves(status)]
    assert len({words for _, words in buttons}) == len(buttons)
    assert not any(words.isascii() for _, words in buttons)
