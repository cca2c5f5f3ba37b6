"""crawler.lists.titles: the headline of a row, whole and alone."""

import pytest

from crawler.extract.document import fragment
from crawler.lists.fields import fields_of
from crawler.lists.links import Link
from crawler.lists.titles import attribute_of, leading_brackets, tidy, title_of


def title(row: str, repeated: tuple[str, ...] = ()) -> str:
    element = fragment(row)
    anchor = next(element.iter("a"))
    fields = fields_of([element])
    link = Link(element=anchor, url="https://a.example/1.html", place=0, is_ours=True)
    own = [field for field in fields if field.link is anchor]
    return title_of(link, own, [field for field in fields if field.link is None], repeated=repeated)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("<a title='什么是雷电和闪电'>什么是雷...</a>", "什么是雷电和闪电"),
        ("<a title='什么是雷电和闪电'>什么是雷</a>", "什么是雷电和闪电"),
        ("<a title='什么是雷电'>什么是雷电 2026-09-30 这是摘要</a>", "什么是雷电"),
        ("<a title='什么是雷电 - 示例馆'>什么是雷电</a>", "什么是雷电"),
        ("<a title='点击查看详情'>什么是雷电</a>", "什么是雷电"),
        ("<a title='标题：什么是雷电&#10;发布时间：2026-09-30&#10;点击数：1'>什么是雷…</a>", "什么是雷电"),
        ("<a title='新窗口打开'>什么是雷电</a>", "什么是雷电"),
        ("<a>·什么是雷电</a>", "什么是雷电"),
        ("<a><span>天文</span><span>什么是雷电和闪电</span></a>", "什么是雷电和闪电"),
        ("<a><p>什么是雷电</p><p>这一期请到了一位研究者来讲。</p></a>", "什么是雷电"),
        ("<a><span class='time'>2026-09-30</span><span>什么是雷电</span></a>", "什么是雷电"),
        ("<a><div class='desc'>摘要写在标题的前面。</div><div class='name'>什么是雷电</div></a>", "什么是雷电"),
        ("<h3>什么是雷电</h3><a>查看详情</a>", "什么是雷电"),
        ("<a><img alt='什么是雷电'></a>", "什么是雷电"),
        ("<a title='什么是雷电'><img src=1.jpg></a>", "什么是雷电"),
    ],
)
def test_a_title_is_whole_and_alone(row: str, expected: str) -> None:
    assert title(row) == expected


def test_what_other_rows_say_too_is_no_title() -> None:
    assert title("<a><b>科普动态</b><p>什么是雷电</p></a>", ("科普动态",)) == "什么是雷电"
    assert tidy("[科普] 什么是雷电", ("[科普]",)) == "什么是雷电"
    assert tidy("[图文] 什么是雷电") == "[图文] 什么是雷电"


def test_brackets_before_a_title_are_told() -> None:
    assert (leading_brackets("[科普] 什么是雷电"), leading_brackets("什么是雷电")) == ("[科普]", "")


def test_an_attribute_that_browsers_fill_is_no_title() -> None:
    assert attribute_of(fragment("<a title='点击打开新窗口'>x</a>")[0]) == ""
