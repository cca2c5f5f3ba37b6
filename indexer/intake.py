"""Candidate to item: the one way into the catalogue, or a refusal that the unit can read."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from config.settings import DEFAULT_TEXT_CHARS
from indexer.ids import WECHAT_HOST, canonical_key, content_hash, new_id
from indexer.items import (
    Candidate,
    Channel,
    ChannelKind,
    ClusterId,
    Item,
    ItemId,
    Move,
    Refusal,
    RefusalReason,
    State,
    Version,
    WhitelistStatus,
)
from indexer.records import channels, decisions, items
from indexer.records.database import Database, Transaction
from indexer.records.seen_accounts import SeenAccount, add_seen
from indexer.review import states
from indexer.shortening import Shortened, shorten
from indexer.texts import REPLACEMENT, storable_record
from indexer.wechat_accounts import Likeness, WechatAccount, account_of, likeness

COLLECTOR = "collector"  # who made the decisions that an edit at the source makes; no person can have this name
PUSHED = (None, "wechat_page")  # sources of channels that nothing polls: what comes in was pushed by a person
DEFAULT_PORTS = {"http": 80, "https": 443}
REMEDIES = {
    WhitelistStatus.APPLIED: "白名单状态为“已申请”，主办方尚未批准。请等待批准，或联系主办方媒体中心",
    WhitelistStatus.SUSPENDED: "白名单状态为“已暂停”。请联系主办方媒体中心了解原因并申请恢复",
    WhitelistStatus.REVOKED: "白名单状态为“已撤销”。如要继续发布，请重新申请登记",
}


class Outcome(StrEnum):
    """What became of a candidate."""

    NEW_ITEM = "new_item"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """item: None only where the candidate was refused; refusal: only then."""

    outcome: Outcome
    item: ItemId | None = None
    refusal: Refusal | None = None


def take_in(database: Database, candidate: Candidate, *, now: datetime, text_chars: int = DEFAULT_TEXT_CHARS) -> Taken:
    """Make a candidate an item, a newer version of one, or a recorded refusal, in one transaction.

    text_chars: characters of its text that are kept at most.
    """
    short = shorten(storable_record(candidate), text_chars=text_chars)
    candidate = short.candidate
    with database.transaction() as tx:
        channel = channels.channel(tx, candidate.channel)
        try:
            channel = _admitted(candidate, channel)
        except _NotAdmitted as objection:
            refusal = _refusal(candidate, channel, objection, now)
            channels.add_refusal(tx, refusal)
            account = _account(candidate)
            if objection.reason is RefusalReason.ACCOUNT_UNCONFIRMED and account.has_number:
                add_seen(tx, SeenAccount(channel=candidate.channel, account=account, url=candidate.url, at=now))
            return Taken(outcome=Outcome.REFUSED, refusal=refusal)
        known = items.by_key(tx, canonical_key(candidate.url))
        return _add(tx, short, channel, now) if known is None else _update(tx, short, known, now)


def is_inside(channel: Channel, url: str) -> bool:
    """Tell whether an address lies on the channel's registered hosts and under its path, read as a browser would."""
    return _outside(channel, url) is None


class _NotAdmitted(Exception):
    def __init__(self, reason: RefusalReason, message: str) -> None:
        self.reason, self.message = reason, message
        super().__init__(message)


def _admitted(candidate: Candidate, channel: Channel | None) -> Channel:
    """Return the channel that vouches for the candidate. Raises _NotAdmitted."""
    if channel is None:
        words = f"渠道“{candidate.channel}”不在白名单里。请先申请登记这个渠道，获准之后再推送"
        raise _NotAdmitted(RefusalReason.CHANNEL_UNKNOWN, words)
    if channel.status is not WhitelistStatus.APPROVED:
        words = f"渠道“{channel.name}”的{REMEDIES[channel.status]}"
        raise _NotAdmitted(RefusalReason.CHANNEL_NOT_APPROVED, words)
    if (outside := _outside(channel, candidate.url)) is not None:
        raise _NotAdmitted(RefusalReason.FOREIGN_HOST, outside)
    if channel.kind is ChannelKind.WECHAT:
        _check_account(channel, candidate)
    if not candidate.text.strip() and not candidate.media:
        words = f"渠道“{channel.name}”的这个网页里没有读到正文、图片或视频。请确认链接公开可读、没有删除，再推送一次"
        raise _NotAdmitted(RefusalReason.NO_BODY, words)
    return channel


def _account(candidate: Candidate) -> WechatAccount:
    return WechatAccount(biz=candidate.account_biz, original_id=candidate.account_id, name=candidate.account)


