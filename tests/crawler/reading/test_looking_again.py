"""crawler.reading.recheck: what follows from what is seen at a link; fetching is a table of answers."""

from base64 import encodebytes
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from config.words import ChannelKind
from crawler.exchange import Answer
from crawler.extract.page import read_page
from crawler.reading import articles
from crawler.reading.failures import bad_status
from crawler.reading.keeping import received
from crawler.reading.saved import read_saved
from indexer.base.actors import ActorKind
from indexer.base.ids import ItemId
from indexer.catalogue.evidence import EvidenceStore
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.catalogue.looks import SECOND_LOOK, Sight
from indexer.catalogue.saved_pages import MHTML
from indexer.people.accounts import User
from indexer.records import channels, decisions, evidence, items, looks, outbox, to_understand
from indexer.records.database import Database
from indexer.review.records import Move, State
from indexer.whitelist.records import Channel
from tests.crawler.reading.looking import (
    EDITED,
    LATER,
    NOTICE,
    collect,
    decide,
    link,
    look_again,
    look_twice,
    stands,
    url_of,
)
from tests.simulators.answers import NOW, TEXT, Web, article


def test_what_is_there_is_asked_for_only_if_it_changed_and_nothing_moves(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item
) -> None:
    recheck = look_again(database, web, store)

    assert sorted(web.asked) == [url_of(channel, "rain"), url_of(channel)]
    assert web.sent == [('"1"', None)] * 2
    assert (recheck.looked, recheck.gone, recheck.alarms) == (2, 0, 0)
    assert (stands(database, snow).state, link(database, snow).looked_at) == (State.APPROVED, LATER)
    assert look_again(database, web, store).looked == 0


def test_what_lies_on_weibo_is_asked_for_by_nobody(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, kind=ChannelKind.WEIBO))
    recheck = look_again(database, web, store)

    assert (recheck.looked, web.asked) == (0, [])
    assert look_again(database, web, store, LATER + timedelta(hours=23)).looked == 0
    assert web.asked == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_piece_that_is_missing_twice_comes_down_with_its_reason(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item, status: int
) -> None:
    web.pages[url_of(channel)] = bad_status(url_of(channel), status)

    once = look_again(database, web, store)
    public_then = stands(database, snow).public
    too_soon = look_again(database, web, store, LATER + SECOND_LOOK - timedelta(seconds=1))
    twice = look_again(database, web, store, LATER + SECOND_LOOK)

    with database.reading() as tx:
        last = decisions.of_item(tx, snow.id)[-1]
        waiting = {item for _, item in outbox.waiting(tx, limit=9)}
    assert (once.gone, public_then, too_soon.looked, twice.gone) == (0, 1, 0, 1)
    assert (stands(database, snow).state, stands(database, snow).public) == (State.WITHDRAWN, None)
    assert (last.move, last.actor.kind, last.why) == (
        Move.WITHDRAW,
        ActorKind.COLLECTOR,
        "来源网页已不存在（两次查看都没有找到）",
    )
    assert snow.id in waiting
    assert link(database, snow).gone is Sight.MISSING


def test_a_page_that_says_with_200_that_nothing_is_there_counts_as_missing(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item
) -> None:
    web.pages[url_of(channel)], web.etag = NOTICE, None

    look_again(database, web, store)
    once = stands(database, snow)
    look_again(database, web, store, LATER + SECOND_LOOK)

    assert (once.state, once.latest) == (State.APPROVED, 1)
    assert stands(database, snow).state is State.WITHDRAWN


def test_a_short_piece_that_is_as_it_was_is_not_gone_whatever_its_words(
    database: Database, channel: Channel, web: Web, store: EvidenceStore
) -> None:
    """Its own text says what a notice says, of something else."""
    web.pages[url_of(channel)], web.etag = article("手机里的照片没了", "手机里的数据被删除了还能恢复。"), None
    collect(database, channel, web, store)

    look_twice(database, web, store, LATER)

    with database.reading() as tx:
        assert looks.alarms(tx, limit=9) == []


@pytest.mark.parametrize(
    ("status", "sight"), [(403, Sight.REFUSED), (429, Sight.BUSY), (500, Sight.BROKEN), (503, Sight.BUSY)]
)
def test_trouble_at_the_source_is_an_alarm_and_the_piece_stays(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item, status: int, sight: Sight
) -> None:
    web.pages[url_of(channel)] = bad_status(url_of(channel), status)

    for day in range(1, 4):
        look_again(database, web, store, NOW + timedelta(days=day))

    with database.reading() as tx:
        (alarm,) = looks.alarms(tx, limit=9)
    assert (alarm.look.item, alarm.look.alarm, alarm.look.alarms) == (snow.id, sight, 3)
    assert str(status) in alarm.look.alarm_words or alarm.look.alarm_words
    assert stands(database, snow).state is State.APPROVED


def test_an_edit_waits_with_its_evidence_and_the_approved_version_stays(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item
) -> None:
    web.pages[url_of(channel)], web.etag = EDITED, '"2"'

    look_again(database, web, store)

    found = stands(database, snow)
    with database.reading() as tx:
        rows = evidence.of_item(tx, snow.id)
    assert (found.state, found.public, found.latest) == (State.CHANGED, 1, 2)
    assert [row.version for row in rows] == [1, 2]
    assert store.read(rows[1]) == EDITED.encode()
    assert link(database, snow).alarm is None


