"""The law of the whitelist, move by move."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from config.words import ChannelKind, WhitelistStatus
from indexer.base.actors import ActorKind, operator
from indexer.whitelist import states
from indexer.whitelist.records import Channel
from indexer.whitelist.states import (
    LACKS,
    TOWARDS,
    Origin,
    WhitelistMove,
    WhitelistProblem,
    WhitelistRefused,
    decide,
    is_open,
    lack_of,
    open_moves,
)

S, M, P = WhitelistStatus, WhitelistMove, WhitelistProblem
AT = datetime(2026, 9, 17, tzinfo=UTC)
WHO = operator("编辑甲")


def problem(
    channel: Channel,
    move: WhitelistMove,
    before: WhitelistStatus | None,
    *,
    why: str = "示例",
    origin: Origin = Origin.PERSON,
) -> WhitelistProblem:
    with pytest.raises(WhitelistRefused) as refused:
        decide(channel, move, before=before, who=WHO, why=why, at=AT, origin=origin)
    return refused.value.problem


@pytest.mark.parametrize(
    ("status", "moves"),
    [
        (S.APPLIED, (M.APPROVE, M.REVOKE)),
        (S.APPROVED, (M.SUSPEND, M.REVOKE)),
        (S.SUSPENDED, (M.APPROVE, M.REVOKE)),
        (S.REVOKED, (M.APPROVE,)),
    ],
)
def test_these_moves_a_person_can_make(status: WhitelistStatus, moves: tuple[WhitelistMove, ...]) -> None:
    assert open_moves(status) == moves


@pytest.mark.parametrize(
    ("status", "moves"),
    [
        (None, {M.APPLY}),
        (S.APPLIED, {M.APPROVE, M.SUSPEND, M.REVOKE, M.AMEND}),
        (S.APPROVED, {M.SUSPEND, M.REVOKE, M.AMEND}),
        (S.SUSPENDED, {M.REVOKE, M.AMEND}),
        (S.REVOKED, {M.AMEND}),
    ],
)
def test_these_moves_a_file_can_make(status: WhitelistStatus | None, moves: set[WhitelistMove]) -> None:
    assert {move for move in M if is_open(status, move, Origin.FILE)} == moves


def test_the_row_names_status_actor_and_reason(make_channel: Callable[..., Channel]) -> None:
    change = decide(make_channel(), M.APPROVE, before=S.APPLIED, who=WHO, why=" 材料 齐全 ", at=AT)

    assert (change.before, change.after, change.why) == (S.APPLIED, S.APPROVED, "材料 齐全")
    assert (change.who, change.actor.kind, change.at) == ("编辑甲", ActorKind.OPERATOR, AT)


@pytest.mark.parametrize("status", list(S))
def test_where_a_channel_stands_already_it_does_not_go(
    make_channel: Callable[..., Channel], status: WhitelistStatus
) -> None:
    assert problem(make_channel(), TOWARDS[status], status) is P.ALREADY


@pytest.mark.parametrize(
    ("move", "before", "origin"),
    [
        (M.SUSPEND, S.APPLIED, Origin.PERSON),
        (M.SUSPEND, S.REVOKED, Origin.PERSON),
        (M.APPROVE, S.SUSPENDED, Origin.FILE),
        (M.APPROVE, S.REVOKED, Origin.FILE),
        (M.APPROVE, None, Origin.FILE),
        (M.APPLY, S.REVOKED, Origin.PERSON),
        (M.AMEND, None, Origin.PERSON),
    ],
)
def test_what_the_table_does_not_hold_is_refused(
    make_channel: Callable[..., Channel], move: WhitelistMove, before: WhitelistStatus | None, origin: Origin
) -> None:
    assert problem(make_channel(), move, before, origin=origin) is P.NOT_OPEN


@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        ({"licence": None}, P.NO_LICENCE),
        ({"licence": ""}, P.NO_LICENCE),
        ({"hosts": ()}, P.NO_HOST),
        ({"options": {"belongs_to": "parent"}}, P.NO_PATH),
    ],
)
def test_an_approval_needs_licence_host_and_path(
    make_channel: Callable[..., Channel], fields: dict[str, object], lack: WhitelistProblem
) -> None:
    lacking = make_channel(**fields)

    assert lack_of(lacking) is lack
    assert problem(lacking, M.APPROVE, S.APPLIED) is lack
    assert problem(lacking, M.AMEND, S.APPROVED) is lack
    assert decide(lacking, M.REVOKE, before=S.APPLIED, who=WHO, why="示例", at=AT).after is S.REVOKED
    assert decide(lacking, M.AMEND, before=S.APPLIED, who=WHO, why="示例", at=AT).after is S.APPLIED
    assert lack in LACKS


@pytest.mark.parametrize(
    "fields",
    [{}, {"options": {"belongs_to": "parent"}, "path": "/kx/"}, {"options": {"belongs_to": "own"}, "path": "/"}],
)
def test_a_host_of_one_s_own_or_a_parent_body_s_with_a_path_lacks_nothing(
    make_channel: Callable[..., Channel], fields: dict[str, object]
) -> None:
    assert lack_of(make_channel(**fields)) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"licence": None}, "no licence of the unit is recorded"),
        ({"hosts": ()}, "no host is registered"),
        (
            {"options": {"belongs_to": "parent"}, "path": "/"},
            "its host is a parent body's, and no path of the unit's own column is registered",
        ),
    ],
)
def test_what_a_channel_lacks_is_said(
    make_channel: Callable[..., Channel], fields: dict[str, object], words: str
) -> None:
    lacking = make_channel(**fields)

    with pytest.raises(WhitelistRefused) as refused:
        decide(lacking, M.APPROVE, before=S.APPLIED, who=WHO, why="示例", at=AT)

    assert str(refused.value) == f"`{lacking.id}` cannot be approved: {words}"


@pytest.mark.parametrize("why", ["", " ", "。。", "\u200b"])
def test_every_move_says_why(make_channel: Callable[..., Channel], why: str) -> None:
    assert problem(make_channel(), M.REVOKE, S.APPROVED, why=why) is P.NO_REASON


def test_an_account_is_of_a_wechat_channel(make_channel: Callable[..., Channel]) -> None:
    states.check_wechat(make_channel(kind=ChannelKind.WECHAT))

    with pytest.raises(WhitelistRefused, match="no WeChat account"):
        states.check_wechat(make_channel())
