"""indexer.understanding.tags.districts: where a piece is about."""

import pytest

from config.taxonomy import District
from indexer.understanding.results import Facet
from indexer.understanding.tags.districts import LEAD_CHARS, MOST_NAMED, TITLE_SCORE, district_tags


def district(id_: str, label: str, *, masks: tuple[str, ...] = ()) -> District:
    return District(id=id_, label=label, short=label[:-1], in_text=(label[:2],), masks=masks)


HAIDIAN, CHAOYANG = district("haidian", "海淀区"), district("chaoyang", "朝阳区", masks=("朝阳产业",))
ALL = (HAIDIAN, CHAOYANG, *(district(f"d{n}", f"{n}号区") for n in range(5)))


def ids(title: str, text: str = "", own: District | None = None) -> list[str]:
    return [tag.id for tag in district_tags(title, text, own=own, districts=ALL)]


@pytest.mark.parametrize(
    ("title", "text", "named"),
    [
        ("海淀的月球车", "朝阳也去", ["haidian"]),
        ("月球车", "海淀和朝阳都去", ["haidian", "chaoyang"]),
        ("月球车", "x" * LEAD_CHARS + "海淀", []),
        ("朝阳产业", "", []),
        ("朝阳产业在朝阳", "", ["chaoyang"]),
    ],
)
def test_the_title_speaks_before_the_text_and_the_text_s_beginning_before_its_end(
    title: str, text: str, named: list[str]
) -> None:
    assert ids(title, text) == named


def test_what_names_no_district_is_about_the_unit_s_own() -> None:
    assert ids("月球车", own=HAIDIAN) == ["haidian"]
    assert ids("月球车") == []


def test_a_title_that_lists_the_city_names_none() -> None:
    title = "海淀朝阳" + "".join(f"{n}号" for n in range(MOST_NAMED - 1))

    assert ids(title, "海淀") == ["haidian"]


def test_a_title_is_surer_than_a_text_and_a_text_surer_than_the_unit_s_place() -> None:
    scores = [
        tag.score
        for title, text in (("海淀", ""), ("", "海淀"), ("", ""))
        for tag in district_tags(title, text, own=HAIDIAN, districts=ALL)
    ]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] == TITLE_SCORE
    assert {tag.facet for tag in district_tags("海淀", "", own=None, districts=ALL)} == {Facet.DISTRICT}
