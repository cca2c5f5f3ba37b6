"""config.taxonomy: the shipped lists, and what must agree within such a file."""

from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.settings import SHIPPED
from config.taxonomy import Category, Taxonomy, load_taxonomy


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    """The shipped one."""
    return load_taxonomy(SHIPPED / "taxonomy.yaml")


def categories(taxonomy: Taxonomy) -> tuple[Category, ...]:
    return taxonomy.topics + taxonomy.audiences + taxonomy.actions


def test_the_lists_are_those_of_the_plan(taxonomy: Taxonomy) -> None:
    assert [len(part) for part in (taxonomy.topics, taxonomy.audiences, taxonomy.actions)] == [10, 5, 10]
    assert [topic.label for topic in taxonomy.topics][-1] == "食品安全"


def test_every_category_has_sentences_words_and_traps(taxonomy: Taxonomy) -> None:
    assert [c.id for c in categories(taxonomy) if not (len(c.prototypes) >= 3 and c.keywords and c.traps)] == []


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("海淀区", "haidian"),
        ("110108", "haidian"),
        ("110103", "dongcheng"),
        ("宣武区", "xicheng"),
        ("密云县", "miyun"),
        ("110229", "yanqing"),
        ("亦庄", "yizhuang"),
        ("河北省", "hebei"),
        ("haidian", "haidian"),
    ],
)
def test_a_district_is_found_by_code_name_and_former_name(text: str, id: str, taxonomy: Taxonomy) -> None:
    found = taxonomy.district(text)

    assert found is not None
    assert found.id == id


def test_seventeen_districts_have_a_tile_of_their_own(taxonomy: Taxonomy) -> None:
    tiles = {(one.row, one.column) for one in taxonomy.districts if one.row is not None}

    assert len(tiles) == 17
    assert sum(one.adcode is not None and one.adcode.startswith("1101") for one in taxonomy.districts) == 16


def masked(category: Category, text: str) -> str:
    for mask in category.masks:
        text = text.replace(mask, "□")
    return text


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("water-saving", "丰收节水果展销"),
        ("water-saving", "向游客提供水杯"),
        ("forestry-grass", "随机森林算法"),
        ("farmers", "检测蔬菜农药残留"),
        ("elderly", "养老金计算"),
        ("live-tour", "云游戏上线"),
        ("workers", "工人体育场演唱会"),
        ("health", "增进交流感情"),
    ],
)
def test_masks_take_the_keywords_out_of_words_that_mean_something_else(id: str, text: str, taxonomy: Taxonomy) -> None:
    category = next(one for one in categories(taxonomy) if one.id == id)

    assert [word for word in category.keywords if word in text]
    assert [word for word in category.keywords if word in masked(category, text)] == []


BASE = """version: 1
topics: [{id: a, label: 甲, label_en: A, keywords: [节水]%s}]
audiences: [{id: b, label: 乙, label_en: B}]
districts:
  - {id: east, label: 东区, short: 东, row: 0, column: 0}
  - {id: west, label: 西区, short: %s}
"""


@pytest.mark.parametrize(
    ("topic", "west", "message"),
    [
        (", masks: [节约用水]", "西", "the mask `节约用水` holds no keyword of `a`"),
        (", traps: [{text: x, why: y, excludes: [c]}]", "西", "`c` is no id of this file"),
        ("", "东", "`东` already means `east`"),
        ("", "西, row: 0, column: 0", "its tile is that of `east`"),
        ("", "西, row: 0", "has half a tile"),
    ],
)
def test_a_taxonomy_that_contradicts_itself_is_refused(topic: str, west: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BASE % (topic, west), encoding="utf-8")

    with pytest.raises(ConfigRefused, match=message):
        load_taxonomy(tmp_path / "a.yaml")
