"""Candidate to item, or a recorded refusal."""

from collections.abc import Callable
from datetime import datetime

import pytest

from config.settings import Settings
from config.words import WhitelistStatus
from indexer.base.ids import ChannelId
from indexer.catalogue.intake import Outcome, Taken, take_in
from indexer.catalogue.items import Candidate, CleanHtml, Item, Media, MediaKind
from indexer.catalogue.pictures import PictureRefusal
from indexer.catalogue.troubles import RefusalReason
from indexer.people.accounts import User
from indexer.records import channels, decisions, items, outbox, pictures, refusals
from indexer.records.database import Database
from indexer.review.records import Decision, Move, State
from indexer.whitelist.records import Channel

LEAD_TO = {
    State.PENDING: [],
    State.HELD: [Move.HOLD],
    State.REJECTED: [Move.REJECT],
    State.APPROVED: [Move.APPROVE],
    State.WITHDRAWN: [Move.APPROVE, Move.WITHDRAW],
}


@pytest.fixture
def lead(move_on: Callable[..., Decision]) -> Callable[..., None]:
    """Lead an item to a state by the moves of a person."""

    def make(item: Item, state: State, *, who: User) -> None:
        for move in LEAD_TO[state]:
            move_on(item, move, who=who)

    return make


def test_a_candidate_of_an_approved_channel_becomes_a_pending_item(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    taken = take_in(database, make_candidate(), now=now)

    assert taken.outcome is Outcome.NEW_ITEM
    assert taken.item is not None
    with database.reading() as tx:
        item, version = items.item(tx, taken.item), items.version(tx, taken.item, 1)
    assert item is not None
    assert version is not None
    assert (item.state, item.public, item.unit, item.key) == (State.PENDING, None, channel.unit, "a.example/art/1.html")
    assert (version.title, version.text) == (make_candidate().title, make_candidate().text)


def test_the_same_article_by_another_address_is_the_same_item(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    first = take_in(database, make_candidate(), now=now)

    again = take_in(database, make_candidate(url="https://A.example/art/1.html?utm_source=app#top"), now=now)

    assert again == Taken(outcome=Outcome.UNCHANGED, item=first.item)


@pytest.mark.parametrize("status", sorted(set(WhitelistStatus) - {WhitelistStatus.APPROVED}))
def test_a_channel_that_is_not_approved_is_refused_and_the_refusal_kept(
    database: Database,
    channel: Channel,
    make_channel: Callable[..., Channel],
    make_candidate: Callable[..., Candidate],
    now: datetime,
    status: WhitelistStatus,
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(id=ChannelId("channel-b"), name="示例乙站", status=status))

    taken = take_in(database, make_candidate(channel="channel-b"), now=now)

    assert (taken.outcome, taken.item) == (Outcome.REFUSED, None)
    assert taken.refusal is not None
    assert taken.refusal.reason is RefusalReason.CHANNEL_NOT_APPROVED
    assert "示例乙站" in taken.refusal.message
    with database.reading() as tx:
        (filed,) = refusals.recent(tx, unit=channel.unit)
        assert (filed.message, filed.facts) == (taken.refusal.message, taken.refusal.facts)
        assert sum(items.counts(tx).values()) == 0


def test_a_channel_nobody_knows_is_refused_by_its_name(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    taken = take_in(database, make_candidate(channel="nobody"), now=now)

    assert taken.refusal is not None
    assert (taken.refusal.reason, taken.refusal.unit) == (RefusalReason.CHANNEL_UNKNOWN, None)
    assert "nobody" in taken.refusal.message


@pytest.mark.parametrize(
    "url",
    [
        "http://b.example/art/1.html",
        "http://a.example.b.example/art/1.html",
        "http://a.example:8080/art/1.html",
        "http://a.example@b.example/art/1.html",
        "http://b.example\\@a.example/art/1.html",
        "http://b.example/@a.example",
        "http://x.a.example/art/1.html",
        "http://a.example:99999/art/1.html",
        "http://[a.example/art/1.html",
        "http:///art/1.html",
    ],
)
def test_an_address_on_another_host_is_refused(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime, url: str
) -> None:
    taken = take_in(database, make_candidate(url=url), now=now)

    assert taken.refusal is not None
    assert (taken.refusal.reason, taken.refusal.url) == (RefusalReason.FOREIGN_HOST, url)
    assert "a.example" in taken.refusal.message


def test_a_candidate_without_body_is_refused_and_a_video_is_a_body(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    video = Media(kind=MediaKind.VIDEO, url="http://a.example/1.mp4")

    empty = take_in(database, make_candidate(text=" \n　"), now=now)
    watched = take_in(database, make_candidate(text="", media=(video,)), now=now)

    assert empty.refusal is not None
    assert empty.refusal.reason is RefusalReason.NO_BODY
    assert watched.outcome is Outcome.NEW_ITEM


@pytest.mark.parametrize(
    ("before", "after", "public", "recorded"),
    [
        (State.PENDING, State.PENDING, None, False),
        (State.HELD, State.HELD, None, True),
        (State.REJECTED, State.PENDING, None, True),
        (State.APPROVED, State.CHANGED, 1, True),
        (State.WITHDRAWN, State.WITHDRAWN, None, True),
    ],
)
def test_an_edit_at_the_source_never_changes_what_is_public(
    database: Database,
    make_item: Callable[..., Item],
    make_candidate: Callable[..., Candidate],
    make_user: Callable[..., User],
    lead: Callable[..., None],
    now: datetime,
    before: State,
    after: State,
    public: int | None,
    recorded: bool,
) -> None:
    item = make_item()
    lead(item, before, who=make_user())
    with database.reading() as tx:
        told = outbox.depth(tx)

    taken = take_in(database, make_candidate(text="来源改过的正文"), now=now)

    assert taken == Taken(outcome=Outcome.NEW_VERSION, item=item.id)
    with database.reading() as tx:
        stands = items.item(tx, item.id)
        edits = [one for one in decisions.of_item(tx, item.id) if one.move is Move.EDIT]
        assert outbox.depth(tx) == told
    assert stands is not None
    assert (stands.state, stands.public, stands.latest) == (after, public, 2)
    assert [(one.who, one.version) for one in edits] == [("collector", 2)] * recorded


def test_another_channel_cannot_change_an_item(
    database: Database,
    make_item: Callable[..., Item],
    make_channel: Callable[..., Channel],
    make_candidate: Callable[..., Candidate],
    now: datetime,
) -> None:
    item = make_item()
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(id=ChannelId("channel-b")))

    taken = take_in(database, make_candidate(channel="channel-b", text="别人的正文"), now=now)

    assert taken == Taken(outcome=Outcome.UNCHANGED, item=item.id)


def test_text_beyond_the_limit_is_kept_out_and_counted(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    long = make_candidate(text="月" * 1200, html=CleanHtml(f"<p>{'月' * 1200}</p>"))

    taken = take_in(database, long, now=now, text_chars=1000)

    assert taken.item is not None
    with database.reading() as tx:
        version = items.version(tx, taken.item, 1)
    assert version is not None
    assert (version.text, version.html) == ("月" * 1000, f"<p>{'月' * 1000}</p>")
    assert version.omitted_chars == 200


def test_a_text_of_millions_of_characters_is_cut_at_the_shipped_limit(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    taken = take_in(database, make_candidate(text="月" * 3_000_000), now=now)

    assert taken.item is not None
    with database.reading() as tx:
        version = items.version(tx, taken.item, 1)
    assert version is not None
    assert len(version.text) == Settings().text_chars
    assert version.omitted_chars == 3_000_000 - len(version.text)


def test_what_changes_beyond_the_limit_is_no_new_version(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    take_in(database, make_candidate(text="月" * 1200), now=now, text_chars=1000)

    taken = take_in(database, make_candidate(text="月" * 1000 + "球"), now=now, text_chars=1000)

    assert taken.outcome is Outcome.UNCHANGED


def test_what_lies_on_a_foreign_host_never_waits_to_be_fetched(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    own, foreign = (Media(kind=MediaKind.IMAGE, url=f"https://{host}/1.jpg") for host in ("a.example", "b.example"))

    taken = take_in(database, make_candidate(media=(foreign, own)), now=now)

    assert taken.item is not None
    with database.transaction() as tx:
        found = pictures.uses_of(tx, [(taken.item, 1)])[taken.item, 1]
        waiting = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
    assert {place: use.refused for place, use in found.items()} == {0: PictureRefusal.FOREIGN_HOST, 1: None}
    assert [use.url for use in waiting] == [own.url]
