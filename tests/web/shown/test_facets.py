"""web.shown.facets: the filters beside a list, with counts and links."""

from collections.abc import Callable

import pytest
from flask import Flask

from config.taxonomy import Taxonomy
from indexer.base.ids import UnitId
from indexer.catalogue.facets import FACETS
from indexer.records import channels
from indexer.records.database import Database
from indexer.whitelist.records import Unit
from web.shown.asked import read
from web.shown.facets import FacetView, facets

OPEN = {facet.parameter for facet in FACETS if facet.is_open}
UNITS_SHOWN = next(facet.most for facet in FACETS if facet.field == "units") or 0


@pytest.fixture
def views(
    app: Flask, database: Database, taxonomy: Taxonomy, make_unit: Callable[..., Unit]
) -> Callable[..., dict[str, FacetView]]:
    with database.transaction() as tx:
        for n in range(UNITS_SHOWN + 5):
            channels.save_unit(tx, make_unit(id=UnitId(f"u{n}"), name=f"第{n}馆", short_name=f"馆{n}"))

    def of(address: str, **counts: dict[str, int]) -> dict[str, FacetView]:
        with app.test_request_context(address) as context, database.reading() as tx:
            made = facets(tx, read(context.request.args), counts, taxonomy=taxonomy)
        return {view.name: view for view in made}

    return of


def test_values_that_match_nothing_are_left_out_unless_they_are_on(views: Callable[..., dict[str, FacetView]]) -> None:
    topic = views("/search?topic=rural", topics={"it": 3})["topic"]

    assert [(one.count, one.chosen) for one in topic.choices] == [(3, False), (0, True)]


def test_a_link_puts_a_value_on_or_takes_it_off(views: Callable[..., dict[str, FacetView]]) -> None:
    topic = views("/search?topic=rural", topics={"it": 3, "rural": 1})["topic"]

    assert {one.chosen: one.href for one in topic.choices} == {
        False: "/search?topic=rural&topic=it",
        True: "/search",
    }


def test_the_units_with_most_come_first_after_the_chosen_ones_and_not_all_of_them(
    views: Callable[..., dict[str, FacetView]],
) -> None:
    counts = {f"u{n}": n for n in range(1, UNITS_SHOWN + 5)}
    unit = views("/search?unit=u0", units=counts)["unit"]

    assert [one.label for one in unit.choices[:2]] == ["馆0", f"馆{UNITS_SHOWN + 4}"]
    assert len(unit.choices) == UNITS_SHOWN


def test_months_stand_in_the_reader_s_words_the_latest_first(views: Callable[..., dict[str, FacetView]]) -> None:
    month = views("/search?month=2025-09", months={"2026-08": 1, "2026-09": 7})["month"]

    assert [(one.label, one.count) for one in month.choices] == [("2026年9月", 7), ("2026年8月", 1), ("2025年9月", 0)]
    assert month.open


def test_a_filter_that_is_in_use_stands_open(views: Callable[..., dict[str, FacetView]]) -> None:
    made = views("/search?kind=video")

    assert {name for name, view in made.items() if view.open} == OPEN | {"kind"}
    assert list(made) == [facet.parameter for facet in FACETS]
