"""indexer.catalogue.intake: what it writes, row by row, and whose articles a WeChat channel takes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from config.units.options import ACCOUNT_BIZ
from config.words import ChannelKind
from indexer.base.actors import COLLECTOR
from indexer.base.ids import ChannelId, content_hash
from indexer.base.times import Published
from indexer.catalogue.intake import Arrival, Outcome, Taken, take_in, take_in_all
from indexer.catalogue.items import Candidate, CleanHtml, Item, ItemKind, Media, MediaKind, Version
from indexer.catalogue.troubles import Refusal, RefusalReason
from indexer.records import channels, decisions, items
from indexer.records.database import Database
from indexer.records.seen_accounts import SeenAccount, seen_of
from indexer.review.records import Decision, Move, State
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import WechatAccount

ARTICLE = "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAAAA"
HOUR = timedelta(hours=1)
Candidates = Callable[..., Candidate]
Wechat = Callable[..., Channel]


@pytest.fixture
def wechat(database: Database, channel: Channel, make_channel: Callable[..., Channel]) -> Wechat:
    """Save an approved WeChat channel; gives it."""

    def saved(source: str | None = "wechat_page", address: str | None = None, **options: str) -> Channel:
        made = make_channel(
            id=ChannelId("hall-wechat-1"), kind=ChannelKind.WECHAT, name="示例馆公众号", source=source,
            address=address, hosts=(), options=options,
        )  # fmt: skip
        with database.transaction() as tx:
            channels.save_channel(tx, made)
        return made

    return saved


def refusal(taken: Taken) -> Refusal:
    assert taken.outcome is Outcome.REFUSED
    assert taken.item is None
    assert taken.refusal is not None
    return taken.refusal


def test_a_new_item_and_its_version_are_whole_rows(
    database: Database, channel: Channel, make_candidate: Candidates, now: datetime
) -> None:
    media = (
        Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg"),
        Media(kind=MediaKind.VIDEO, url="http://a.example/1.mp4"),
    )
    whole = make_candidate(
        kind=ItemKind.VIDEO, author="甲", account="示例馆", published=Published(at=now - HOUR),
        html=CleanHtml("<p>月</p>"), media=media,
    )  # fmt: skip

    taken = take_in(database, whole, now=now)

    assert taken.item is not None
    with database.reading() as tx:
        item, version = items.item(tx, taken.item), items.version(tx, taken.item, 1)
    assert item is not None
    assert taken == Taken(outcome=Outcome.NEW_ITEM, item=item.id)
    assert item == Item(
        id=item.id, unit=channel.unit, channel=channel.id, key="a.example/art/1.html", kind=ItemKind.VIDEO,
        state=State.PENDING, latest=1, public=None, cluster=item.cluster, created_at=now,
    )  # fmt: skip
    assert version == Version(
        item=item.id, number=1, url=whole.url, title=whole.title, author="甲", account="示例馆",
        published=whole.published, html=whole.html, text=whole.text, media=media, collected_at=now, omitted_chars=0,
        content_hash=content_hash(title=whole.title, text=whole.text, media=[one.url for one in media]),
    )  # fmt: skip


def test_two_items_stand_in_clusters_of_their_own(
    database: Database, channel: Channel, make_candidate: Candidates, now: datetime
) -> None:
    first = take_in(database, make_candidate(), now=now).item
    second = take_in(database, make_candidate(url="http://a.example/art/2.html"), now=now).item

    with database.reading() as tx:
        found = [item for key in (first, second) if key and (item := items.item(tx, key))]
    assert len({item.cluster for item in found}) == len({item.id for item in found}) == 2


@pytest.mark.parametrize(
    "change",
    [{"title": "新题"}, {"text": "新的正文"}, {"media": (Media(kind=MediaKind.IMAGE, url="http://a.example/9.jpg"),)}],
)
def test_what_changed_at_the_source_is_a_newer_version_of_a_pending_item(
    database: Database, channel: Channel, make_candidate: Candidates, now: datetime, change: dict[str, object]
) -> None:
    first = take_in(database, make_candidate(), now=now).item

    taken = take_in(database, make_candidate(**change), now=now + HOUR)

    assert taken == Taken(outcome=Outcome.NEW_VERSION, item=first)
    assert first is not None
    with database.reading() as tx:
        item, versions = items.item(tx, first), items.versions(tx, first)
        assert decisions.of_item(tx, first) == []
    assert item is not None
    assert (item.state, item.latest, item.created_at) == (State.PENDING, 2, now)
    assert [(version.number, version.collected_at) for version in versions] == [(1, now), (2, now + HOUR)]


def test_an_edit_of_what_was_decided_is_a_decision_of_the_collector(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., object],
    move_on: Callable[..., Decision], now: datetime,
) -> None:  # fmt: skip
    item = make_item()
    move_on(item, Move.APPROVE, who=make_user())

    make_item(text="新的正文")

    with database.reading() as tx:
        edit = decisions.of_item(tx, item.id)[-1]
    assert edit == Decision(
        id=edit.id, item=item.id, version=2, move=Move.EDIT, before=State.APPROVED, after=State.CHANGED,
        public_before=1, public_after=1, who=COLLECTOR.name, why="", at=now,
        actor_kind=COLLECTOR.kind, actor_id=COLLECTOR.id,
    )  # fmt: skip


def test_each_piece_of_a_batch_is_met_by_those_before_it(
    database: Database, make_item: Callable[..., Item], make_candidate: Candidates, make_user: Callable[..., object],
    move_on: Callable[..., Decision], now: datetime,
) -> None:  # fmt: skip
    approved = make_item()
    move_on(approved, Move.APPROVE, who=make_user())
    url = "http://a.example/art/2.html"
    batch = [
        make_candidate(url=url), make_candidate(text="第二稿"), make_candidate(url=url, text="第二稿"),
        make_candidate(text="第三稿"), make_candidate(url=url, text="第三稿"), make_candidate(text="第三稿"),
    ]  # fmt: skip

    taken = take_in_all(database, [Arrival(candidate=one, at=now) for one in batch])

    fresh = taken[0].item
    assert fresh is not None
    new, edited, same = Outcome.NEW_ITEM, Outcome.NEW_VERSION, Outcome.UNCHANGED
    assert [one.outcome for one in taken] == [new, edited, edited, edited, edited, same]
    assert [one.item for one in taken] == [fresh, approved.id, fresh, approved.id, fresh, approved.id]
    with database.reading() as tx:
        assert [version.text for version in items.versions(tx, fresh)][1:] == ["第二稿", "第三稿"]
        assert [version.text for version in items.versions(tx, approved.id)][1:] == ["第二稿", "第三稿"]
        found = [item for key in (fresh, approved.id) if (item := items.item(tx, key))]
        steps = [(one.version, one.before, one.after) for one in decisions.of_item(tx, approved.id)[1:]]
    assert [(item.latest, item.state, item.public) for item in found] == [
        (3, State.PENDING, None),
        (3, State.CHANGED, 1),
    ]
    assert steps == [(2, State.APPROVED, State.CHANGED), (3, State.CHANGED, State.CHANGED)]


def test_a_refusal_is_a_whole_row(
    database: Database, channel: Channel, make_candidate: Candidates, now: datetime
) -> None:
    taken = take_in(database, make_candidate(text=" \n", media=()), now=now)

    assert refusal(taken) == Refusal(
        channel=channel.id, unit=channel.unit, url=make_candidate().url, title=make_candidate().title,
        reason=RefusalReason.NO_BODY, message=refusal(taken).message, at=now,
        facts={"channel": channel.name},
    )  # fmt: skip
    assert channel.name in refusal(taken).message


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/art\\1.html", "http://a.example/art/\ufffd.html", "http://a.example/ art/1.html",
        "http://a.example/\u202eart.html", "http://user@a.example/1.html", "http://a.example:port/1.html",
    ],
)  # fmt: skip
def test_an_address_that_a_browser_reads_otherwise_is_refused_with_the_registered_hosts(
    database: Database, channel: Channel, make_candidate: Candidates, now: datetime, url: str
) -> None:
    refused = refusal(take_in(database, make_candidate(url=url), now=now))

    assert refused.reason is RefusalReason.FOREIGN_HOST
    assert "登记的网站上（a.example）" in refused.message


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"account_biz": "1", "account": "示例馆"}, None),
        ({"account_biz": "2", "account": "别的号"}, RefusalReason.OTHER_ACCOUNT),
        ({"account_id": "gh_a"}, RefusalReason.ACCOUNT_UNCONFIRMED),
        ({"account": "示例馆"}, RefusalReason.ACCOUNT_UNREAD),
    ],
)
def test_a_pushed_article_must_be_of_the_channels_account(
    database: Database, wechat: Wechat, make_candidate: Candidates, now: datetime, fields: dict[str, str],
    reason: RefusalReason | None,
) -> None:  # fmt: skip
    registered = wechat(**{ACCOUNT_BIZ: "1"})

    taken = take_in(database, make_candidate(channel=registered.id, url=ARTICLE, **fields), now=now)

    assert (taken.refusal.reason if taken.refusal else None) is reason


def test_a_refusal_of_another_account_names_both(
    database: Database, wechat: Wechat, make_candidate: Candidates, now: datetime
) -> None:
    registered = wechat(**{ACCOUNT_BIZ: "1"})
    pushed = make_candidate(channel=registered.id, url=ARTICLE, account_biz="2", account="别的号")

    refused = refusal(take_in(database, pushed, now=now))

    assert "“别的号”（biz 2）" in refused.message
    assert "（biz 1）" in refused.message
    assert registered.name in refused.message


def test_an_account_that_nobody_confirmed_is_noted_only_where_the_page_has_its_number(
    database: Database, wechat: Wechat, make_candidate: Candidates, now: datetime
) -> None:
    unknown = wechat()
    nameless = take_in(database, make_candidate(channel=unknown.id, url=ARTICLE, account="示例馆"), now=now)
    numbered = make_candidate(channel=unknown.id, url=ARTICLE, account="示例馆", account_biz="7", account_id="gh_b")

    named = take_in(database, numbered, now=now)

    assert "没有读出文章是哪个公众号发布的" in refusal(nameless).message
    assert "还没有确认过是哪个公众号" in refusal(named).message
    with database.reading() as tx:
        assert seen_of(tx, unknown.id) == [
            SeenAccount(
                channel=unknown.id,
                account=WechatAccount(biz="7", original_id="gh_b", name="示例馆"),
                url=ARTICLE,
                at=now,
            )
        ]


def test_a_feed_that_a_unit_registered_vouches_for_its_entries(
    database: Database, wechat: Wechat, make_candidate: Candidates, now: datetime
) -> None:
    registered = wechat(source="feed", address="http://a.example/feed.xml", **{ACCOUNT_BIZ: "1"})

    taken = take_in(database, make_candidate(channel=registered.id, url=ARTICLE, account="别的名"), now=now)

    assert taken.outcome is Outcome.NEW_ITEM


def test_a_channel_without_hosts_holds_nothing_and_an_account_wechats_articles(
    make_channel: Callable[..., Channel],
) -> None:
    assert not is_inside(make_channel(hosts=()), ARTICLE)
    assert is_inside(make_channel(hosts=(), kind=ChannelKind.WECHAT), ARTICLE)
    assert not is_inside(make_channel(hosts=("a.example",), kind=ChannelKind.WECHAT), ARTICLE)


@pytest.mark.parametrize("path", ["/kx/..%5cnews/1.html", "/kx/%2e%2e%5C%2e/1.html", "/kx/./1.html", "/kx/a/..%2f../1"])
def test_a_path_that_climbs_is_outside_however_it_is_written(make_channel: Callable[..., Channel], path: str) -> None:
    assert not is_inside(make_channel(path="/kx/"), f"http://a.example{path}")
    assert is_inside(make_channel(path="/kx/"), "http://a.example/kx/..a/1.html")


@pytest.mark.parametrize(
    ("url", "inside"),
    [("http://a.example:80/1.html", True), ("https://a.example:443/1.html", True), ("http://a.example:443/", False)],
)
def test_the_port_of_the_scheme_may_be_written_out(
    make_channel: Callable[..., Channel], url: str, inside: bool
) -> None:
    assert is_inside(make_channel(), url) is inside