def _check_account(channel: Channel, candidate: Candidate) -> None:
    """Raises _NotAdmitted for an article of another account, and while nobody has confirmed which account it is."""
    seen, held = _account(candidate), account_of(channel)
    if not seen.has_number and channel.source not in PUSHED:
        return  # a feed that the unit registered: its entries carry no numbers, its address vouches for them
    match likeness(held, seen):
        case Likeness.SAME:
            return
        case Likeness.OTHER:
            words = (
                f"这篇文章来自公众号{seen}，而渠道“{channel.name}”登记的公众号是{held}。请只推送本渠道公众号的文章；"
                "公众号确有变更的，请联系主办方媒体中心更改登记"
            )
            raise _NotAdmitted(RefusalReason.OTHER_ACCOUNT, words)
        case Likeness.UNPROVEN if not seen.has_number:
            words = (
                f"网页上没有读出文章是哪个公众号发布的，不能确认它来自渠道“{channel.name}”。"
                "请推送文章链接，或在微信里打开文章后另存网页再推送"
            )
            raise _NotAdmitted(RefusalReason.ACCOUNT_UNCONFIRMED, words)
        case Likeness.UNPROVEN:
            words = (
                f"渠道“{channel.name}”还没有确认过是哪个公众号，这篇文章来自公众号{seen}。"
                "请主办方的编辑在白名单页核对并确认这个公众号，确认之后再推送一次"
            )
            raise _NotAdmitted(RefusalReason.ACCOUNT_UNCONFIRMED, words)


def _outside(channel: Channel, url: str) -> str | None:
    """What to tell the unit of a link outside its channel; None where it is inside."""
    parts = _split(url)
    hosts = channel.hosts or ((WECHAT_HOST,) if channel.kind is ChannelKind.WECHAT else ())
    if parts is None or _place(parts) not in hosts:
        shown = "、".join(hosts) or "没有登记任何网站"
        return (
            f"链接不在渠道“{channel.name}”登记的网站上（{shown}）。请只推送登记网站上的链接，或申请为这个渠道补充登记"
        )
    folder = channel.path.rstrip("/") + "/"
    if not f"{parts.path or '/'}/".startswith(folder) or _climbs(parts.path):
        return f"链接不在渠道“{channel.name}”登记的路径 {channel.path} 之下。请推送该路径之下的链接，或申请更改登记"
    return None


def _split(url: str) -> SplitResult | None:
    """None for what a browser reads otherwise than we do: backslashes, blanks, a name before the host, a bad port.

    And for an address that lost a character on its way here.
    """
    if "\\" in url or REPLACEMENT in url or any(sign.isspace() or not sign.isprintable() for sign in url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it checks it
    except ValueError:
        return None
    return None if parts.username is not None or not parts.hostname else parts


def _place(parts: SplitResult) -> str:
    """`host`, or `host:port` where the port is not the scheme's own: as channels register it."""
    host = (parts.hostname or "").rstrip(".")
    if parts.port is None or parts.port == DEFAULT_PORTS.get(parts.scheme):
        return host
    return f"{host}:{parts.port}"


def _climbs(path: str) -> bool:
    return any(step in (".", "..") for step in unquote(path).replace("\\", "/").split("/"))


def _refusal(candidate: Candidate, channel: Channel | None, objection: _NotAdmitted, now: datetime) -> Refusal:
    return Refusal(
        channel=candidate.channel,
        unit=channel.unit if channel else None,
        url=candidate.url,
        title=candidate.title,
        reason=objection.reason,
        message=objection.message,
        at=now,
    )


def _add(tx: Transaction, short: Shortened, channel: Channel, now: datetime) -> Taken:
    candidate = short.candidate
    item = Item(
        id=ItemId(new_id()),
        unit=channel.unit,
        channel=channel.id,
        key=canonical_key(candidate.url),
        kind=candidate.kind,
        state=State.PENDING,
        latest=1,
        public=None,
        cluster=ClusterId(new_id()),
        created_at=now,
    )
    items.add_item(tx, item, _version(short, item.id, number=1, now=now))
    return Taken(outcome=Outcome.NEW_ITEM, item=item.id)


def _update(tx: Transaction, short: Shortened, known: Item, now: datetime) -> Taken:
    """Another channel may point to an item, but only its own may change it: else one unit could edit another's text."""
    newer = _version(short, known.id, number=known.latest + 1, now=now)
    latest = items.version(tx, known.id, known.latest)
    if known.channel != short.candidate.channel or (latest and latest.content_hash == newer.content_hash):
        return Taken(outcome=Outcome.UNCHANGED, item=known.id)
    items.add_version(tx, newer)
    if known.state is not State.PENDING:  # nobody has decided on a pending item: there is nothing to record
        edited = replace(known, latest=newer.number)
        decisions.append(tx, states.decide(edited, Move.EDIT, decision=new_id(), who=COLLECTOR, why="", at=now))
    return Taken(outcome=Outcome.NEW_VERSION, item=known.id)


def _version(short: Shortened, item: ItemId, *, number: int, now: datetime) -> Version:
    candidate = short.candidate
    return Version(
        item=item,
        number=number,
        url=candidate.url,
        title=candidate.title,
        author=candidate.author,
        account=candidate.account,
        published=candidate.published,
        html=candidate.html,
        text=candidate.text,
        media=candidate.media,
        content_hash=content_hash(
            title=candidate.title, text=candidate.text, media=(medium.url for medium in candidate.media)
        ),
        collected_at=now,
        omitted_chars=short.omitted_chars,
    )
