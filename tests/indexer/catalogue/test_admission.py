"""indexer.catalogue.admission: whether a channel vouches for a candidate, and why not."""

from collections.abc import Callable

import pytest

from config.units.options import ACCOUNT_BIZ
from config.words import ChannelKind, WhitelistStatus
from indexer.catalogue.admission import account_of_page, admitted
from indexer.catalogue.items import Candidate, Media, MediaKind, Proof
from indexer.catalogue.troubles import RefusalReason, Trouble
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import WechatAccount

PICTURE = Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg")
Candidates = Callable[..., Candidate]
Channels = Callable[..., Channel]


def reason(found: Channel | Trouble) -> RefusalReason | None:
    return found.reason if isinstance(found, Trouble) else None


@pytest.mark.parametrize("piece", [{}, {"text": "", "media": (PICTURE,)}])
def test_what_lies_on_an_approved_channel_and_says_something_is_its_own(
    make_channel: Channels, make_candidate: Candidates, piece: dict[str, object]
) -> None:
    channel = make_channel()

    assert admitted(make_candidate(**piece), channel) is channel


def test_nobody_vouches_for_a_candidate_of_a_channel_that_there_is_not(make_candidate: Candidates) -> None:
    assert reason(admitted(make_candidate(), None)) is RefusalReason.CHANNEL_UNKNOWN


@pytest.mark.parametrize(
    ("registered", "piece", "expected"),
    [
        ({"status": WhitelistStatus.SUSPENDED}, {}, RefusalReason.CHANNEL_NOT_APPROVED),
        ({}, {"url": "http://b.example/1.html"}, RefusalReason.FOREIGN_HOST),
        ({"hosts": ()}, {}, RefusalReason.FOREIGN_HOST),
        ({"path": "/kx/"}, {}, RefusalReason.OTHER_PATH),
        ({}, {"text": " \n", "media": ()}, RefusalReason.NO_BODY),
        ({}, {"proof": Proof.ACCOUNT}, RefusalReason.ACCOUNT_UNREAD),
        ({}, {"account_biz": "7"}, RefusalReason.ACCOUNT_UNCONFIRMED),
        ({"kind": ChannelKind.WECHAT, "address": None, "hosts": ("a.example",)}, {}, RefusalReason.ACCOUNT_UNREAD),
        ({"options": {ACCOUNT_BIZ: "1"}}, {"account_biz": "7"}, RefusalReason.OTHER_ACCOUNT),
        ({"options": {ACCOUNT_BIZ: "7"}}, {"account_biz": "7"}, None),
    ],
)
def test_each_objection_has_its_reason(
    make_channel: Channels, make_candidate: Candidates, registered: dict[str, object], piece: dict[str, object],
    expected: RefusalReason | None,
) -> None:  # fmt: skip
    assert reason(admitted(make_candidate(**piece), make_channel(**registered))) is expected


@pytest.mark.parametrize(
    ("options", "post", "facts"),
    [
        ({"uid": "1234567890"}, "1234567890/PostA", None),
        ({"uid": "1234567890"}, "9876543210/PostA", {"case": "uid", "seen": "9876543210", "held": "1234567890"}),
        ({"uid": "1234567890"}, "ttarticle", {"case": "uid", "seen": "—", "held": "1234567890"}),
        ({}, "1234567890/PostA", {"case": "no_uid"}),
    ],
)
def test_a_post_on_weibo_is_of_the_account_that_is_registered(
    make_channel: Channels, make_candidate: Candidates, options: dict[str, str], post: str,
    facts: dict[str, str] | None,
) -> None:  # fmt: skip
    channel = make_channel(kind=ChannelKind.WEIBO, address=None, hosts=("weibo.com",), options=options)

    found = admitted(make_candidate(url=f"https://weibo.com/{post}"), channel)

    other = facts and Trouble(reason=RefusalReason.OTHER_ACCOUNT, facts={"channel": channel.name, **facts})
    assert found == (other or channel)


def test_the_account_is_the_one_that_the_page_names(make_candidate: Candidates) -> None:
    page = make_candidate(account="示例馆", account_biz="7", account_id="gh_a")

    assert account_of_page(page) == WechatAccount(biz="7", original_id="gh_a", name="示例馆")
