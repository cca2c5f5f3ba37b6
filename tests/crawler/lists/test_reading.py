"""crawler.lists.reading: the list of a page, in the layouts of many site systems, with what stands around it."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from crawler.extract.document import parse
from crawler.extract.selectors import Chooser
from crawler.lists.absence import NoList
from crawler.lists.reading import ListPage, read_list
from crawler.lists.records import with_records
from tests.crawler.lists.layouts import AROUND, LAYOUTS, PAGER, SUMMARY, URL, Layout, Made, made, side

NAMES = sorted(LAYOUTS)


def read(text: str, **chosen: str) -> ListPage:
    page = parse(with_records(text))
    assert page is not None
    return read_list(page, URL, is_ours, select=Chooser(page).select, wants_selector=True, **chosen)


def is_ours(url: str) -> bool:
    return url.startswith("https://www.example.cn/")


def listed(found: ListPage) -> list[tuple[str, str]]:
    return [(entry.title, str(entry.day)[:10]) for entry in found.entries]


def wanted(layout: Layout, rows: list[Made]) -> list[tuple[str, str]]:
    return [(row.title, str(row.day) if layout.day else "None") for row in rows]


@pytest.mark.parametrize("name", NAMES)
def test_each_layout_gives_its_rows_with_title_and_day(name: str) -> None:
    found = read(LAYOUTS[name].page(made()))

    assert listed(found) == wanted(LAYOUTS[name], made())


@pytest.mark.parametrize("name", NAMES)
def test_the_selector_of_a_reading_gives_the_same_again(name: str) -> None:
    text = LAYOUTS[name].page(made(), after=PAGER)
    found = read(text)

    again = read(text, chosen=found.selector)

    assert listed(again) == listed(found)
    assert [entry.link.url for entry in again.entries] == [entry.link.url for entry in found.entries]


@settings(deadline=None, max_examples=40)
@example(name="unit and title", around="alone", count=3, seed=0)  # units' names longer than the titles
@given(st.sampled_from(NAMES), st.sampled_from(sorted(AROUND)), st.integers(3, 14), st.integers(0, 99))
def test_no_neighbour_and_no_number_of_rows_changes_what_is_read(name: str, around: str, count: int, seed: int) -> None:
    rows = made(count)
    random.Random(seed).shuffle(rows)  # noqa: S311 - no secret
    before, after = AROUND[around]

    found = read(LAYOUTS[name].page(rows, before=before, after=after))

    assert listed(found) == wanted(LAYOUTS[name], rows)


@pytest.mark.parametrize("pieces", [2, 5])
def test_a_list_in_pieces_is_one_list(pieces: int) -> None:
    rows = "".join(
        f"<ul class='l{n % pieces}'>"
        + "".join(row.fill(LAYOUTS["tail"].row, "/a/{}.html") for row in made()[n : n + 2])
        + "</ul><hr>"
        for n in range(0, 10, 2)
    )

    assert len(read(f"<html><body>{rows}</body></html>").entries) == 10


def test_sections_with_headings_are_lists_of_their_own_and_named_where_passed_over() -> None:
    section = "<div><h3>{}</h3><ul>{}</ul></div>"
    row = "<li><a href='/{}/{}.html'>{}</a><span>2026-09-{:02}</span></li>"
    parts = [
        section.format(
            name, "".join(row.format(step, 10 + n, f"第{n}篇{name}里的文章标题", 30 - n) for n in range(count))
        )
        for name, step, count in (("通知公告", "tz", 4), ("科普动态", "dt", 9), ("媒体报道", "mt", 5))
    ]

    found = read(f"<html><body>{''.join(parts)}</body></html>")

    assert len(found.entries) == 9
    assert "“媒体报道”5 行" in found.why


LEAD = "<a href='/a/10.html'>首篇观察记录</a>"


@pytest.mark.parametrize("lead", [f"<h2>{LEAD} 2026-09-11</h2>", f"<div class='top'>{LEAD}<p>2026-09-11</p></div>"])
def test_a_first_row_that_is_set_apart_is_the_first_of_the_list(lead: str) -> None:
    rows = "".join(f"<li><a href='/a/{n}.html'>第{n}号观察记录</a>2026-09-0{n}</li>" for n in range(1, 10))
    text = f"<html><body><div class='main'>{lead}<ul>{rows}</ul></div></body></html>"

    found = read(text)

    assert len(found.entries) == 10
    assert listed(found)[0] == ("首篇观察记录", "2026-09-11")
    assert listed(read(text, chosen=found.selector)) == listed(found)


def test_summaries_beside_their_rows_make_no_article_of_a_list() -> None:
    assert len(read(LAYOUTS["heads"].page(made(30))).entries) == 30


def test_a_script_s_list_beside_a_dated_rank_gives_no_article() -> None:
    page = f"<html><body>{side('本月热门', '%Y-%m-%d')}<div id=app></div><script src=/a.js></script></body></html>"

    with pytest.raises(NoList, match="只有旁栏") as none:
        read(page)

    assert "“本月热门”12 行" in none.value.what


def test_a_column_that_is_called_as_a_side_list_is_read_where_the_page_is_called_so_too() -> None:
    page = f"<html><head><title>科普推荐-示例馆</title></head><body>{side('科普推荐', '%Y-%m-%d')}</body></html>"

    assert len(read(page).entries) == 12


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [("cards", ".card-body h5", ".card-body > span"), ("label and event", "a", "p:nth-of-type(2)")],
)
def test_title_and_day_may_be_chosen_within_the_rows(name: str, title: str, date: str) -> None:
    found = read(LAYOUTS[name].page(made()), title=title, date=date)

    assert listed(found) == wanted(LAYOUTS[name], made())


def test_what_is_said_of_a_list_counts_the_days_that_were_selected() -> None:
    row = (
        "<li><p class=t>第{n}次观察</p><a href='/{n}.html'>2024年旧闻一则，很长的标题{n}</a><b>2026年9月{n}日</b></li>"
    )
    page = f"<html><body><ul class=l>{''.join(row.replace('{n}', str(n)) for n in range(1, 6))}</ul></body></html>"

    found, none = read(page, date="b", title=".t"), read(page, date="i", chosen=".l")

    assert [entry.title for entry in found.entries][:1] == ["第1次观察"]
    assert (found.why, none.why) == ("选了 ul.l 里的列表：5 篇，5 篇有日期", "按选择器 .l 读取：5 篇，都没有写明年月日")


def test_a_day_that_the_selector_does_not_find_is_none() -> None:
    assert {entry.day for entry in read(LAYOUTS["tail"].page(made()), date="li > b").entries} == {None}


def test_a_selector_that_chooses_nothing_is_named() -> None:
    with pytest.raises(NoList, match=r"选择器 ul\.none 没有选中任何元素"):
        read(LAYOUTS["tail"].page(made()), chosen="ul.none")


def test_what_was_taken_and_left_out_is_said() -> None:
    rows = "".join(
        f"<li><a href='{n}.{'pdf' if n > 7 else 'html'}'>第{n}号观察记录</a>2026-09-0{n}</li>" for n in range(1, 10)
    )

    found = read(f"<html><body><ul class='l2'>{rows}</ul></body></html>")

    assert found.why == "选了 ul.l2 里的列表：7 篇，7 篇有日期（另有 2 行是文件）"


@pytest.mark.parametrize("attribute", ["data-v-for", "onclick", "data-id"])
def test_elements_that_only_look_as_if_they_led_on_are_no_links(attribute: str) -> None:
    rows = "".join(f"<li {attribute}='view({n})'>第{n}号观察记录<span>2026-09-0{n}</span></li>" for n in range(1, 10))

    with pytest.raises(NoList, match="没有找到文章链接"):
        read(f"<html><body><ul>{rows}</ul></body></html>")


def test_an_event_in_a_title_or_summary_is_no_day_of_publication() -> None:
    rows = "".join(
        f"<li><a href='{n}.html'>2026年10月{n}日科普讲座预告</a><p>{SUMMARY}</p></li>" for n in range(10, 19)
    )

    found = read(f"<html><body><ul>{rows}</ul></body></html>")

    assert {entry.day for entry in found.entries} == {None}
    assert found.entries[0].title == "2026年10月10日科普讲座预告"


def test_layouts_are_read_as_they_stand_in_the_file() -> None:
    page: Mapping[str, Layout] = LAYOUTS

    assert len(page) == 85
    assert isinstance(parse(page["tail"].page(made())), HtmlElement)
