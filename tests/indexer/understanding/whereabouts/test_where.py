"""Where the event or the subject of a text is: what stands around a name says what it is there for."""

import pytest

from indexer.catalogue.items import ItemKind
from indexer.understanding.whereabouts.gazetteer import gazetteer_of
from indexer.understanding.whereabouts.where import MOST_NAMED, where

IDS = "dongcheng xicheng chaoyang fengtai shijingshan haidian fangshan changping pinggu yanqing hebei tianjin yizhuang"
GAZETTEER = gazetteer_of(dict.fromkeys(IDS.split(), ()))


def ids(title: str, text: str = "", kind: ItemKind = ItemKind.ACTIVITY) -> set[str]:
    return {one.district for one in where(GAZETTEER, title, text, kind)}


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("周末市集", "回龙观示例广场，下午五点。", {"changping"}),
        ("亦庄园区轮训", "", {"yizhuang"}),
        ("三地教师研修", "11月19日，雄安示例学校。", {"hebei"}),
        ("两区联展", "海淀、昌平两区同时开展。", {"haidian", "changping"}),
        ("果树课", "地点：平谷区大华山镇示例社。房山过来的乡亲可乘班车。", {"pinggu"}),
        ("月球车来了", "欢迎来自海淀、朝阳的同学走进首钢园。", {"shijingshan"}),
        ("剪枝课", "海淀区的专家来到平谷区大华山镇讲剪枝。", {"pinggu"}),
        ("赛事", "去年天津赛区的冠军来了，今年决赛在廊坊举办。", {"hebei"}),
        ("一口锅的来历", "密云、迁安一带的矿山挖的就是它。", set()),
        ("一块石头", "海淀的书上画着它。示例村在房山大石窝，房山的石匠还在，石窝镇有馆。", {"fangshan"}),
        ("月亮为什么有圆缺", "月亮不发光。", set()),
    ],
)
def test_the_place_is_where_it_is_held_not_where_people_or_things_come_from(
    title: str, text: str, expected: set[str]
) -> None:
    assert ids(title, text) == expected


def test_what_is_online_is_nowhere_but_where_a_place_is_shown() -> None:
    assert ids("双师直播课", "海淀的、延庆的，一起量影子。", ItemKind.LIVE) == set()
    assert ids("慢直播", "朝阳示例小区的物业装了一台摄像头。", ItemKind.LIVE) == {"chaoyang"}


def test_a_text_that_lists_the_city_names_no_district() -> None:
    listed = "东城区、西城区、朝阳区、丰台区、石景山区、海淀区"

    assert len(listed.split("、")) > MOST_NAMED
    assert ids("全市联动", listed) == set()


def test_the_words_that_tell_it_stand_where_they_are_said_to() -> None:
    (one,) = where(GAZETTEER, "夜市", "周六在回龙观示例广场", ItemKind.ACTIVITY)

    assert not one.in_title
    assert "周六在回龙观示例广场"[one.start : one.end] == one.words == "回龙观"
    assert 0.5 < one.confidence <= 1


def test_a_name_in_the_title_is_surer_than_one_in_the_text() -> None:
    in_title, in_text = where(GAZETTEER, "海淀", "", ItemKind.ARTICLE), where(GAZETTEER, "", "海淀", ItemKind.ARTICLE)

    assert in_title[0].confidence > in_text[0].confidence
