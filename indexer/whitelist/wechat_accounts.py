"""Which WeChat account a channel is, and whether a page is of the same one: pure.

Names can change and can be freed for others; the biz number and the original id (gh_…) stay (WeChat's help pages, read
2026-11). So numbers decide wherever both sides have one, and a name only where neither has.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from config.units.options import ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME
from indexer.base.text import name_key
from indexer.whitelist.records import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class WechatAccount:
    """An account as a page or the whitelist names it; biz: decimal digits. Empty where nothing is said."""

    biz: str = ""
    original_id: str = ""
    name: str = ""

    @property
    def has_number(self) -> bool:
        """Tell whether something is known that stays with the account."""
        return bool(self.biz or self.original_id)

    def __str__(self) -> str:
        """As people are told of it, in Chinese."""
        numbers = [f"原始 ID {self.original_id}"] * bool(self.original_id) + [f"biz {self.biz}"] * bool(self.biz)
        return f"“{self.name or '名称不详'}”" + (f"（{'，'.join(numbers)}）" if numbers else "")


class Likeness(StrEnum):
    """What a page's account is to the channel's."""

    SAME = "same"
    OTHER = "other"
    UNPROVEN = "unproven"


def account_of(channel: Channel) -> WechatAccount | None:
    """Return the account that is registered or was confirmed for the channel; None where none is."""
    biz, original_id, name = (channel.options.get(key, "") for key in (ACCOUNT_BIZ, ACCOUNT_ID, ACCOUNT_NAME))
    return WechatAccount(biz=biz, original_id=original_id, name=name) if biz or original_id or name else None


def with_account(channel: Channel, account: WechatAccount) -> Channel:
    """Return the channel with this account; what only the earlier registration knows of the same account is kept."""
    held = account_of(channel) or WechatAccount()
    values = {
        ACCOUNT_BIZ: account.biz or held.biz,
        ACCOUNT_ID: account.original_id or held.original_id,
        ACCOUNT_NAME: account.name or held.name,
    }
    return replace(channel, options={**channel.options, **{key: value for key, value in values.items() if value}})


def likeness(held: WechatAccount | None, seen: WechatAccount) -> Likeness:
    """Return whether a page's account is the channel's."""
    if held is None:
        return Likeness.UNPROVEN
    pairs = [(mine, theirs) for mine, theirs in _numbers(held, seen) if mine and theirs]
    if pairs:
        return Likeness.SAME if all(mine == theirs for mine, theirs in pairs) else Likeness.OTHER
    if held.has_number:
        return Likeness.UNPROVEN
    return Likeness.SAME if name_key(held.name) == name_key(seen.name) else Likeness.OTHER


def _numbers(held: WechatAccount, seen: WechatAccount) -> list[tuple[str, str]]:
    return [(held.biz, seen.biz), (held.original_id.lower(), seen.original_id.lower())]