@pytest.fixture
def read_otherwise(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on, pages are read in another way."""
    real = read_page

    def otherwise(*arguments: object, **named: object) -> object:
        page = real(*arguments, **named)  # type: ignore[arg-type]  # handed on as it came
        return replace(page, text=f"{page.text}（新的读法）")

    return lambda: monkeypatch.setattr(articles, "read_page", otherwise)


def test_another_way_of_reading_pages_is_no_edit_at_the_source(
    database: Database,
    channel: Channel,
    web: Web,
    store: EvidenceStore,
    snow: Item,
    read_otherwise: Callable[[], None],
) -> None:
    read_otherwise()
    web.etag = '"2"'

    look_again(database, web, store)

    assert (stands(database, snow).state, stands(database, snow).latest) == (State.APPROVED, 1)


def test_a_page_that_was_pushed_as_an_archive_is_compared_as_it_would_be_read_now(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, read_otherwise: Callable[[], None]
) -> None:
    url, page = url_of(channel, "hail"), article("冰雹从哪里来", TEXT * 2)
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    coded = encodebytes(page.encode()).decode()
    part = f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}\r\n--x--\r\n"
    about = {"page": articles.ARTICLE, "url": url}
    archive = Answer(url=url, body=(head + part).encode(), headers={"content-type": MHTML}, about=about)
    (candidate,) = read_saved(channel, archive).found
    assert isinstance(candidate, Candidate)
    with store.prepared(received(archive, at=NOW)) as kept:
        taken = take_in(database, candidate, now=NOW, evidence=kept)
    web.pages[url] = page
    read_otherwise()

    look_again(database, web, store)

    with database.reading() as tx:
        item = items.item(tx, taken.item or ItemId(""))
    assert item is not None
    assert (item.latest, link(database, item).is_page) == (1, True)


def test_a_piece_that_waits_is_not_withdrawn_but_its_editor_is_told(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item
) -> None:
    web.pages[url_of(channel, "rain")] = bad_status(url_of(channel, "rain"), 404)

    look_again(database, web, store)
    look_again(database, web, store, LATER + SECOND_LOOK)

    with database.reading() as tx:
        (alarm,) = looks.alarms(tx, limit=9)
    assert (alarm.state, alarm.look.alarm, alarm.is_public) == (State.PENDING, Sight.MISSING, False)


def test_what_went_while_nobody_showed_it_is_told_to_whoever_approves_it_and_stays(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item, editor: User
) -> None:
    decide(database, snow, Move.WITHDRAW, editor)
    web.pages[url_of(channel)] = bad_status(url_of(channel), 404)
    look_twice(database, web, store, LATER)
    with database.reading() as tx:
        told_before = looks.alarms(tx, limit=9)
    decide(database, snow, Move.APPROVE, editor)
    look_twice(database, web, store, LATER + timedelta(days=1))

    with database.reading() as tx:
        (alarm,) = looks.alarms(tx, limit=9)
    assert (told_before, alarm.look.item, alarm.look.alarm) == ([], snow.id, Sight.MISSING)
    assert stands(database, snow).state is State.APPROVED


def test_what_comes_back_asks_for_nothing_where_a_person_withdrew_it(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item, editor: User
) -> None:
    page = web.pages[url_of(channel)]
    decide(database, snow, Move.WITHDRAW, editor)
    web.pages[url_of(channel)] = bad_status(url_of(channel), 404)
    look_twice(database, web, store, LATER)
    web.pages[url_of(channel)] = page
    look_again(database, web, store, LATER + timedelta(days=2))

    assert (link(database, snow).gone, link(database, snow).alarm) == (None, None)


def test_what_a_person_approved_again_outweighs_another_look_until_it_was_back(
    database: Database, channel: Channel, web: Web, store: EvidenceStore, snow: Item, editor: User
) -> None:
    page, url = web.pages[url_of(channel)], url_of(channel)
    web.pages[url] = bad_status(url, 410)
    look_twice(database, web, store, LATER)
    decide(database, snow, Move.APPROVE, editor)
    look_again(database, web, store, LATER + timedelta(days=1))
    still = stands(database, snow).state
    web.pages[url] = page
    look_again(database, web, store, LATER + timedelta(days=2))
    web.pages[url] = bad_status(url, 410)
    look_twice(database, web, store, LATER + timedelta(days=3))

    assert (still, stands(database, snow).state) == (State.APPROVED, State.WITHDRAWN)


@pytest.fixture
def feed(database: Database, channel: Channel) -> Channel:
    made = replace(channel, source="feed", address=url_of(channel, "feed.xml"))
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


def test_of_a_feeds_entry_the_page_says_only_whether_it_is_there(
    database: Database, feed: Channel, store: EvidenceStore, make_web: Callable[[Channel], Web]
) -> None:
    web = make_web(feed)
    body = str(web.pages[str(feed.address)]).encode()
    collect(database, feed, web, store)
    with database.reading() as tx:
        pieces = to_understand.waiting(tx, 9)
        kept = [evidence.of_item(tx, item.id)[0] for item, _ in pieces]

    look_again(database, web, store)

    assert [store.read(row) for row in kept] == [body, body]
    assert len(list(store.folder.glob("??/*.gz"))) == 1
    assert [stands(database, item).latest for item, _ in pieces] == [1, 1]
    assert {link(database, item).alarm for item, _ in pieces} == {None}


@pytest.fixture
def make_web() -> Callable[[Channel], Web]:
    """A feed of two whole entries, whose pages say something else in another form."""

    def make(feed: Channel) -> Web:
        origin = str(feed.address).removesuffix("/feed.xml")
        entries = "".join(
            f"<item><title>{name}的文章</title><link>{origin}/{name}</link>"
            f"<content:encoded>&lt;p&gt;{name}{TEXT}&lt;/p&gt;</content:encoded></item>"
            for name in ("one", "two")
        )
        rss = f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{entries}"
        pages: dict[str, str | Exception] = {str(feed.address): f"{rss}</channel></rss>"}
        return Web(pages | {f"{origin}/one": article("另一个标题", TEXT * 3), f"{origin}/two": "<p>需要脚本</p>"})

    return make
