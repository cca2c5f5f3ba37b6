"""Names of places in a text: the longest at each place, and what only looks like one."""

import pytest

from config.settings import SHIPPED
from config.taxonomy import load_taxonomy
from indexer.understanding.whereabouts.gazetteer import NOWHERE, TABLE, gazetteer_of, shipped_places


def found(text: str, *ids: str) -> list[tuple[str, tuple[str, ...]]]:
    gazetteer = gazetteer_of(dict.fromkeys(ids or ("haidian", "changping", "chaoyang", "fangshan", "hebei"), ()))
    return [(one.words, one.districts) for one in gazetteer.mentions(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("回龙观的夜市", [("回龙观", ("changping",))]),
        ("雄安和房山", [("雄安", ("hebei",)), ("房山", ("fangshan",))]),
        ("河北镇的泉", [("河北镇", ("fangshan",))]),
        ("河北村的老人", []),
        ("长春市朝阳区", []),
        ("向日葵总向着朝阳", []),
        ("潮白河北岸", []),
        ("\ud800回龙观", [("回龙观", ("changping",))]),
        ("", []),
    ],
)
def test_the_longest_name_is_read_and_lies_where_the_table_says(
    text: str, places: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert found(text) == places


def test_the_place_of_a_name_is_counted_in_characters_of_the_text() -> None:
    (one,) = gazetteer_of({"changping": ()}).mentions("🐟🐟在回龙观")

    assert (one.start, one.end, one.words) == (3, 6, "回龙观")


def test_a_place_on_a_border_lies_in_both_districts() -> None:
    assert found("官厅水库", "yanqing", "hebei") == [("官厅水库", ("yanqing", "hebei"))]
    assert found("官厅水库", "yanqing") == [("官厅水库", ("yanqing",))]


def test_words_of_the_taxonomy_name_its_districts_and_its_masks_no_place() -> None:
    gazetteer = gazetteer_of({"new": ("示例新区",)}, ["假示例新区"])

    assert [one.words for one in gazetteer.mentions("示例新区与假示例新区")] == ["示例新区"]


def test_every_name_stands_once_and_in_a_district_of_the_shipped_taxonomy() -> None:
    known = {one.id for one in load_taxonomy(SHIPPED / "taxonomy.yaml").districts}
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    names = [
        name for line in lines if not line.startswith("#") for name in line.partition(":")[2].split() or line.split()
    ]
    names = [name for name in names if name != ">-" and not name.endswith(":")]

    assert {id for ids in shipped_places().values() for id in ids} <= known
    assert len(names) == len(set(names)) == len(shipped_places())
    assert () in shipped_places().values()
    assert NOWHERE not in known
