"""Whereabouts of a piece: what its text says, and where its unit sits where that says nothing."""

from datetime import date

import pytest

from config.taxonomy import District
from indexer.catalogue.items import ItemKind
from indexer.understanding.whereabouts.reading import OF_SEAT, Reader, Whereabouts

SEAT = District(id="daxing", label="大兴区", short="大兴")
READER = Reader((SEAT, District(id="haidian", label="海淀区", short="海淀", in_text=("海淀",), masks=("海淀黄庄站",))))


def read(text: str, kind: ItemKind = ItemKind.ACTIVITY, *, seat: District | None = SEAT) -> Whereabouts:
    return READER.read("一次活动", text, kind, published=date(2026, 9, 1), seat=seat)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("时间：9月8日。地点：示例中心一层。", ItemKind.ACTIVITY, ["daxing"]),
        ("地点：海淀示例馆。时间：9月8日。", ItemKind.ACTIVITY, ["haidian"]),
        ("时间：9月8日。地点：示例中心一层。", ItemKind.ARTICLE, ["daxing"]),
        ("9月8日线上答题开始。", ItemKind.ACTIVITY, []),
        ("时间：9月8日。地点：示例中心。", ItemKind.LIVE, []),
        ("月亮不发光。", ItemKind.ARTICLE, []),
        ("海淀黄庄站", ItemKind.ARTICLE, []),
    ],
)
def test_only_an_event_that_names_no_place_is_where_its_unit_sits(
    text: str, kind: ItemKind, expected: list[str]
) -> None:
    found = read(text, kind)

    assert [one.district for one in found.districts] == expected
    assert found.from_seat is (expected == ["daxing"])


def test_the_seat_is_the_least_sure() -> None:
    assert read("时间：9月8日。地点：示例中心。").districts[0].confidence == OF_SEAT
    assert read("时间：9月8日。地点：示例中心。", seat=None).districts == ()


def test_times_and_places_come_with_it() -> None:
    found = read("时间：9月8日9点。地点：示例中心。")

    assert [one.words for one in found.times] == ["9月8日9点"]
    assert [one.words for one in found.sites] == ["示例中心"]
