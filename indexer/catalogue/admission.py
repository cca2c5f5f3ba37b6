"""Whether a channel vouches for a candidate: approved, the address its own, the account the one it is registered as."""

from config.words import ChannelKind, WhitelistStatus
from indexer.catalogue.items import Candidate, Proof
from indexer.catalogue.troubles import RefusalReason, Trouble
from indexer.whitelist.addresses import Standing, hosts_of, standing
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import Likeness, WechatAccount, account_of, likeness
from indexer.whitelist.weibo_accounts import is_told_by_uid, uid_of, uid_of_post


def admitted(candidate: Candidate, channel: Channel | None) -> Channel | Trouble:
    """Return the channel, where it vouches for the candidate that names it, else why not. Pure."""
    try:
        return _admitted(candidate, channel)
    except _NotAdmitted as objection:
        return objection.trouble


def account_of_page(candidate: Candidate) -> WechatAccount:
    """Return the account that the page says it was published by."""
    return WechatAccount(biz=candidate.account_biz, original_id=candidate.account_id, name=candidate.account)


class _NotAdmitted(Exception):
    def __init__(self, reason: RefusalReason, **facts: str) -> None:
        self.trouble = Trouble(reason=reason, facts=facts)
        super().__init__(str(self.trouble))


def _admitted(candidate: Candidate, channel: Channel | None) -> Channel:
    """Return the channel that vouches for the candidate. Raises _NotAdmitted."""
    if channel is None:
        raise _NotAdmitted(RefusalReason.CHANNEL_UNKNOWN, channel=candidate.channel)
    if channel.status is not WhitelistStatus.APPROVED:
        raise _NotAdmitted(RefusalReason.CHANNEL_NOT_APPROVED, channel=channel.name, case=channel.status.value)
    _check_address(channel, candidate.url)
    if is_told_by_uid(channel, candidate.url):
        _check_weibo_account(channel, candidate.url)
    if _is_told_by_account(channel, candidate):
        _check_account(channel, candidate)
    if not candidate.text.strip() and not candidate.media:
        raise _NotAdmitted(RefusalReason.NO_BODY, channel=channel.name)
    return channel


def _is_told_by_account(channel: Channel, candidate: Candidate) -> bool:
    """Whether the account that published it must be the channel's: an address that many accounts share proves nothing.

    Of a site, and of a feed that an account's unit registered, the address vouches, unless the page names an account.
    """
    if candidate.proof is Proof.ACCOUNT or account_of_page(candidate).has_number:
        return True
    return channel.kind is ChannelKind.WECHAT and channel.address is None


def _check_account(channel: Channel, candidate: Candidate) -> None:
    """Raises _NotAdmitted for an article of another account, and while nobody has confirmed which account it is."""
    seen, held = account_of_page(candidate), account_of(channel)
    match likeness(held, seen):
        case Likeness.SAME:
            return
        case Likeness.OTHER:
            raise _NotAdmitted(RefusalReason.OTHER_ACCOUNT, channel=channel.name, seen=str(seen), held=str(held))
        case Likeness.UNPROVEN if not seen.has_number:
            raise _NotAdmitted(RefusalReason.ACCOUNT_UNREAD, channel=channel.name)
        case Likeness.UNPROVEN:
            raise _NotAdmitted(RefusalReason.ACCOUNT_UNCONFIRMED, channel=channel.name, seen=str(seen))


def _check_weibo_account(channel: Channel, url: str) -> None:
    """Raises _NotAdmitted for a post of another account, and while no account is registered for the channel."""
    held, seen = uid_of(channel), uid_of_post(url)
    if not held:
        raise _NotAdmitted(RefusalReason.OTHER_ACCOUNT, channel=channel.name, case="no_uid")
    if seen != held:
        raise _NotAdmitted(RefusalReason.OTHER_ACCOUNT, channel=channel.name, case="uid", seen=seen or "—", held=held)


def _check_address(channel: Channel, url: str) -> None:
    """Raises _NotAdmitted for a link outside of its channel."""
    match standing(channel, url):
        case Standing.INSIDE:
            return
        case Standing.OTHER_PATH:
            raise _NotAdmitted(RefusalReason.OTHER_PATH, channel=channel.name, path=channel.path)
        case Standing.OTHER_HOST if hosts := hosts_of(channel):
            raise _NotAdmitted(RefusalReason.FOREIGN_HOST, channel=channel.name, hosts="、".join(hosts))
        case Standing.OTHER_HOST:
            raise _NotAdmitted(RefusalReason.FOREIGN_HOST, channel=channel.name, case="none")
