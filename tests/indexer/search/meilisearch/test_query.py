"""indexer.search.meilisearch.query: what a query becomes; no value typed can leave its place."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from indexer.base.ids import UnitId
from indexer.catalogue.items import ItemKind
from indexer.search.chinese import asked
from indexer.search.meilisearch.query import MOST, MOST_NUMBER, ORIGINAL, TERMS, Searches
from indexer.search.port import Order
from tests.facets import query

DAY = datetime(2026, 9, 17, tzinfo=UTC)
FACETS = ["topics", "audiences", "districts", "actions", "forms", "kinds", "units"]


def searches(text: str = "月球车", **more: object) -> Searches:
    return Searches("items", query(text=text, **more), asked(text))


@pytest.mark.parametrize("value", ['a" OR item = "b', "a\\", "水", "\ud800"])
def test_a_filter_s_value_stays_a_value(value: str) -> None:
    (filters, *_) = searches(topics=(value,)).all_words()[0]["filter"]

    (term,) = filters
    assert term.startswith('topics = "')
    assert term.endswith('"')
    assert '" OR' not in term.replace('\\"', "")


def test_what_stands_in_for_an_original_is_listed_too() -> None:
    asked_for = searches("水", before=7)
    listed = asked_for.all_words()[0]

    again = asked_for.again(listed, ["i1", 'i"2'])

    assert again["q"] == listed["q"]
    assert again["filter"] == ["publication < 7", [ORIGINAL, 'item IN ["i1", "i\\"2"]']]


def test_clusters_are_counted_once_beside_what_has_no_copies() -> None:
    asked_for = searches("水", topics=("a",))
    copies = [
        {"item": "i1", "cluster": "c", "place": 0, "topics": ["a"], "units": ["u1"]},
        {"item": "i2", "cluster": "c", "place": 1, "topics": ["a"], "units": ["u2"]},
    ]
    counted = {"totalHits": 3, "facetDistribution": {"units": {"u1": 3}}}
    own = {"totalHits": 3, "facetDistribution": {"topics": {"a": 3}}}
    answers: list[dict[str, Any]] = [{}, counted, {"hits": copies}, own, {"hits": copies}]

    assert asked_for.total(answers) == 4
    assert asked_for.facets(answers)["topics"] == {"a": 4}
    assert asked_for.facets(answers)["units"] == {"u1": 4, "u2": 1}


def test_without_filters_one_search_lists_one_counts_and_one_reads_the_copies() -> None:
    listed, counted, copies = searches(offset=20, limit=10).all_words()

    words = {
        "indexUid": "items",
        "q": '"月 球 车"',
        "matchingStrategy": "all",
        "attributesToSearchOn": ["title_chars", "text_chars", "names_chars"],
    }
    assert listed == words | {
        "filter": ["original != false"],
        "offset": 20,
        "limit": 10,
        "attributesToRetrieve": ["item", "version", "title", "text", "publication"],
        "showRankingScore": True,
    }
    assert counted == words | {"filter": ["shared != true"], "facets": FACETS, "hitsPerPage": 0}
    assert copies == words | {
        "filter": ["shared = true"],
        "limit": MOST,
        "offset": 0,
        "attributesToRetrieve": ["item", "cluster", "place", *FACETS],
    }


def test_a_filter_is_left_out_where_its_own_values_are_counted() -> None:
    listed, counted, _, alone, its_copies = searches(topics=("it", '"x')).all_words()

    chosen = ['topics = "it"', 'topics = "\\"x"']
    assert listed["filter"] == [chosen, "original != false"]
    assert (counted["filter"], counted["facets"]) == ([chosen, "shared != true"], FACETS[1:])
    assert (alone["filter"], alone["facets"]) == (["shared != true"], ["topics"])
    assert its_copies["filter"] == ["shared = true"]
    assert its_copies["attributesToRetrieve"] == ["item", "cluster", "place", "topics"]


def test_days_kinds_and_units_narrow_everything_and_a_publication_the_list_alone() -> None:
    listed, counted, *_ = searches(
        kinds=(ItemKind.VIDEO,), units=(UnitId("u\ud800"),), since=DAY, until=DAY + timedelta(seconds=0.5), before=9
    ).all_words()

    narrowed = [['kinds = "video"'], ['units = "u?"'], f"published >= {int(DAY.timestamp())}"]
    narrowed.append(f"published < {int(DAY.timestamp()) + 1}")
    assert listed["filter"] == [*narrowed, "publication < 9", "original != false"]
    assert counted["filter"] == [*narrowed, "shared != true"]


@pytest.mark.parametrize(
    ("more", "sort"),
    [({}, None), ({"order": Order.NEWEST}, ["publication:desc"]), ({"text": "，"}, ["publication:desc"])],
)
def test_the_newest_come_first_where_they_are_asked_for_or_no_word_is(
    more: dict[str, object], sort: list[str] | None
) -> None:
    made = searches(**({"text": "月球车"} | more)).all_words()  # type: ignore[arg-type]

    assert [one.get("sort") for one in made] == [sort, None, None]


def test_with_all_copies_nothing_is_counted_here() -> None:
    listed, counted, copies = searches(collapse=False).all_words()

    assert (listed["filter"], counted["filter"]) == ([], [])
    assert (copies["filter"], copies["limit"]) == (["shared = true"], 0)


@pytest.mark.parametrize(
    ("offset", "limit", "before", "sent"),
    [(-5, -1, -1, (0, 0, 0)), (10**9, 10**9, 10**30, (MOST, MOST, MOST_NUMBER)), (1, 2, 3, (1, 2, 3))],
)
def test_absurd_numbers_are_cut_to_what_the_server_takes(
    offset: int, limit: int, before: int, sent: tuple[int, int, int]
) -> None:
    listed = searches(offset=offset, limit=limit, before=before).all_words()[0]

    assert (listed["offset"], listed["limit"], listed["filter"][0]) == (*sent[:2], f"publication < {sent[2]}")


def test_of_many_words_whole_phrases_are_asked_for_and_at_most_ten_terms() -> None:
    many = " ".join(f"词{number}" for number in range(20))

    assert searches(many).all_words()[0]["q"].count('"') == 2 * TERMS
    assert searches("月球车过夜").all_words()[0]["q"] == '"月 球 车" "过 夜"'


def test_the_nearest_are_asked_for_in_plain_words() -> None:
    listed = searches("月球车过夜").most_words()[0]

    assert (listed["q"], listed["matchingStrategy"]) == ("月球车 过夜", "frequency")
    assert listed["attributesToSearchOn"] == ["title", "text"]
    assert len(searches(" ".join(f"词{number}" for number in range(20))).most_words()[0]["q"].split()) == TERMS


def test_items_that_stand_in_for_originals_join_the_list() -> None:
    made = searches(topics=("it",), before=9)
    listed = made.all_words()[0]

    again = made.again(listed, ["i1", "i2"])

    assert again == listed | {
        "filter": [['topics = "it"'], "publication < 9", ["original != false", 'item IN ["i1", "i2"]']]
    }


def test_answers_are_added_up_with_each_cluster_once() -> None:
    made = searches(topics=("it",))
    one = {"item": "a", "cluster": "k", "place": 1, "units": ["u1"], "kinds": ["video"], "topics": ["it"]}
    two = one | {"item": "b", "place": 0, "units": ["u2"]}
    answers: list[dict[str, Any]] = [
        {"hits": []},
        {"totalHits": 4, "facetDistribution": {"units": {"u1": 3}, "kinds": {"article": 4}}},
        {"hits": [one, two]},
        {"totalHits": 4, "facetDistribution": None},
        {"hits": [one, one | {"cluster": "other"}]},
    ]

    assert made.total(answers) == 5
    assert [copy.key for copy in made.copies(answers)] == ["a", "b"]
    assert made.facets(answers) == {
        "topics": {"it": 2},
        "audiences": {},
        "districts": {},
        "actions": {},
        "forms": {},
        "units": {"u1": 4, "u2": 1},
        "kinds": {"article": 4, "video": 1},
    }
