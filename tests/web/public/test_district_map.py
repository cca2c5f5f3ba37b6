"""web.public.district_map: the map of districts, weighed against the one with most."""

from collections.abc import Callable

import pytest
from flask import Flask

from config.taxonomy import Taxonomy
from web.public.district_map import Tile, tiles

Draw = Callable[..., dict[str, Tile]]


@pytest.fixture
def drawn(app: Flask, taxonomy: Taxonomy) -> Draw:
    def of(**counts: int) -> dict[str, Tile]:
        with app.test_request_context("/"):
            return {tile.label: tile for tile in tiles(taxonomy, counts)}

    return of


def test_without_any_piece_there_is_no_map(drawn: Draw) -> None:
    assert drawn() == {}
    assert drawn(nowhere=5) == {}


def test_a_district_is_weighed_against_the_one_with_most(drawn: Draw) -> None:
    made = drawn(haidian=10, chaoyang=5, fengtai=1)

    assert [made[name].weight for name in ("海淀区", "朝阳区", "丰台区")] == ["many", "some", "few"]
    assert {tile.weight for tile in made.values() if tile.count == 0} == {"none"}
    assert made["海淀区"].href == "/search?district=haidian"


def test_tiles_come_row_by_row_and_no_two_in_one_place(drawn: Draw) -> None:
    places = [(tile.row, tile.column) for tile in drawn(haidian=1).values()]

    assert places == sorted(set(places))
