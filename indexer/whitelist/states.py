"""The law of the whitelist: which moves are open to a channel, from where they may come, and what they need. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from config.units.options import BELONGS_TO
from config.words import ChannelKind, HostOwner, WhitelistStatus
from indexer.base.actors import Actor
from indexer.review.reasons import is_reason, words_of
from indexer.whitelist.records import Channel, WhitelistChange

S = WhitelistStatus


class WhitelistMove(StrEnum):
    """What can be done to a channel's place on the whitelist."""

    APPLY = "apply"  # its first row; an application handed in here will be this move too
    APPROVE = "approve"
    SUSPEND = "suspend"
    REVOKE = "revoke"
    AMEND = "amend"  # what is registered of it changes, its status stays


class Origin(StrEnum):
    """Where a move comes from: a person who names this channel, or a file of many."""

    PERSON = "person"
    FILE = "file"


M = WhitelistMove
BOTH, PERSON, FILE = frozenset(Origin), frozenset({Origin.PERSON}), frozenset({Origin.FILE})


@dataclass(frozen=True, slots=True)
class Open:
    """A move that is open: the status it leads to, and where it may come from."""

    after: WhitelistStatus
    origins: frozenset[Origin] = BOTH


ALLOWED: Mapping[tuple[WhitelistStatus | None, WhitelistMove], Open] = MappingProxyType(
    {
        (None, M.APPLY): Open(S.APPLIED),
        (S.APPLIED, M.APPROVE): Open(S.APPROVED),
        (S.APPLIED, M.SUSPEND): Open(S.SUSPENDED, FILE),  # a person revokes what is not approved yet
        (S.APPLIED, M.REVOKE): Open(S.REVOKED),
        (S.APPLIED, M.AMEND): Open(S.APPLIED),
        (S.APPROVED, M.SUSPEND): Open(S.SUSPENDED),
        (S.APPROVED, M.REVOKE): Open(S.REVOKED),
        (S.APPROVED, M.AMEND): Open(S.APPROVED),
        (S.SUSPENDED, M.APPROVE): Open(S.APPROVED, PERSON),  # what a person lowered is lifted by a person
        (S.SUSPENDED, M.REVOKE): Open(S.REVOKED),
        (S.SUSPENDED, M.AMEND): Open(S.SUSPENDED),
        (S.REVOKED, M.APPROVE): Open(S.APPROVED, PERSON),
        (S.REVOKED, M.AMEND): Open(S.REVOKED),
    }
)
TOWARDS: Mapping[WhitelistStatus, WhitelistMove] = MappingProxyType(
    {S.APPLIED: M.APPLY, S.APPROVED: M.APPROVE, S.SUSPENDED: M.SUSPEND, S.REVOKED: M.REVOKE}
)


class WhitelistProblem(StrEnum):
    """Why a move was refused: the key under which web finds the words in the reader's language."""

    UNKNOWN = "unknown_channel"
    ALREADY = "already_there"
    NOT_OPEN = "step_not_open"
    STALE = "channel_moved"
    NO_LICENCE = "no_licence"
    NO_HOST = "no_host"
    NO_PATH = "no_path"
    NO_REASON = "no_reason"
    NO_WECHAT = "no_wechat_account"
    NO_UNIT = "unknown_unit"
    REGISTERED = "already_registered"


LACKS: Mapping[WhitelistProblem, str] = MappingProxyType(
    {
        WhitelistProblem.NO_LICENCE: "no licence of the unit is recorded",
        WhitelistProblem.NO_HOST: "no host is registered",
        WhitelistProblem.NO_PATH: "its host is a parent body's, and no path of the unit's own column is registered",
    }
)


class WhitelistRefused(Exception):
    """A change of the whitelist that cannot be made, in words for the operator who asked."""

    def __init__(self, words: str, problem: WhitelistProblem) -> None:
        self.problem = problem
        super().__init__(words)


def lack_of(channel: Channel) -> WhitelistProblem | None:
    """Return what a channel lacks to be, or to stay, approved; None where it lacks nothing."""
    if not channel.licence:
        return WhitelistProblem.NO_LICENCE
    if not channel.hosts:
        return WhitelistProblem.NO_HOST
    if channel.options.get(BELONGS_TO) == HostOwner.PARENT and channel.path == "/":
        return WhitelistProblem.NO_PATH
    return None


def is_open(status: WhitelistStatus | None, move: WhitelistMove, origin: Origin) -> bool:
    """Tell whether a move is open from a status, for one that comes from there."""
    found = ALLOWED.get((status, move))
    return found is not None and origin in found.origins


def open_moves(status: WhitelistStatus) -> tuple[WhitelistMove, ...]:
    """Return the moves by which a person can change a status, in the order of the table."""
    return tuple(
        move for at, move in ALLOWED if at is status and move is not M.AMEND and is_open(at, move, Origin.PERSON)
    )


def decide(
    channel: Channel,
    move: WhitelistMove,
    *,
    before: WhitelistStatus | None,
    who: Actor,
    why: str,
    at: datetime,
    origin: Origin = Origin.PERSON,
) -> WhitelistChange:
    """Return the row that the move appends. Nothing is written.

    channel: as it shall stand, licence, hosts and path included. before: its status now, None where it is new.
    Raises WhitelistRefused where the move is not open, the channel lacks what its new status needs, or who or why is
    not said.
    """
    found = ALLOWED.get((before, move))
    if found is None or origin not in found.origins:
        raise _not_open(channel, move, before)
    if found.after is S.APPROVED and (lack := lack_of(channel)):
        raise WhitelistRefused(f"`{channel.id}` cannot be approved: {LACKS[lack]}", lack)
    if not is_reason(why) or not is_reason(who.name):
        raise WhitelistRefused("a change of status names who makes it and why", WhitelistProblem.NO_REASON)
    return WhitelistChange(
        channel=channel.id,
        before=before,
        after=found.after,
        who=who.name,
        why=words_of(why),
        at=at,
        actor_kind=who.kind,
        actor_id=who.id,
    )


def check_wechat(channel: Channel) -> None:
    """Raises WhitelistRefused for a channel that is no WeChat account: none can be confirmed for it."""
    if channel.kind is not ChannelKind.WECHAT:
        raise WhitelistRefused(f"`{channel.id}` is no WeChat account", WhitelistProblem.NO_WECHAT)


def _not_open(channel: Channel, move: WhitelistMove, before: WhitelistStatus | None) -> WhitelistRefused:
    if before is not None and TOWARDS[before] is move:
        return WhitelistRefused(f"`{channel.id}` is {before} already", WhitelistProblem.ALREADY)
    stands = f"{before}" if before else "new"
    return WhitelistRefused(f"`{channel.id}` is {stands}: `{move}` is not open to it", WhitelistProblem.NOT_OPEN)
