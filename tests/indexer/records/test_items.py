"""The catalogue's reads and writes."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone

import pytest

from config.words import Severity
from indexer.base.times import BEIJING, Published
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item, Media, MediaKind, Version
from indexer.people.accounts import User
from indexer.records import items, public, to_understand, understood
from indexer.records.database import Database
from indexer.records.findings import findings
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.understanding.results import Facet, Finding, Tag
from indexer.whitelist.records import Channel

FINDING = Finding(
    rule="words.ad",
    rule_version=2,
    severity=Severity.HIGH,
    where="text",
    start=0,
    end=2,
    excerpt="月球",
    message="请核对",
)


def test_a_version_comes_back_as_it_was_collected(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    media = (Media(kind=MediaKind.VIDEO, url="http://a.example/2.mp4"), Media(kind=MediaKind.IMAGE, url="http://a/1"))
    published = Published(at=datetime(2026, 9, 16, 8, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))))

    taken = take_in(database, make_candidate(media=media, published=published, author="示例作者"), now=now)

    assert taken.item is not None
    with database.reading() as tx:
        [version] = items.versions(tx, taken.item)
    assert (version.media, version.published, version.author, version.collected_at) == (
        media,
        published,
        "示例作者",
        now,
    )
    assert str(version.published) == "2026-09-16T08:30:00+05:30"


@pytest.mark.parametrize("field", [field.name for field in fields(Version) if field.type is str])
def test_every_text_of_a_version_comes_back_as_it_was_written(
    database: Database, make_item: Callable[..., Item], field: str
) -> None:
    item = make_item()
    with database.transaction() as tx:
        first = items.version(tx, item.id, 1)
        assert first is not None
        written = replace(first, number=2, **{field: "甲" * 64})  # type: ignore[arg-type] # a text, whichever it is
        items.add_versions(tx, [written])

    with database.reading() as tx:
        assert items.version(tx, item.id, 2) == written


def test_a_bare_day_in_beijing_stays_that_day(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    day = Published(at=datetime(2026, 9, 17, tzinfo=BEIJING), is_day=True)

    taken = take_in(database, make_candidate(published=day), now=now)

    assert taken.item is not None
    with database.reading() as tx:
        version = items.version(tx, taken.item, 1)
    assert version is not None
    assert str(version.published) == "2026-09-17"


def test_an_item_cannot_enter_as_anything_but_pending(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    item = make_item()
    with database.reading() as tx:
        version = items.version(tx, item.id, 1)
    assert version is not None
    approved = replace(item, state=State.APPROVED, public=1)

    with pytest.raises(ValueError, match="pending"), database.transaction() as tx:
        items.add_items(tx, [(approved, version)])


def test_what_machines_said_is_replaced_and_what_a_person_set_stays(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    by_editor = Tag(facet=Facet.TOPIC, id="space", score=1.0, by="编辑甲")
    item = make_item(tags=(by_editor, Tag(facet=Facet.AUDIENCE, id="old", score=0.9)), findings=(FINDING,))
    newer = Tag(facet=Facet.AUDIENCE, id="youth", score=0.7)

    with database.transaction() as tx:
        understood.save(
            tx,
            item.id,
            1,
            tags=[newer, Tag(facet=Facet.TOPIC, id="space", score=0.2)],
            findings=[replace(FINDING, rule="words.other")],
            vector=b"\x00\x01",
            embedder="e",
            cluster=item.cluster,
            at=now,
        )

    with database.reading() as tx:
        assert understood.tags(tx, item.id, 1) == [newer, by_editor]
        assert findings(tx, item.id, 1) == [replace(FINDING, rule="words.other")]
        assert understood.vectors(tx, "e") == [(1, item.id, b"\x00\x01")]
        assert understood.vectors(tx, "another") == []


def test_an_item_keeps_one_vector_that_of_the_embedder_that_came_last(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    item, other = make_item(), make_item(url="http://a.example/art/2.html")
    made = [(item, "old", b"1"), (other, "old", b"2"), (item, "new", b"3")]

    for one, embedder, vector in made:
        with database.transaction() as tx:
            understood.save(
                tx, one.id, 1, tags=(), findings=(), vector=vector, embedder=embedder, cluster=one.cluster, at=now
            )

    with database.reading() as tx:
        assert understood.vectors(tx, "old") == [(2, other.id, b"2")]
        assert understood.vectors(tx, "new") == [(3, item.id, b"3")]


def test_only_newest_versions_wait_to_be_understood(
    database: Database, make_item: Callable[..., Item], make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    item = make_item()
    take_in(database, make_candidate(text="改过一次"), now=now)
    take_in(database, make_candidate(text="又改了一次"), now=now)

    with database.reading() as tx:
        waiting = [(one.id, version.number) for one, version in to_understand.waiting(tx, 10)]

    assert waiting == [(item.id, 3)]


def test_the_public_sees_the_approved_version_and_nothing_else(
    database: Database,
    make_item: Callable[..., Item],
    make_candidate: Callable[..., Candidate],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    approved, pending = make_item(), make_item(url="http://a.example/art/2.html")
    desk.decide(
        database, item=approved.id, version=1, state=State.PENDING, move=Move.APPROVE, who=make_user(), why="", now=now
    )
    take_in(database, make_candidate(text="改过的正文"), now=now)

    with database.reading() as tx:
        shown = public.public_items(tx, [approved.id, pending.id])
        listed = public.all_public(tx, after=None, limit=10)
        nothing = public.public_item(tx, pending.id)
        versions = public.public_versions(tx)
        counts = items.counts(tx)

    item, version = shown[approved.id]
    assert (item.state, item.latest, version.number, version.text) == (State.CHANGED, 2, 1, make_candidate().text)
    assert list(shown) == [approved.id]
    assert listed == [shown[approved.id]]
    assert nothing is None
    assert versions == {approved.id: 1}
    assert (counts[State.CHANGED], counts[State.PENDING], counts[State.HELD]) == (1, 1, 0)


def test_pages_follow_each_other_without_gap(database: Database, make_item: Callable[..., Item]) -> None:
    ids = sorted(make_item(url=f"http://a.example/art/{number}.html").id for number in range(5))

    with database.reading() as tx:
        first = understood.all_latest(tx, after=None, limit=3)
        second = understood.all_latest(tx, after=first[-1][0].id, limit=3)

    assert [one.id for one, _ in first + second] == ids
