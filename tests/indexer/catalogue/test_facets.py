"""The table of facets, and the values that items have and queries ask for."""

from collections.abc import Callable

import pytest

from config.taxonomy import Taxonomy
from indexer.catalogue.facets import DERIVED, FACETS, FIELDS, NamedBy, Values, values_of
from indexer.catalogue.items import Item, ItemKind
from indexer.records.derived import CONDITIONS
from indexer.understanding.results import Facet, Tag


def test_every_tag_can_be_filtered_by_and_no_name_stands_twice() -> None:
    parameters = [facet.parameter for facet in FACETS]

    assert {facet.tag for facet in FACETS if facet.tag} == set(Facet)
    assert len(set(parameters)) == len(set(FIELDS)) == len(FACETS)
    assert all([bool(facet.tag), bool(facet.column), facet.field in DERIVED].count(True) == 1 for facet in FACETS)
    assert set(CONDITIONS) == set(DERIVED)


def test_what_the_taxonomy_names_is_one_of_its_lists() -> None:
    assert {facet.field for facet in FACETS if facet.named_by is NamedBy.TAXONOMY} <= set(Taxonomy.model_fields)


def test_values_are_equal_whatever_order_they_were_given_in() -> None:
    one, other = Values(units=("u1",), topics=["it"], forms=()), Values({"topics": ("it",), "units": ("u1",)})

    assert one == other
    assert hash(one) == hash(other)
    assert list(one) == ["topics", "units"]
    assert one.without("units") == Values(topics=("it",))


def test_a_field_that_no_facet_has_is_refused() -> None:
    with pytest.raises(ValueError, match="no facet has the field colours"):
        Values(colours=("red",))


def test_an_item_has_the_values_of_its_tags_and_its_own(make_item: Callable[..., Item]) -> None:
    item = make_item(kind=ItemKind.VIDEO)
    tags = [
        Tag(facet=Facet.FORM, id="lecture", score=0.9),
        Tag(facet=Facet.TOPIC, id="it", score=0.9),
        Tag(facet=Facet.TOPIC, id="it", score=0.5),
    ]

    held = values_of(item, tags, Values(systems=("区",), topics=("never",)))

    assert {facet.field: held.get(facet.field, ()) for facet in FACETS if facet.tag} == {
        **dict.fromkeys(("topics", "audiences", "districts", "actions", "forms"), ()),
        "topics": ("it",),
        "forms": ("lecture",),
    }
    assert (held["kinds"], held["units"], held["systems"]) == (("video",), (item.unit,), ("区",))
