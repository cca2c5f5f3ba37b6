"""What is said of a version rests on its unit: the district, the registered hosts."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from config.policy import load_policy
from config.settings import Settings
from config.taxonomy import load_taxonomy
from indexer.base.ids import ChannelId
from indexer.base.times import Published, now
from indexer.catalogue.items import CleanHtml, Item, Version
from indexer.records import channels, items
from indexer.records.database import Database
from indexer.understanding.prepared import Understanding
from indexer.understanding.results import Facet
from indexer.understanding.sayings import sayings_of
from indexer.whitelist.records import Channel
from tests.steps import HashEmbedder, made_ready

HTML = CleanHtml(
    '<a href="http://a.example/1">一</a><a href="http://b.example/2">二</a><a href="http://c.example/3">三</a>'
)


NO_VECTOR = np.zeros(HashEmbedder.dimensions, dtype=np.float32)


@pytest.fixture
def understanding() -> Understanding:
    settings = Settings(_env_file=None)
    policy, taxonomy = load_policy(settings.policy_file), load_taxonomy(settings.taxonomy_file)
    return made_ready(policy, taxonomy, HashEmbedder(), read_at=now())


@pytest.fixture
def piece(database: Database, make_item: Callable[..., Item]) -> tuple[Item, Version]:
    item = make_item(html=HTML)
    with database.reading() as tx:
        version = items.version(tx, item.id, 1)
    assert version is not None
    return item, version


def test_links_to_the_hosts_of_any_channel_of_the_unit_are_not_foreign(
    database: Database,
    understanding: Understanding,
    piece: tuple[Item, Version],
    make_channel: Callable[..., Channel],
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, make_channel(id=ChannelId("channel-b"), hosts=("b.example",)))
        found = sayings_of(tx, understanding, [piece[0].id]).findings(*piece, NO_VECTOR)

    assert [one.excerpt for one in found if one.rule == "foreign-link"] == ["http://c.example/3"]


def test_an_event_that_names_no_place_is_where_its_unit_sits(
    database: Database, understanding: Understanding, piece: tuple[Item, Version]
) -> None:
    with database.reading() as tx:
        sayings = sayings_of(tx, understanding, [piece[0].id])
    vector, (item, version) = NO_VECTOR, piece
    held = replace(version, text="时间：9月20日9点。地点：示例馆一层。")

    of_unit = sayings.tags(item, held, vector)
    of_nobody = (*replace(sayings, units={}).tags(item, held, vector), *sayings.tags(item, version, vector))

    assert [tag.id for tag in of_unit if tag.facet is Facet.DISTRICT] == ["haidian"]
    assert [tag.id for tag in of_nobody if tag.facet is Facet.DISTRICT] == []


def test_a_piece_without_a_date_is_said_to_lack_one(
    database: Database, understanding: Understanding, piece: tuple[Item, Version]
) -> None:
    item, version = piece
    with database.reading() as tx:
        sayings = sayings_of(tx, understanding, [item.id])
        with_none = sayings.findings(item, replace(version, published=None), NO_VECTOR)
        dated = sayings.findings(item, replace(version, published=Published(at=now(), is_day=False)), NO_VECTOR)

    assert "no-date" in {one.rule for one in with_none}
    assert "no-date" not in {one.rule for one in dated}
