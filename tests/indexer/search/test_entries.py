"""indexer.search.entries: what the index holds of a public item."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.base.times import Published
from indexer.catalogue.items import CleanHtml, Edition, Item, ItemKind, Media, MediaKind, Version
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.records.entries import ListedEntry, Publication, PublicEntry, UnitName, public_entries
from indexer.review.records import Decision, Move, State
from indexer.search.entries import entry_of
from indexer.search.port import Entry
from indexer.understanding.results import Facet, Tag
from indexer.whitelist.records import Unit
from tests.conftest import NOW
from tests.facets import entry as made_entry

EDITION = Edition(id="2026", label="2026", theme="", starts=date(2026, 9, 1), ends=date(2026, 9, 30))


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
            return entry_of(public_entries(tx, [item.id])[item.id], now=NOW)

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
    assert entry_of(seen, now=now) == made_entry(
        item=ItemId("i1"), version=2, title="题", text="正文", unit="unit-a", unit_name="示例科技馆 示例馆",
        kind="video", cluster=ClusterId("k1"), shared=True, place=1, publication=7, author="甲 示例号",
        topics=("it", "space"), audiences=("youth",), actions=("visit",), districts=("haidian",),
        forms=("lecture",), films=("video",), months=("2026-09",), published=now,
    )  # fmt: skip


def test_a_piece_alone_without_author_and_date_says_so(seen: PublicEntry, now: datetime) -> None:
    bare = replace(seen.version, author="", account="", published=None)

    alone = replace(seen.listed, tags=(), place=0, cluster_size=1)

    entry = entry_of(replace(seen, version=bare, listed=alone), editions=[EDITION], now=now)

    assert (entry.shared, entry.place, entry.author, entry.published) == (False, 0, "", None)
    assert set(entry.values) == {"films", "kinds", "units"}


@pytest.mark.parametrize(
    ("day", "years"),
    [(datetime(2026, 8, 31, 15, 59, tzinfo=UTC), ()), (datetime(2026, 8, 31, 16, tzinfo=UTC), ("2026",))],
)
def test_the_year_of_a_piece_is_that_of_its_day_in_beijing(
    seen: PublicEntry, now: datetime, day: datetime, years: tuple[str, ...]
) -> None:
    version = replace(seen.version, published=Published(at=day))

    entry = entry_of(replace(seen, version=version), editions=[EDITION], now=now)

    assert entry.values.get("editions", ()) == years
    assert entry.values["months"] == (("2026-09",) if years else ("2026-08",))


def test_system_videos_and_a_live_stream_that_is_on_are_values_too(seen: PublicEntry, now: datetime) -> None:
    stream = Media(kind=MediaKind.VIDEO, url="http://a.example/live", starts=now, ends=now + timedelta(hours=1))
    listed = replace(seen.listed, unit=replace(seen.listed.unit, system="科技馆之城"))
    live = replace(seen, version=replace(seen.version, media=(stream,)), listed=listed)

    during, after = (entry_of(live, now=moment).values for moment in (now, now + timedelta(hours=1)))

    assert (during["systems"], during["films"], after["films"]) == (("科技馆之城",), ("video", "live_now"), ("video",))
