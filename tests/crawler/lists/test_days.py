"""crawler.lists.days: the day that a row writes, in whatever pieces; an unsure one is none."""

import pytest

from crawler.extract.document import fragment
from crawler.lists.days import are_sorted, confirmed_by, day_of, day_said_in, whole_day
from crawler.lists.fields import fields_of


def day(row: str) -> str:
    return str(day_of(fields_of([fragment(row)])))[:10]


@pytest.mark.parametrize(
    "row",
    [
        "<b>2026-09-30</b>",
        "<b>[2026/9/30]</b>",
        "<b>2026年09月30日</b>",
        "<b>2026.09.30 周三 08:30</b>",
        "<b>二〇二六年九月三十日</b>",
        "<b>２０２６－０９－３０</b>",
        "<b>Sep 30, 2026</b>",
        "<b>30 September 2026</b>",
        "<b>30.09.2026</b>",
        "<b>09/30/2026</b>",
        "<p>30</p><p>2026-09</p>",
        "<p>2026-09</p><p>30</p>",
        "<p>30日</p><p>2026年09月</p>",
        "<p>09-30</p><p>2026</p>",
        "<p>2026年</p><p>09月30日</p>",
        "<p>30</p><p>9月</p><p>2026</p>",
        "<p>2026</p><p>09</p><p>30</p>",
        "<p>30</p><p>Sep</p><p>2026</p>",
        "<p>30</p><p>/</p><p>2026.09</p>",
        "<p>Sep 30</p><p>2026</p>",
        "<p>30</p><p>09</p><p>2026</p>",
        "<p>发布时间：2026-09-30</p><p>活动时间：2026-10-18</p>",
        "<p>来源：馆 2026-09-30 阅读 12</p>",
        "<p>日期：2026-09-30 点击：123</p>",
        "<p>时间：2026-09-30</p>",
        "<time datetime='2026-09-30T08:30:00+08:00'>3天前</time>",
        "<span title='2026-09-30 08:30'>昨天</span>",
        "<p>7</p><p>2026-09-30</p>",
        "<p>2026 年 9 月 30 日</p>",
        "<p>30</p><p>9月,2026</p>",
        "<p>30<br>2026-09</p>",
        "<b>2026-09-30发布</b>",
        "<p>成文日期：2026-09-28</p><p>发布日期：2026-09-30</p>",
    ],
)
def test_a_day_is_read_in_the_ways_that_lists_write_it(row: str) -> None:
    assert day(row) == "2026-09-30"


@pytest.mark.parametrize(
    "row",
    [
        "<b>09-30</b>",
        "<b>3天前</b>",
        "<b>昨天 08:30</b>",
        "<b>2026年9月</b>",
        "<b>2026</b>",
        "<b>2026-13-01</b>",
        "<b>26-09-30</b>",
        "<p>30</p><p>09</p>",
        "<p>07</p><p>08</p><p>2026</p>",
        "<p>2026-09-30</p><p>2026-10-18</p>",
        "<p>2026-09-30 至 2026-10-18</p>",
        "<p>活动时间：2026-10-18</p>",
        "<p>报名截止日期：2026-10-18</p>",
        "<p>时间：2026-10-18 14:00-16:00</p>",
        "<p>这一期请到了一位研究者，带大家看实验室里的样本和仪器，并回答小朋友提出的各种各样的问题，活动在2026年10月18日举行，欢迎报名参加。</p>",
        "<b>07/08/2026</b>",
        "<p>举办于2026-10-18</p>",
    ],
)
def test_what_is_not_sure_is_no_day(row: str) -> None:
    assert day(row) == "None"


def test_a_whole_text_names_a_day_with_its_clock() -> None:
    assert str(whole_day("（2026-09-30 08:30）")) == "2026-09-30T08:30:00+08:00"
    assert whole_day("2026-09-30 和 2026-10-01") is None


def test_newest_first_is_sorted() -> None:
    days = [found for text in ("2026-09-30", "2026-09-30 08:30", "2026-09-01") if (found := whole_day(text))]

    assert are_sorted(days)
    assert not are_sorted(days[::-1])


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("标题：一滴水\n点击数：12\n发表时间：2026-09-30", "2026-09-30"),
        ("活动时间：2026-10-18", "None"),
        ("发布时间：2026-09-30 更新前发布于2026-09-01", "None"),
        ("一滴水里的小生物", "None"),
    ],
)
def test_the_title_of_a_link_may_say_when_its_article_was_published(title: str, wanted: str) -> None:
    assert str(day_said_in(title))[:10] == wanted


@pytest.mark.parametrize(
    ("row", "address", "wanted"),
    [
        ("<b>[09-30]</b>", "/202609/t20260930_1.html", "2026-09-30"),
        ("<b>9月30日</b>", "/2026/09/30/1.html", "2026-09-30"),
        ("<b>26-09-30</b>", "/art/2026/9/30/a_1.html", "None"),
        ("<b>26-09-30</b>", "/art/2026/09/30/a_1.html", "2026-09-30"),
        ("<b>09-29</b>", "/202609/t20260930_1.html", "None"),
        ("<b>一滴水</b>", "/202609/t20260930_1.html", "None"),
    ],
)
def test_a_day_without_its_year_is_sure_where_the_address_has_the_same(row: str, address: str, wanted: str) -> None:
    found = confirmed_by(f"https://www.example.cn{address}", fields_of([fragment(row)]))

    assert str(found)[:10] == wanted
