"""indexer.search.meilisearch.settings: what an index has already is not sent again."""

import pytest

from indexer.search.meilisearch.documents import SETTINGS
from indexer.search.meilisearch.settings import differing
from tests.simulators.meili.settings import whole


def test_what_a_server_answers_to_our_own_settings_differs_in_nothing() -> None:
    assert differing(whole(dict(SETTINGS)), SETTINGS) == []


@pytest.mark.parametrize(
    ("held", "wanted", "names"),
    [
        ({"filterableAttributes": ["b", "a"]}, {"filterableAttributes": ["a", "b"]}, []),
        ({"searchableAttributes": ["b", "a"]}, {"searchableAttributes": ["a", "b"]}, ["searchableAttributes"]),
        ({"faceting": {"maxValuesPerFacet": 9, "more": 1}}, {"faceting": {"maxValuesPerFacet": 9}}, []),
        ({"faceting": {"maxValuesPerFacet": 8}}, {"faceting": {"maxValuesPerFacet": 9}}, ["faceting"]),
        ({}, {"rankingRules": ["words"]}, ["rankingRules"]),
    ],
)
def test_order_counts_where_it_has_a_meaning_and_defaults_beside_do_not(
    held: dict[str, object], wanted: dict[str, object], names: list[str]
) -> None:
    assert differing(held, wanted) == names
