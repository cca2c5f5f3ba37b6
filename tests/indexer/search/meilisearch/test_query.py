"""indexer.search.meilisearch.query: what is asked of the server; no value typed can leave its place."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from indexer.base.ids import ItemId
from indexer.catalogue.facets import Values
from indexer.search.engine import Base, Listing, Needle, Part
from indexer.search.meilisearch.documents import HELD
from indexer.search.meilisearch.query import MOST, MOST_NUMBER, TERMS, Searches, fewest, reading
from indexer.search.meilisearch.tokens import phrase

DAY = datetime(2026, 9, 17, tzinfo=UTC)
MOON, NIGHT = Needle("月球"), Needle("过夜")
WORDS = {"indexUid": "items", "q": phrase(MOON), "matchingStrategy": "all"}


def searches(
    *lists: Listing,
    counted: tuple[str, ...] = (),
    needles: tuple[Needle, ...] = (MOON,),
    **more: Any,  # noqa: ANN401
) -> Searches:
    return Searches("items", Base(needles=needles, **more), lists, counted)


def filters(*lists: Listing, **more: Any) -> Any:  # noqa: ANN401
    return searches(*lists or [Listing()], **({"collapse": False} | more)).first()[0]["filter"]


@pytest.mark.parametrize("value", ['a" OR item = "b', "a\\", "水", "\ud800"])
def test_a_filter_s_value_stays_a_value(value: str) -> None:
    [[term]] = filters(filters=Values(topics=(value,)))

    assert term.startswith('topics = "')
    assert term.endswith('"')
    assert '" OR' not in term.replace('\\"', "")


def test_a_list_is_asked_for_by_pages_so_that_its_total_is_exact() -> None:
    copies, listed = searches(Listing(limit=20)).first()

    assert listed == WORDS | {
        "filter": [["original = true"]],
        "sort": ["order:desc"],
        "attributesToRetrieve": ["item"],
        "page": 1,
        "hitsPerPage": 20,
    }
    assert copies == WORDS | {
        "filter": ["shared = true"],
        "limit": MOST,
        "offset": 0,
        "attributesToRetrieve": ["item", "cluster", "place"],
    }


def test_a_deep_page_is_counted_beside_it() -> None:
    counted, listed = searches(Listing(offset=40, limit=20), collapse=False).first()

    assert (counted["hitsPerPage"], listed["offset"], listed["limit"]) == (0, 40, 20)


def test_facets_are_counted_without_copies_and_those_read() -> None:
    *_, counted, copies = searches(counted=("topics", "kinds")).first()

    assert counted == WORDS | {"filter": ["shared != true"], "facets": ["topics", "kinds"], "hitsPerPage": 0}
    assert copies["attributesToRetrieve"] == ["item", "cluster", "place", "topics", "kinds"]


def test_a_filter_is_left_out_where_its_own_values_are_counted() -> None:
    asked = searches(counted=("topics", "kinds"), filters=Values(topics=("it", '"x')), collapse=False).first()

    chosen = ['topics = "it"', 'topics = "\\"x"']
    assert [(one["filter"], one["facets"]) for one in asked] == [([chosen], ["kinds"]), ([], ["topics"])]


def test_days_narrow_everything_and_a_publication_the_list_alone() -> None:
    span: dict[str, Any] = {"since": DAY, "until": DAY + timedelta(seconds=0.5), "collapse": False}
    days = [f"published >= {int(DAY.timestamp())}", f"published < {int(DAY.timestamp()) + 1}"]

    listed, counted = searches(Listing(before=9), counted=("kinds",), **span).first()

    assert (listed["filter"], counted["filter"]) == ([*days, "publication < 9"], days)


@pytest.mark.parametrize(("before", "sent"), [(-1, 0), (10**30, MOST_NUMBER), (3, 3)])
def test_absurd_numbers_are_cut_to_what_the_server_takes(before: int, sent: int) -> None:
    assert filters(Listing(before=before)) == [f"publication < {sent}"]


def test_words_left_out_and_items_left_out_are_named() -> None:
    [listed] = searches(
        Listing(apart=(ItemId("a"), ItemId('b"'))), without=(NIGHT,), collapse=False
    ).first()  # fmt: skip

    assert listed["q"] == f"{phrase(MOON)} -{phrase(NIGHT)}"
    assert listed["filter"] == ['NOT item IN ["a", "b\\""]']


def test_a_free_list_is_of_all_items_within_the_filters() -> None:
    asked = searches(Listing(is_free=True, also=(NIGHT,)), without=(MOON,), filters=Values(topics=("it",))).first()

    [listed] = asked
    assert (listed["q"], listed["filter"]) == (phrase(NIGHT), [['topics = "it"']])


def test_what_stands_in_for_originals_is_listed_in_a_second_request() -> None:
    made = searches(Listing(limit=5))
    copies = [{"item": 'i"1', "cluster": "k", "place": 1}]
    first: list[dict[str, Any]] = [{"hits": copies}, {"hits": [], "totalHits": 0}]

    [again] = made.again(first)

    assert again["filter"] == [["original = true", 'item IN ["i\\"1"]']]
    answer = made.answer(first, [{"hits": [{"item": 'i"1'}], "totalHits": 1}])
    assert [(one.total, list(one.keys)) for one in answer.lists] == [(1, ['i"1'])]


def test_where_every_original_matches_nothing_is_asked_again() -> None:
    copies = [{"item": "a", "cluster": "k", "place": 1}, {"item": "b", "cluster": "k", "place": 0}]

    assert searches(Listing()).again([{"hits": copies}, {"hits": [], "totalHits": 1}]) == []


def test_counts_are_added_up_with_each_cluster_once() -> None:
    made = searches(counted=("topics", "units"), filters=Values(topics=("it",)))
    one = {"item": "a", "cluster": "k", "place": 1, "units": ["u1"], "topics": ["it"]}
    two = one | {"item": "b", "place": 0, "units": ["u2"]}
    first: list[dict[str, Any]] = [
        {"facetDistribution": {"units": {"u1": 3}}}, {"hits": [one, two]},
        {"facetDistribution": None}, {"hits": [one, one | {"cluster": "other"}]},
    ]  # fmt: skip

    assert made.answer(first, []).facets == {"units": {"u1": 4, "u2": 1}, "topics": {"it": 2}}


def test_ten_phrases_are_asked_for_none_that_another_one_holds() -> None:
    held = [Needle("月球车"), Needle("月球"), Needle("月球", Part.TITLE), Needle("月球车", Part.NAMES)]

    assert fewest(held) == [Needle("月球车"), Needle("月球车", Part.NAMES), Needle("月球", Part.TITLE)]
    assert len(fewest([Needle(f"词{number:02}") for number in range(20)])) == TERMS


def test_items_are_read_in_one_search() -> None:
    asked = reading("items", ["a", "b"])

    assert (asked["filter"], asked["hitsPerPage"], asked["attributesToRetrieve"]) == (['item IN ["a", "b"]'], 2, HELD)
