"""By what a candidate is its channel's: an address vouches for a site, the account for a piece on a shared platform."""

from collections.abc import Callable
from datetime import datetime

import pytest

from config.units.options import ACCOUNT_BIZ
from config.words import ChannelKind
from indexer.base.ids import ChannelId
from indexer.catalogue.intake import Outcome, take_in
from indexer.catalogue.items import Candidate, Proof
from indexer.catalogue.troubles import RefusalReason
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist.records import Channel

CHANNEL = ChannelId("channel-p")
OURS, OTHER = "3070376195", "2399024900"
Take = Callable[..., RefusalReason | None]


@pytest.fixture
def take(
    database: Database,
    channel: Channel,
    make_channel: Callable[..., Channel],
    make_candidate: Callable[..., Candidate],
    now: datetime,
) -> Take:
    """Take a candidate into a channel of this kind; return why it was refused."""

    def run(
        kind: ChannelKind, *, address: str | None, proof: Proof, biz: str, held: str = OURS
    ) -> RefusalReason | None:
        options = {ACCOUNT_BIZ: held} if held else {}
        made = make_channel(id=CHANNEL, name="示例渠道", kind=kind, address=address, options=options)
        with database.transaction() as tx:
            channels.save_channel(tx, made)
        taken = take_in(database, make_candidate(channel=CHANNEL, proof=proof, account_biz=biz), now=now)
        assert (taken.outcome is Outcome.REFUSED) == (taken.refusal is not None)
        return taken.refusal.reason if taken.refusal else None

    return run


@pytest.mark.parametrize("kind", [ChannelKind.WECHAT, ChannelKind.WEIBO, ChannelKind.SITE])
@pytest.mark.parametrize("address", [None, "http://a.example/feed.xml"])
def test_by_account_only_the_registered_account_is_taken(kind: ChannelKind, address: str | None, take: Take) -> None:
    by_account = {"address": address, "proof": Proof.ACCOUNT}

    assert take(kind, biz=OTHER, **by_account) is RefusalReason.OTHER_ACCOUNT
    assert take(kind, biz="", **by_account) is RefusalReason.ACCOUNT_UNREAD
    assert take(kind, biz=OTHER, held="", **by_account) is RefusalReason.ACCOUNT_UNCONFIRMED
    assert take(kind, biz=OURS, **by_account) is None


@pytest.mark.parametrize("kind", [ChannelKind.SITE, ChannelKind.WECHAT])
def test_by_address_a_registered_feed_vouches_for_entries_that_name_no_account(kind: ChannelKind, take: Take) -> None:
    assert take(kind, address="http://a.example/feed.xml", proof=Proof.ADDRESS, biz="") is None


def test_by_address_a_page_that_names_another_account_is_refused(take: Take) -> None:
    reason = take(ChannelKind.WECHAT, address="http://a.example/feed.xml", proof=Proof.ADDRESS, biz=OTHER)

    assert reason is RefusalReason.OTHER_ACCOUNT


def test_of_an_account_without_a_feed_no_address_vouches(take: Take) -> None:
    reason = take(ChannelKind.WECHAT, address=None, proof=Proof.ADDRESS, biz="")

    assert reason is RefusalReason.ACCOUNT_UNREAD


UID, URL = "6123456789", "https://weibo.com/6123456789/R1wLfh2Gs"


@pytest.mark.parametrize(
    ("registered", "url", "refused"),
    [
        ({"address": "https://weibo.com/u/6123456789"}, URL, None),
        ({"address": "https://m.weibo.cn/u/6123456789", "hosts": ("m.weibo.cn",)}, URL, None),
        ({"address": "https://a.example/1.xml", "options": {"uid": UID}, "source": "bridge"}, URL, None),
        ({"address": "https://weibo.com/u/6000000001"}, URL, "uid"),
        ({"address": "https://weibo.com/kjg"}, URL, "no_uid"),
        ({"address": "https://weibo.com/u/6123456789"}, "https://weibo.com/u/6123456789", "uid"),
    ],
)
def test_on_weibo_the_number_in_the_address_must_be_the_registered_account_s(
    database: Database,
    channel: Channel,
    make_channel: Callable[..., Channel],
    make_candidate: Callable[..., Candidate],
    now: datetime,
    registered: dict[str, object],
    url: str,
    refused: str | None,
) -> None:
    fields = {"id": CHANNEL, "name": "示例渠道", "kind": ChannelKind.WEIBO, "hosts": ("weibo.com",)} | registered
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(**fields))
    taken = take_in(database, make_candidate(channel=CHANNEL, url=url), now=now)

    assert (taken.refusal.facts or {}).get("case") == refused if taken.refusal else refused is None
    assert taken.refusal is None or taken.refusal.reason is RefusalReason.OTHER_ACCOUNT
