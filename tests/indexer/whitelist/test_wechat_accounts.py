"""indexer.whitelist.wechat_accounts: whether a page's account is the channel's."""

from collections.abc import Callable

import pytest

from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import Likeness, WechatAccount, account_of, likeness, with_account


def account(biz: str = "", original_id: str = "", name: str = "") -> WechatAccount:
    return WechatAccount(biz=biz, original_id=original_id, name=name)


@pytest.mark.parametrize(
    ("held", "seen", "expected"),
    [
        (None, account("1", "gh_a", "馆"), Likeness.UNPROVEN),
        (None, account(name="馆"), Likeness.UNPROVEN),
        (account("1", "gh_a", "馆"), account("1", "gh_a", "馆"), Likeness.SAME),
        (account("1", name="旧名"), account("1", "gh_a", "新名"), Likeness.SAME),
        (account("1", name="馆"), account("2", name="馆"), Likeness.OTHER),
        (account("1", "gh_a"), account("1", "gh_b"), Likeness.OTHER),
        (account("1", "gh_a"), account("2", "gh_a"), Likeness.OTHER),
        (account(original_id="gh_a"), account("2", "gh_a"), Likeness.SAME),
        (account(original_id="gh_a"), account(original_id="GH_A"), Likeness.SAME),
        (account(original_id="gh_a", name="馆"), account("2", name="馆"), Likeness.UNPROVEN),
        (account("1", name="馆"), account(name="馆"), Likeness.UNPROVEN),
        (account(name="示例 科技馆"), account("2", "gh_b", "示例科技馆"), Likeness.SAME),
        (account(name="示例科技馆"), account("2", "gh_b", "示例科技馆服务号"), Likeness.OTHER),
        (account(name="示例科技馆"), account(), Likeness.OTHER),
    ],
)
def test_numbers_decide_and_a_name_only_where_there_are_none(
    held: WechatAccount | None, seen: WechatAccount, expected: Likeness
) -> None:
    assert likeness(held, seen) is expected


def test_a_channel_keeps_what_is_known_of_its_account(make_channel: Callable[..., Channel]) -> None:
    registered = with_account(make_channel(options={"list": "ul"}), account(original_id="gh_a", name="旧名"))

    confirmed = with_account(registered, account("1", name="新名"))

    assert account_of(make_channel()) is None
    assert account_of(confirmed) == account("1", "gh_a", "新名")
    assert confirmed.options["list"] == "ul"
