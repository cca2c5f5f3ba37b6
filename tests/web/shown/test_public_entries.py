"""One piece on several channels, as a reader meets it: found by any copy, shown once, by its original."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Item
from indexer.records import channels, clusters
from indexer.records.database import Database
from indexer.review.records import Move
from indexer.search.port import Query, SearchIndex
from indexer.whitelist.records import Channel, Unit
from tests.facets import entry, query
from web.shown.public_entries import filters_of


@pytest.fixture
def original(make_item: Callable[..., Item]) -> Item:
    return make_item(url="http://a.example/1.html", title="月球车如何过夜", text="月球的夜晚很长，首创的说法。")


@pytest.fixture
def repost(
    database: Database,
    original: Item,
    channel: Channel,
    make_unit: Callable[..., Unit],
    make_channel: Callable[..., Channel],
    make_item: Callable[..., Item],
) -> Item:
    """The same piece of a second unit under another headline."""
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(id=UnitId("unit-b"), name="示例天文馆", short_name="天文馆"))
        channels.save_channel(
            tx, make_channel(id=ChannelId("channel-b"), unit=UnitId("unit-b"), name="天文馆网站", hosts=("b.example",))
        )
    made = make_item(
        url="http://b.example/1.html",
        channel=ChannelId("channel-b"),
        title="探月趣谈",
        text="月球的夜晚很长。（来源：示例科技馆）",
    )
    with database.transaction() as tx:
        clusters.move(tx, made.id, original.cluster)
    return made


def found(client: FlaskClient, **args: str) -> tuple[int, list[str]]:
    answer = client.get("/api/items", query_string=args).get_json()
    return answer["total"], [item["id"] for item in answer["items"]]


@pytest.fixture
def both(original: Item, repost: Item, move: Callable[..., None]) -> Iterator[tuple[Item, Item]]:
    """The repost approved first."""
    move(repost, Move.APPROVE)
    move(original, Move.APPROVE)
    return original, repost  # type: ignore[return-value]


def test_an_original_is_found_by_its_own_title_though_a_repost_was_approved_first(
    client: FlaskClient, both: tuple[Item, Item]
) -> None:
    original, _ = both

    assert found(client, q="月球车如何过夜") == (1, [original.id])
    assert f'href="/items/{original.id}"' in client.get("/search", query_string={"q": "月球车如何过夜"}).text


def test_words_of_the_repost_alone_lead_to_the_original_and_mark_only_what_stands_in_it(
    client: FlaskClient, both: tuple[Item, Item]
) -> None:
    original, repost = both

    page = client.get("/search", query_string={"q": "探月趣谈"}).text

    assert found(client, q="探月趣谈") == (1, [original.id])
    assert f'href="/items/{original.id}"' in page
    assert f'href="/items/{repost.id}"' not in page
    assert "<mark>" not in page
    assert "<mark>夜晚</mark>" in client.get("/search", query_string={"q": "夜晚"}).text


def test_within_a_unit_its_own_copy_is_shown(client: FlaskClient, both: tuple[Item, Item]) -> None:
    original, repost = both

    assert found(client, q="月球", unit="unit-b") == (1, [repost.id])
    assert found(client, unit="unit-b") == (1, [repost.id])
    assert found(client, q="月球", unit="unit-a") == (1, [original.id])
    assert repost.id in client.get("/units/unit-b").text
    assert repost.id in client.get("/feed.atom?unit=unit-b").text
    assert repost.id in client.get("/feed.atom?unit=unit-b&q=月球").text


@pytest.mark.parametrize("path", ["/", "/search?q=月球", "/search", "/feed.atom", "/feed.atom?q=月球", "/api/items"])
def test_every_list_shows_the_piece_once_by_its_original(
    client: FlaskClient, both: tuple[Item, Item], path: str
) -> None:
    original, repost = both

    page = client.get(path).text

    assert original.id in page
    assert repost.id not in page


def test_the_counts_of_units_are_what_choosing_one_lists(client: FlaskClient, both: tuple[Item, Item]) -> None:
    answer = client.get("/api/items?q=月球").get_json()

    assert answer["total"] == 1
    assert answer["facets"]["units"] == {"unit-a": 1, "unit-b": 1}
    assert answer["facets"]["kinds"] == {"article": 1}


def test_the_page_of_each_copy_names_the_other(client: FlaskClient, both: tuple[Item, Item]) -> None:
    original, repost = both

    assert f'href="/items/{repost.id}"' in client.get(f"/items/{original.id}").text
    assert f'href="/items/{original.id}"' in client.get(f"/items/{repost.id}").text


def test_a_withdrawn_original_leaves_the_repost_in_every_list(
    client: FlaskClient, both: tuple[Item, Item], move: Callable[..., None]
) -> None:
    original, repost = both
    move(original, Move.WITHDRAW)

    lists = [client.get(path).text for path in ("/", "/search?q=月球", "/feed.atom", "/api/items?q=月球")]

    assert [(repost.id in page, original.id in page) for page in lists] == [(True, False)] * 4


class Meanwhile:
    """An index during whose finding something else happens."""

    def __init__(self, index: SearchIndex, happens: Callable[[], None]) -> None:
        self._find, self._happens = index.find, happens

    def __call__(self, query: object) -> object:
        answer = self._find(query)  # type: ignore[arg-type]
        self._happens()
        return answer


def test_an_original_withdrawn_between_index_and_records_is_not_shown(
    client: FlaskClient,
    both: tuple[Item, Item],
    index: SearchIndex,
    move: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original, repost = both
    happens = iter([lambda: move(original, Move.WITHDRAW)])
    monkeypatch.setattr(index, "find", Meanwhile(index, lambda: next(happens, lambda: None)()))

    during = client.get("/search", query_string={"q": "月球"})
    after = client.get("/search", query_string={"q": "月球"})

    assert (during.status_code, original.id in during.text) == (200, False)
    assert repost.id in after.text


def test_copies_that_the_index_still_holds_apart_are_shown_once(
    client: FlaskClient, both: tuple[Item, Item], index: SearchIndex
) -> None:
    original, repost = both
    index.put(
        [
            entry(
                item=item.id,
                version=1,
                title="月球",
                text="",
                unit=item.unit,
                unit_name="示例馆",
                kind=item.kind,
                cluster=item.cluster,
            )
            for item in (original, repost)
        ]
    )

    assert found(client, q="月球")[1] == [original.id]


def test_a_copy_must_satisfy_every_filter_and_its_words_are_no_filter() -> None:
    asked = {"topics": ("it",), "audiences": ("youth",), "districts": ("haidian",), "units": ("unit-a",)}

    filters = filters_of(query(text="月球", **asked))

    assert dict(filters.values) == asked
    assert filters_of(Query(text="月球")) == filters_of(Query())
