"""crawler.lists.fields: the pieces of text of a row that a reader sees as one."""

import pytest

from crawler.extract.document import fragment
from crawler.lists.fields import MOST_FIELDS, fields_of


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ("<a><h3>雷电</h3><span>2026-09-30</span></a>", ["雷电", "2026-09-30"]),
        ("<a>第<b>30</b>届<font color=red>科普</font>周</a>", ["第30届科普周"]),
        ("<a>观察<em>一滴水</em>里</a>", ["观察一滴水里"]),
        ("<a>雷电<span>2026-09-30</span></a>", ["雷电", "2026-09-30"]),
        ("<a><em>[科普]</em>雷电</a>", ["[科普]", "雷电"]),
        ("<a><i>NEW</i>雷电</a>", ["NEW", "雷电"]),
        ("<a><span>天文</span><span>雷电</span></a>", ["天文", "雷电"]),
        ("<a>雷电</a> 2026-09-30<br>来源", ["雷电", "2026-09-30", "来源"]),
        ("<a>雷电<script>var a = 1</script></a>", ["雷电"]),
    ],
)
def test_a_row_falls_into_its_fields(row: str, texts: list[str]) -> None:
    assert [field.text for field in fields_of([fragment(row)])] == texts


def test_a_field_knows_its_element_and_the_link_around_it() -> None:
    title, day = fields_of([fragment("<a href=/1><h3 class='tit'>雷电</h3></a><span class='desc'>2026年9月</span>")])

    assert title.is_heading
    assert title.link is not None
    assert (day.is_summary, day.is_day, day.link) == (True, True, None)


def test_a_row_has_a_bounded_number_of_fields() -> None:
    assert len(fields_of([fragment("<p>雷电</p>" * 200)])) == MOST_FIELDS
