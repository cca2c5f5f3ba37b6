"""indexer.search.entries: what the index holds of a public item."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.base.times import Published
from indexer.catalogue.items import CleanHtml, Item, ItemKind, Version
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.records.entries import ListedEntry, Publication, PublicEntry, UnitName, public_entries
from indexer.review.records import Decision, Move, State
from indexer.search.entries import entry_of
from indexer.search.port import Entry
from indexer.understanding.results import Facet, Tag
from indexer.whitelist.records import Unit
from tests.facets import entry as made_entry


@pytest.fixture
def entry(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
) -> Callable[..., Entry]:
    def of(**fields: object) -> Entry:
        item = make_item(**fields)
        move_on(item, Move.APPROVE, who=make_user())
        with database.reading() as tx:
            return entry_of(public_entries(tx, [item.id])[item.id])

    return of


def test_a_piece_alone_is_its_own_original(entry: Callable[..., Entry]) -> None:
    held = entry()

    assert (held.shared, held.place, held.version) == (False, 0, 1)
    assert held.publication > 0


@pytest.mark.parametrize("published", [Published(at=datetime(2026, 9, 17, 1, tzinfo=UTC)), None])
def test_the_source_s_own_date_is_held_and_none_is_made_up(
    entry: Callable[..., Entry], published: Published | None
) -> None:
    assert entry(published=published).published == (published.at if published else None)


@pytest.fixture
def seen(now: datetime, make_unit: Callable[..., Unit]) -> PublicEntry:
    """The second of three public copies, with tags of every facet."""
    item = Item(
        id=ItemId("i1"), unit=UnitId("unit-a"), channel=ChannelId("c"), key="k", kind=ItemKind.VIDEO,
        state=State.CHANGED, latest=3, public=2, cluster=ClusterId("k1"), created_at=now,
    )  # fmt: skip
    version = Version(
        item=item.id, number=2, url="http://a.example/1", title="题", author="甲", account="示例号",
        published=Published(at=now), html=CleanHtml(""), text="正文", media=(), content_hash="h", collected_at=now,
    )  # fmt: skip
    tags = (
        Tag(facet=Facet.TOPIC, id="it", score=0.9), Tag(facet=Facet.TOPIC, id="it", score=0.8),
        Tag(facet=Facet.TOPIC, id="space", score=0.7), Tag(facet=Facet.AUDIENCE, id="youth", score=0.9),
        Tag(facet=Facet.ACTION, id="visit", score=0.9), Tag(facet=Facet.DISTRICT, id="haidian", score=0.9),
        Tag(facet=Facet.FORM, id="lecture", score=0.9),
    )  # fmt: skip
    unit = make_unit()
    listed = ListedEntry(
        item=item.id, version=2, kind=item.kind, cluster=item.cluster, title="题", head="正文", author="甲",
        url=version.url, published=version.published, picture=None, tags=tags,
        unit=UnitName(id=unit.id, name=unit.name, short_name=unit.short_name), channel_name="号", place=1,
        cluster_size=3, publication=Publication(number=7, at=now, version_at=now),
    )  # fmt: skip
    return PublicEntry(item=item, version=version, listed=listed)


def test_an_entry_is_the_public_version_with_its_tags_by_facet(seen: PublicEntry, now: datetime) -> None:
    assert entry_of(seen) == made_entry(
        item=ItemId("i1"), version=2, title="题", text="正文", unit="unit-a", unit_name="示例科技馆 示例馆",
        kind="video", cluster=ClusterId("k1"), shared=True, place=1, publication=7, author="甲 示例号",
        topics=("it", "space"), audiences=("youth",), actions=("visit",), districts=("haidian",),
        forms=("lecture",), published=now,
    )  # fmt: skip


def test_a_piece_alone_without_author_and_date_says_so(seen: PublicEntry) -> None:
    bare = replace(seen.version, author="", account="", published=None)

    entry = entry_of(replace(seen, version=bare, listed=replace(seen.listed, tags=(), place=0, cluster_size=1)))

    assert (entry.shared, entry.place, entry.author, entry.published) == (False, 0, "", None)
    assert set(entry.values) == {"kinds", "units"}
